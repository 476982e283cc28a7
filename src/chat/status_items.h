// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/signal.h"

namespace gnatter::chat {

/// What plugins have to say in the status line, in the order in which they came. One thread.
class StatusItems {
 public:
  enum class Tone { plain, warn };
  struct Item {
    Tone tone = Tone::plain;
    std::string text;  ///< safe, one row; an item with an empty one is not here
  };
  using Id = std::uint64_t;

  [[nodiscard]] Id add() { return ++last_; }
  /// Made safe to show, line ends as blanks; an empty text takes it away.
  void set(Id id, Tone tone, std::string_view text);
  void remove(Id id) { set(id, Tone::plain, {}); }

  [[nodiscard]] const std::map<Id, Item>& all() const { return items_; }
  base::Signal<> changed;

 private:
  Id last_ = 0;
  std::map<Id, Item> items_;
};

}  // namespace gnatter::chat

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time_text.h"

namespace gnatter::chat {

/// The groups of one network that have been heard of since the start, joined or not: the 1000 with the latest
/// news. One thread.
class SeenGroups {
 public:
  static constexpr std::size_t most = 1000;

  struct Entry {
    std::size_t lines = 0;             ///< that have come
    std::string last_sender;           ///< as it came, not made safe to show; empty without lines
    std::optional<base::Time> last{};  ///< when that line was written
  };

  /// It is known to be there.
  void note(std::string_view group);
  /// A line came.
  void note_line(std::string_view group, std::string_view sender, base::Time time);
  void clear() { groups_.clear(); }

  /// By name, in byte order.
  [[nodiscard]] const std::map<std::string, Entry, std::less<>>& entries() const { return groups_; }
  /// Those with the latest lines first, then those without any, by name.
  [[nodiscard]] std::vector<std::string> by_news() const;

 private:
  Entry& entry_of(std::string_view group);
  std::map<std::string, Entry, std::less<>> groups_;
};

}  // namespace gnatter::chat

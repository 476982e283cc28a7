// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "chat/client.h"
#include "chat/completion.h"

namespace gnatter::ui {

/// Tab and Shift-Tab: the first puts the best candidate into the line, more go round among all of them.
class TabCompletion {
 public:
  struct Edited {
    std::string text;
    std::size_t cursor;
  };

  /// The line with the next (or previous) candidate in it; nothing: there is none. It goes round as long as
  /// the line is as it was left by the last call.
  std::optional<Edited> next(const chat::Client& client, const std::string& text, std::size_t cursor,
                             bool back);

  /// The candidates, beginning with the one in the line, as long as `text` is as it was left; empty for one
  /// or none.
  [[nodiscard]] std::string offer(const std::string& text) const;

 private:
  Edited edited() const;

  chat::Completion completion_;
  std::string before_, after_, left_as_;
  std::size_t chosen_ = 0;
};

}  // namespace gnatter::ui

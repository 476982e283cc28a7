// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// readline's one global line and its history: the line editor's alone, as <readline/...> is.
namespace gnatter::ui {

struct Placed {
  std::string text;
  int cursor = 0;
};

/// Safe text, with the cursor at the beginning of a character or at the end.
Placed made_safe(std::string_view text, std::size_t cursor);

/// Instead of what stands in the line, as one undoable change.
void put(const Placed& placed);

/// Takes back what was changed in lines of the history, which readline would keep, and lets go of the undo
/// lists. The line is not valid after it.
void forget_edits();

/// Appends a line to the history, unless it repeats the last one. The one that is being edited stays so.
void append_to_history(const std::string& line);

}  // namespace gnatter::ui

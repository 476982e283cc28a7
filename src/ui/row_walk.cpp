// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/row_walk.h"

#include <algorithm>

namespace gnatter::ui {
namespace {

/// More than a screen shows; a long walk shall not hold the rows of all lines.
constexpr std::size_t most_known_lines = 256;

}  // namespace

const LineRows& RowWalk::rows_of(chat::LineNumber number) {
  if (const auto known = known_.find(number); known != known_.end()) return known->second;
  if (known_.size() >= most_known_lines) known_.clear();
  return known_.try_emplace(number, pane_, *buffer().line(number)).first->second;
}

RowPlace RowWalk::nearest(chat::LineNumber line, int text_row) {
  if (line < buffer().first()) return oldest();
  if (line >= buffer().end()) return newest();
  const int rules = rows_of(line).rules(), height = rows_of(line).height();
  return {line, std::clamp(text_row, -rules, height - rules - 1) + rules};
}

RowPlace RowWalk::up(RowPlace from, int rows) {
  while (rows > from.row && from.line > buffer().first()) {
    rows -= from.row + 1;
    from = last_row_of(from.line - 1);
  }
  return {from.line, std::max(0, from.row - rows)};
}

RowPlace RowWalk::down(RowPlace from, int rows) {
  for (;;) {
    const int below = rows_of(from.line).height() - 1 - from.row;
    if (rows <= below) return {from.line, from.row + rows};
    if (from.line + 1 == buffer().end()) return {from.line, from.row + below};
    rows -= below + 1;
    from = {from.line + 1, 0};
  }
}

}  // namespace gnatter::ui

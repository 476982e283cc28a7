// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layout.h"

#include <algorithm>

namespace gnatter::ui {
namespace {

constexpr int wide_screen = 100, narrow_screen = 60;
constexpr int fewest_rows_for_a_roster_row = 8, fewest_rows_at_all = 5;
constexpr int window_list_columns = 18;
constexpr int fewest_columns_for_messages = 40;

}  // namespace

Layout lay_out(Size screen, const LayoutNeeds& needs) {
  const bool wide = screen.columns >= wide_screen;
  const bool compact = screen.columns < narrow_screen;
  Layout layout;
  const int input_rows = std::clamp(needs.input_rows, 1, std::max(1, screen.rows / 3));
  layout.title = {0, 0, screen.columns, 1};
  layout.input = {0, screen.rows - input_rows, screen.columns, input_rows};
  layout.status = {0, layout.input.row - 1, screen.columns, 1};
  layout.columns = compact ? Columns{0, 6, 0, true} : Columns{wide ? 1 : 0, 6, wide ? 12 : 9, false};

  int top = 1, left = 0, right = screen.columns;
  const int bottom = layout.status.row;
  if (compact && needs.roster) {
    layout.roster_row =
        screen.rows >= (needs.roster_forced ? fewest_rows_at_all : fewest_rows_for_a_roster_row);
    layout.roster_in_title = !layout.roster_row;
    if (layout.roster_row) layout.roster = {0, top++, screen.columns, 1};
  }
  if (needs.window_list && (wide || (needs.list_forced && !compact))) {
    layout.windows = {0, top, window_list_columns, bottom - top};
    layout.left_line = window_list_columns;
    left = layout.left_line + 1;
  }
  const int columns = wide ? 16 : 14;
  if (!compact && needs.roster && right - columns - 2 - left >= fewest_columns_for_messages) {
    layout.roster = {screen.columns - columns, top, columns, bottom - top};
    layout.right_line = layout.roster.column - 1;
    right = layout.right_line - 1;  // a blank before the line
  }
  layout.messages = {left, top, right - left, bottom - top};
  return layout;
}

}  // namespace gnatter::ui

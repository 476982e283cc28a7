// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string>

#include "base/cells.h"
#include "ui/views.h"

namespace gnatter::ui {
namespace {

constexpr int fewest_digits = 2;

Style style_of(const WindowRow& window) {
  if (window.level == Level::mention) return {Role::mention, true};
  if (window.level == Level::direct) return {Role::direct, true};
  if (window.current) return {Role::accent, true};
  return {window.left ? Role::dim : Role::text};
}

Style note_style_of(const WindowRow& window) {
  return window.level == Level::none ? Style{Role::dim} : style_of(window);
}

/// A row: number, the mark of the current one, name, and the note at the right.
void draw_row(Canvas& canvas, const Rectangle& area, int row, const WindowRow& window, int digits,
              const Glyphs& glyphs) {
  const Style style = style_of(window);
  const std::string number = std::to_string(window.number);
  int column = area.column + digits - std::min(digits, base::cells(number));
  column = canvas.put({column, row}, number, style, area.right());
  if (window.current) canvas.put({column, row}, glyphs.current, style, area.right());
  column += window.network ? 1 : 2;
  const int end = area.right() - 1;  // a blank before the line
  const std::string note = base::cut(window.note, std::max(0, (end - column) / 2), glyphs.ellipsis);
  const int note_column = end - base::cells(note);
  canvas.put({note_column, row}, note, note_style_of(window), area.right());
  const int room = std::max(0, note_column - (note.empty() ? 0 : 1) - column);
  canvas.put({column, row}, base::cut(window.name, room, glyphs.ellipsis), style, area.right());
}

}  // namespace

void draw_window_list(Canvas& canvas, const Rectangle& area, const std::vector<WindowRow>& windows,
                      const Glyphs& glyphs) {
  if (area.empty()) return;
  canvas.fill(area, {});
  std::vector<const WindowRow*> rows;  // nothing: a blank one
  int digits = fewest_digits, current = 0;
  for (const WindowRow& window : windows) {
    if (window.new_network && !rows.empty()) rows.push_back(nullptr);
    if (window.current) current = static_cast<int>(rows.size());
    rows.push_back(&window);
    digits = std::max(digits, base::cells(std::to_string(window.number)));
  }
  const int count = static_cast<int>(rows.size());
  const int top = current < area.rows ? 0 : std::min(current - area.rows / 2, count - area.rows);
  for (int row = 0; row < std::min(area.rows, count - top); ++row)
    if (const WindowRow* window = rows[static_cast<std::size_t>(top + row)])
      draw_row(canvas, area, area.row + row, *window, digits, glyphs);
}

}  // namespace gnatter::ui

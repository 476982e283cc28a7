// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string>
#include <vector>

#include "base/cells.h"
#include "ui/views.h"

namespace gnatter::ui {
namespace {

constexpr int text_beside_prompt = 16;  // cells that a long prompt leaves to the text, on a wide screen

/// The prompt leaves room for the text, and its end tells it from the text.
std::string shown_prompt(const InputContent& input, int columns, const Glyphs& glyphs) {
  constexpr std::string_view end = "> ";
  const int room = std::max(columns / 2, columns - text_beside_prompt);
  const int name_room = room - static_cast<int>(end.size());
  if (base::cells(input.prompt) <= room || name_room < 1 || !input.prompt.ends_with(end))
    return base::cut(input.prompt, room, glyphs.ellipsis);
  const std::string_view name = std::string_view(input.prompt).substr(0, input.prompt.size() - end.size());
  return base::cut(name, name_room, glyphs.ellipsis) + std::string(end);
}

/// A cluster of the text and where it stands, as if the rows had no end below.
struct Piece {
  std::string_view bytes;
  Point at;
  int cells = 1;
};

struct Wrapped {
  std::vector<Piece> pieces;
  Point cursor;
  int rows = 1;
};

/// The text's clusters from the front; a newline and a tab take a cell.
template <typename Take>
void for_each_cluster(std::string_view text, Take take) {
  for (std::size_t at = 0; at < text.size();) {
    base::Cluster cluster = base::first_cluster(text.substr(at));
    if (cluster.bytes == "\n" || cluster.bytes == "\t") cluster.cells = 1;
    take(cluster, at);
    at += cluster.bytes.size();
  }
}

/// Over rows of so many columns, the first from `start` on. The cursor needs a cell of its own at the end.
Wrapped wrap(const InputContent& input, int start, int columns) {
  Wrapped wrapped;
  Point at{start, 0};
  const auto next_row = [&] { at = {0, at.row + 1}; };
  wrapped.cursor = {-1, -1};
  for_each_cluster(input.text, [&](const base::Cluster& cluster, std::size_t begin) {
    if (at.column > 0 && at.column + cluster.cells > columns) next_row();
    if (input.cursor >= begin && input.cursor < begin + cluster.bytes.size()) wrapped.cursor = at;
    wrapped.pieces.push_back({cluster.bytes, at, cluster.cells});
    at.column += cluster.cells;
    if (cluster.bytes == "\n") next_row();
  });
  if (at.column >= columns) next_row();
  if (wrapped.cursor.row < 0) wrapped.cursor = at;
  wrapped.rows = at.row + 1;
  return wrapped;
}

/// Returns how many rows are above those shown.
int draw_rows(Canvas& canvas, const Rectangle& area, const InputContent& input, int start) {
  const Wrapped wrapped = wrap(input, start, area.columns);
  const int top = std::max(0, wrapped.cursor.row - area.rows + 1);
  for (const Piece& piece : wrapped.pieces) {
    const int row = piece.at.row - top;
    if (row < 0 || row >= area.rows || piece.bytes == "\n") continue;
    canvas.put({area.column + piece.at.column, area.row + row}, piece.bytes, {input.text_role}, area.right());
  }
  canvas.cursor = Point{area.column + std::min(wrapped.cursor.column, area.columns - 1),
                        area.row + wrapped.cursor.row - top};
  return top;
}

/// One row: the part that the cursor is in. It moves by half its width at a time, so that it stands still
/// while one types; a mark at either end where there is more.
void draw_one_row(Canvas& canvas, const Rectangle& area, const InputContent& input, const Glyphs& glyphs) {
  std::vector<Piece> pieces;
  int end = 0, cursor = -1;
  for_each_cluster(input.text, [&](const base::Cluster& cluster, std::size_t begin) {
    if (input.cursor >= begin && input.cursor < begin + cluster.bytes.size()) cursor = end;
    pieces.push_back({cluster.bytes == "\n" ? glyphs.newline : cluster.bytes, {end, 0}, cluster.cells});
    end += cluster.cells;
  });
  if (cursor < 0) cursor = end;
  const int step = std::max(1, area.columns / 2);
  // The last cell is the mark's, or the cursor's at the text's end.
  const int last = area.columns - 2;
  int first = 0;
  if (end >= area.columns && cursor > last) first = (cursor - last + step - 1) / step * step;
  const bool more = end - first >= area.columns;
  const int limit = area.columns - (more ? 1 : 0), start = first > 0 ? 1 : 0;
  for (const Piece& piece : pieces) {
    const int column = piece.at.column - first;
    if (column >= start && column + piece.cells <= limit)
      canvas.put({area.column + column, area.row}, piece.bytes, {input.text_role}, area.column + limit);
  }
  if (first > 0) canvas.put({area.column, area.row}, glyphs.ellipsis, {Role::dim}, area.right());
  if (more) canvas.put({area.right() - 1, area.row}, glyphs.ellipsis, {Role::dim}, area.right());
  canvas.cursor = Point{area.column + std::clamp(cursor - first, 0, area.columns - 1), area.row};
}

}  // namespace

void draw_input(Canvas& canvas, const Rectangle& area, const InputContent& input, const Glyphs& glyphs) {
  if (area.empty()) return;
  canvas.fill(area, {});
  const std::string prompt = shown_prompt(input, area.columns, glyphs);
  const int start = base::cells(prompt), room = area.columns - start;
  const int scrolled = area.rows > 1 ? draw_rows(canvas, area, input, start) : 0;
  if (scrolled == 0) canvas.put({area.column, area.row}, prompt, {input.prompt_role}, area.right());
  if (input.text.empty())
    canvas.put({area.column + start, area.row}, base::cut(input.hint, room, glyphs.ellipsis), {Role::dim},
               area.right());
  if (area.rows == 1) draw_one_row(canvas, {area.column + start, area.row, room, 1}, input, glyphs);
}

int input_rows(const InputContent& input, int columns) {
  if (columns <= 0) return 1;
  return wrap(input, base::cells(shown_prompt(input, columns, unicode_glyphs())), columns).rows;
}

}  // namespace gnatter::ui

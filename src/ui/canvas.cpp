// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas.h"

#include <algorithm>

#include "base/cells.h"

namespace gnatter::ui {

Canvas::Canvas(Size size)
    : size_{std::max(0, size.columns), std::max(0, size.rows)},
      cells_(static_cast<std::size_t>(size_.columns) * static_cast<std::size_t>(size_.rows)) {}

std::size_t Canvas::index(int column, int row) const {
  return static_cast<std::size_t>(row) * static_cast<std::size_t>(size_.columns) +
         static_cast<std::size_t>(column);
}

const Cell& Canvas::at(int column, int row) const {
  return cells_[index(column, row)];
}

void Canvas::make_blank(int column, int row) {
  Cell& cell = cells_[index(column, row)];
  cell.bytes = " ";
  cell.cells = 1;
  cell.certain = true;
}

/// What is half overwritten cannot stand: the rest of it becomes blanks.
void Canvas::free_cells(int column, int cells, int row) {
  int first = column;
  while (first > 0 && at(first, row).cells == 0) --first;
  int last = column + cells;
  while (last < size_.columns && at(last, row).cells == 0) ++last;
  for (int i = first; i < last; ++i) make_blank(i, row);
}

int Canvas::put(Point from, std::string_view text, Style style, int limit) {
  limit = std::min(limit, size_.columns);
  int column = from.column;
  int last = -1;  // where the last cluster stands
  while (!text.empty()) {
    const base::Cluster cluster = base::first_cluster(text);
    text.remove_prefix(cluster.bytes.size());
    const bool control = cluster.bytes == "\n" || cluster.bytes == "\t";
    const int width = control ? 1 : cluster.cells;
    if (column + width > limit) break;
    if (from.row >= 0 && from.row < size_.rows) {
      if (width == 0 && last >= 0)
        add_mark({last, from.row}, cluster.bytes);
      else if (width > 0 && column >= 0)
        set({column, from.row}, control ? base::Cluster{" ", 1, true} : cluster, style), last = column;
    }
    column += width;
  }
  return column;
}

/// No terminal shows more than a few of them.
void Canvas::add_mark(Point at, std::string_view mark) {
  constexpr std::size_t most = 64;
  std::string& bytes = cells_[index(at.column, at.row)].bytes;
  if (bytes.size() + mark.size() <= most) bytes += mark;
}

void Canvas::set(Point at, const base::Cluster& cluster, Style style) {
  free_cells(at.column, cluster.cells, at.row);
  for (int i = 0; i < cluster.cells; ++i) {
    Cell& cell = cells_[index(at.column + i, at.row)];
    cell.style = style;
    cell.bytes = i == 0 ? std::string(cluster.bytes) : std::string();
    cell.cells = i == 0 ? cluster.cells : 0;
    cell.certain = i > 0 || cluster.certain;
  }
}

void Canvas::fill(const Rectangle& area, Style style, std::string_view cluster) {
  const int right = std::min(area.right(), size_.columns), bottom = std::min(area.bottom(), size_.rows);
  for (int row = std::max(0, area.row); row < bottom; ++row)
    for (int column = std::max(0, area.column); column < right; ++column)
      set({column, row}, {cluster, 1, true}, style);
}

std::string picture(const Canvas& canvas) {
  std::string text;
  for (int row = 0; row < canvas.size().rows; ++row) {
    std::string line;
    for (int column = 0; column < canvas.size().columns; ++column) line += canvas.at(column, row).bytes;
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

}  // namespace gnatter::ui

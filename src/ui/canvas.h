// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/cells.h"
#include "ui/style.h"

namespace gnatter::ui {

struct Size {
  int columns = 0;
  int rows = 0;
  bool operator==(const Size&) const = default;
};

struct Point {
  int column = 0;
  int row = 0;
  bool operator==(const Point&) const = default;
};

/// A part of the screen, in cells.
struct Rectangle {
  int column = 0;
  int row = 0;
  int columns = 0;
  int rows = 0;
  [[nodiscard]] int right() const { return column + columns; }  ///< the first column beside it
  [[nodiscard]] int bottom() const { return row + rows; }       ///< the first row below it
  [[nodiscard]] bool empty() const { return columns <= 0 || rows <= 0; }
  bool operator==(const Rectangle&) const = default;
};

struct Cell {
  std::string bytes = " ";  ///< one grapheme cluster; empty: the cell to the left reaches over this one
  int cells = 1;            ///< how many it takes, itself included; 0 for a reached-over one
  bool certain = true;      ///< see base::Cluster::certain
  Style style;
  bool operator==(const Cell&) const = default;
};

/// A picture of the screen, made anew for each frame: views draw on it, the terminal shows it, tests read it.
/// Whatever is put past its edges is not there; a wide cluster that would be cut in half by an edge is a
/// blank.
class Canvas {
 public:
  explicit Canvas(Size size);

  [[nodiscard]] Size size() const { return size_; }
  /// `column` and `row` are inside.
  [[nodiscard]] const Cell& at(int column, int row) const;

  /// Writes safe text (newlines and tabs as blanks) from a place to the right, up to the column before
  /// `limit`; what does not fit is left out. Returns the column after it.
  int put(Point from, std::string_view text, Style style, int limit);
  int put(Point from, std::string_view text, Style style) { return put(from, text, style, size_.columns); }
  /// Blanks, or another one-cell cluster, in every cell.
  void fill(const Rectangle& area, Style style, std::string_view cluster = " ");

  /// Where the cursor stands; none: hidden.
  std::optional<Point> cursor;

  bool operator==(const Canvas&) const = default;

 private:
  [[nodiscard]] std::size_t index(int column, int row) const;
  void set(Point at, const base::Cluster& cluster, Style style);
  void add_mark(Point at, std::string_view mark);
  void make_blank(int column, int row);
  void free_cells(int column, int cells, int row);
  Size size_;
  std::vector<Cell> cells_;
};

/// The canvas as text: a line a row, blanks at their ends left out.
std::string picture(const Canvas& canvas);

}  // namespace gnatter::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "base/cells.h"
#include "ui/canvas.h"

namespace gnatter::testing {

/// Of a suite whose tests draw: the widths of characters are known.
struct Drawing {
  Drawing() { base::use_utf8_locale(); }
};

/// What a view draws in an area so large, as rows of text.
template <class View>
std::string drawn(int columns, int rows, View view) {
  ui::Canvas canvas({columns, rows});
  view(canvas, ui::Rectangle{0, 0, columns, rows});
  return ui::picture(canvas);
}

/// A row of it.
template <class View>
std::string drawn_row(int columns, View view) {
  std::string row = drawn(columns, 1, view);
  row.pop_back();
  return row;
}

/// Whether a view fills the whole of an area in the middle of the screen and changes no cell beside it.
template <class View>
bool fills_its_area_alone(int columns, int rows, View view) {
  const ui::Rectangle area{3, 2, columns, rows};
  ui::Canvas canvas({columns + 6, rows + 4});
  canvas.fill({0, 0, canvas.size().columns, canvas.size().rows}, {ui::Role::chosen}, "#");
  view(canvas, area);
  for (int row = 0; row < canvas.size().rows; ++row) {
    for (int column = 0; column < canvas.size().columns; ++column) {
      const bool inside =
          column >= area.column && column < area.right() && row >= area.row && row < area.bottom();
      const ui::Cell& cell = canvas.at(column, row);
      if ((cell.style.role == ui::Role::chosen) == inside || (!inside && cell.bytes != "#")) return false;
    }
  }
  return true;
}

/// Names that a hostile or an unlucky person may have.
inline const std::vector<std::string>& nasty_names() {
  static const std::vector<std::string> names{
      "",
      "日本語も大丈夫",
      "👩‍💻👩‍💻👩‍💻",
      "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301",
      "\u0301\u0301",
      "\u200d",
      "a" + std::string(63, 'b'),
      "ع\u0645\u0631",
      "🏳️‍🌈🇦🇹",
      "क्षक्षक्षक्ष",
      " x ",
  };
  return names;
}

}  // namespace gnatter::testing

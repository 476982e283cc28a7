// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/cells.h"
#include "ui/views.h"

namespace gnatter::ui {
namespace {

constexpr int gap = 2;                         // between what stands left and what stands right
constexpr int shortest_name_beside_count = 6;  // with the blank before it

/// What is left out: each level the parts of those before it too.
enum Level : int { everything, no_description, no_network, no_date, levels };

std::string left_part(const TitleContent& title, int level, const Glyphs& glyphs) {
  const std::string between = ' ' + std::string(glyphs.separator) + ' ';
  std::string text = ' ' + title.name;
  if (level < no_network && !title.network.empty()) text += between + title.network;
  if (level < no_description && !title.description.empty()) text += between + title.description;
  constexpr std::string_view as_written = " · ";
  for (std::size_t at = 0; (at = text.find(as_written, at)) != std::string::npos; at += between.size())
    text.replace(at, as_written.size(), between);
  return text;
}

/// With the blank at the edge.
std::string right_part(const TitleContent& title, int level) {
  std::string text = title.count;
  if (level < no_date && !title.date.empty()) text += (text.empty() ? "" : "  ") + title.date;
  return text.empty() ? text : text + ' ';
}

}  // namespace

void draw_title(Canvas& canvas, const Rectangle& area, const TitleContent& title, const Glyphs& glyphs) {
  if (area.empty()) return;
  const Style style{Role::bar};
  canvas.fill(area, style);
  std::string left, right;
  int room = 0;
  for (int level = everything; level < levels; ++level) {
    left = left_part(title, level, glyphs);
    right = right_part(title, level);
    room = area.columns - (right.empty() ? 0 : base::cells(right) + gap);
    if (base::cells(left) <= room) break;
  }
  if (base::cells(left) > room && room < shortest_name_beside_count) {
    right.clear();
    room = area.columns;
  }
  const Point start{area.column, area.row};
  canvas.put(start, base::cut(left, room, glyphs.ellipsis), style, area.right());
  canvas.put({area.right() - base::cells(right), area.row}, right, style, area.right());
}

}  // namespace gnatter::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string>

#include "base/cells.h"
#include "ui/names.h"
#include "ui/spans.h"
#include "ui/views.h"
#include "ui/wrap.h"

namespace gnatter::ui {
namespace {

constexpr int cut_name_cells = 5;  // in a roster of one row: four letters and the mark

Span mark_of(const Person& person, const Glyphs& glyphs) {
  if (!person.status) return {std::string(glyphs.here), {Role::dim}};
  switch (*person.status) {
    case protocol::Status::online:
      return {std::string(glyphs.online), {Role::online}};
    case protocol::Status::away:
      return {std::string(glyphs.away), {Role::away}};
    case protocol::Status::dnd:
      return {std::string(glyphs.dnd), {Role::dnd}};
  }
  return {};
}

/// A row of the column: of a section's title, of a person, or a text; else blank.
struct Row {
  const RosterContent::Section* section = nullptr;
  const Person* person = nullptr;
  std::string text = {};
};

std::vector<Row> rows_of(const RosterContent& roster, int columns) {
  std::vector<Row> rows;
  if (!roster.as_of.empty()) rows.push_back({.text = roster.as_of});
  if (!roster.empty.empty()) {
    if (!rows.empty()) rows.emplace_back();
    for (const std::string_view row : wrap(roster.empty, columns, columns))
      rows.push_back({.text = std::string(row)});
    return rows;
  }
  for (const auto& section : roster.sections) {
    if (!rows.empty()) rows.emplace_back();
    rows.push_back({.section = &section});
    for (const Person& person : section.people) rows.push_back({.person = &person});
  }
  return rows;
}

class Column {
 public:
  Column(Canvas& canvas, const Rectangle& area, const Glyphs& glyphs, bool dim)
      : canvas_(canvas), area_(area), glyphs_(glyphs), dim_(dim) {}

  void draw(int row, const Row& content) {
    if (content.section)
      title(row, *content.section);
    else if (content.person)
      person(row, *content.person);
    else
      put(row, left(), content.text, {Role::dim});
  }
  void text(int row, std::string_view text) { put(row, left(), text, {Role::dim}); }

 private:
  /// A blank at either side.
  [[nodiscard]] int left() const { return area_.column + 1; }
  [[nodiscard]] int right() const { return area_.right() - 1; }

  int put(int row, int column, std::string_view text, Style style, int end) {
    if (dim_) style = {Role::dim};
    return canvas_.put({column, row}, base::cut(text, std::max(0, end - column), glyphs_.ellipsis), style,
                       area_.right());
  }
  int put(int row, int column, std::string_view text, Style style) {
    return put(row, column, text, style, right());
  }

  void title(int row, const RosterContent::Section& section) {
    const std::string count = std::to_string(section.people.size());
    const int count_column = std::max(left(), right() - base::cells(count));
    put(row, left(), section.title, {Role::dim}, count_column - 1);
    put(row, count_column, count, {Role::dim});
  }

  void person(int row, const Person& person) {
    const Span mark = mark_of(person, glyphs_);
    put(row, put(row, left(), mark.text, mark.style) + 1, shown_name(person.name, glyphs_), {Role::text});
  }

  Canvas& canvas_;
  const Rectangle area_;
  const Glyphs& glyphs_;
  const bool dim_;
};

void draw_column(Canvas& canvas, const Rectangle& area, const RosterContent& roster, const Glyphs& glyphs) {
  const std::vector<Row> rows = rows_of(roster, area.columns - 1);
  const int count = static_cast<int>(rows.size());
  const int top = std::clamp(roster.scrolled, 0, std::max(0, count - area.rows));
  int shown = std::min(area.rows, count - top);
  const auto from = [&](int row) { return rows.begin() + top + row; };
  // The last row tells of those below it, and so hides one itself.
  const auto hidden =
      std::count_if(from(std::max(0, shown - 1)), rows.end(), [](const Row& row) { return row.person; });
  const bool more = top + shown < count && hidden > 0;
  Column column(canvas, area, glyphs, !roster.as_of.empty());
  if (more) column.text(area.row + --shown, '+' + std::to_string(hidden) + " more");
  for (int row = 0; row < shown; ++row) column.draw(area.row + row, *from(row));
}

/// "●alice ○carol ●Wolf…"; `cut`: long names are cut.
Spans in_a_row(const Person& person, bool cut, const Glyphs& glyphs) {
  const std::string name = shown_name(person.name, glyphs);
  return {mark_of(person, glyphs),
          {cut ? base::cut(name, cut_name_cells, glyphs.ellipsis) : name, {Role::text}}};
}

/// As many people as fit into `room`, and the number of the others.
Spans fitting_people(const std::vector<const Person*>& people, int room, bool cut, const Glyphs& glyphs) {
  Spans spans;
  std::size_t shown = 0;
  for (; shown < people.size(); ++shown) {
    Spans one = in_a_row(*people[shown], cut, glyphs);
    if (shown > 0) one.insert(one.begin(), {" ", {}});
    const std::size_t others = people.size() - shown - 1;
    const int rest = others > 0 ? base::cells(" +" + std::to_string(others)) : 0;
    if (width(one) + (others > 0 ? rest : 0) > room) break;
    room -= width(one);
    spans.insert(spans.end(), one.begin(), one.end());
  }
  if (const std::size_t others = people.size() - shown; others > 0)
    spans.push_back({(shown > 0 ? " +" : "+") + std::to_string(others), {Role::dim}});
  return spans;
}

void draw_row(Canvas& canvas, const Rectangle& area, const RosterContent& roster, const Glyphs& glyphs) {
  std::vector<const Person*> people;
  for (const auto& section : roster.sections)
    for (const Person& person : section.people) people.push_back(&person);
  if (!people.empty())
    people.erase(people.begin(),
                 people.begin() + std::clamp<std::ptrdiff_t>(roster.scrolled, 0,
                                                             static_cast<std::ptrdiff_t>(people.size()) - 1));
  Spans row;
  if (!roster.as_of.empty()) row.push_back({roster.as_of + ' ', {Role::dim}});
  if (!roster.empty.empty()) row.push_back({roster.empty, {Role::dim}});
  const int room = area.columns - 1 - width(row);
  Spans all = roster.empty.empty() ? fitting_people(people, room, false, glyphs) : Spans{};
  const bool all_fit = all.size() == people.size() * 3 - (people.empty() ? 0 : 1);
  if (!all_fit && roster.empty.empty()) all = fitting_people(people, room, true, glyphs);
  row.insert(row.end(), all.begin(), all.end());
  if (!roster.as_of.empty())
    for (Span& span : row) span.style = {Role::dim};
  put(canvas, {area.column, area.row}, row, area.right(), glyphs.ellipsis);
}

}  // namespace

void draw_roster(Canvas& canvas, const Layout& layout, const RosterContent& roster, const Glyphs& glyphs) {
  if (layout.roster.empty()) return;
  canvas.fill(layout.roster, {});
  layout.roster_row ? draw_row(canvas, layout.roster, roster, glyphs)
                    : draw_column(canvas, layout.roster, roster, glyphs);
}

}  // namespace gnatter::ui

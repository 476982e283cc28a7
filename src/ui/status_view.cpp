// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <optional>
#include <string>

#include "base/cells.h"
#include "ui/activity_view.h"
#include "ui/spans.h"
#include "ui/views.h"

namespace gnatter::ui {
namespace {

constexpr int gap = 2;            // between what stands left and what stands right
constexpr int shortest_hint = 8;  // less of it tells nothing
constexpr int shortest_name = 5;
constexpr int longest_item = 40, short_item = 12;
constexpr Style plain{Role::bar}, quiet{Role::bar_dim}, current{Role::bar_accent}, warning{Role::bar_warn};

/// What is left out of the left part: at each level what those before it leave out, too. The plugins' items
/// that do not warn go one by one.
enum LeftOut : int {
  nothing,
  long_link,
  plain_items,
  my_name,
  good_link,
  window_name,
  network,
  clock,
  link_details,
  warning_details,
  warnings,
  levels
};

/// The left part in its forms, the fullest first.
class LeftPart {
 public:
  LeftPart(const StatusContent& status, const Glyphs& glyphs, int columns)
      : status_(status), glyphs_(glyphs), columns_(columns) {}

  [[nodiscard]] std::optional<Spans> fullest(int room) const {
    const std::size_t always = count_warnings(), all = status_.items.size();
    for (int level = nothing; level < levels; ++level) {
      const std::size_t most = level < plain_items ? all : always;
      const std::size_t fewest = level < long_link ? all : always;
      for (std::size_t items = most + 1; items-- > fewest;)
        if (auto row = fitting(sections(level, items), room)) return row;
    }
    return std::nullopt;
  }

  /// The window and the first activity, without telling of more.
  [[nodiscard]] Spans shortest(int room) const {
    Spans row = sections(levels, 0);
    if (status_.activity.empty()) return row;
    Spans labelled = row;
    add(labelled, {label});
    row.push_back(separator());
    for (const bool cut : {false, true}) {
      const Span first = activity_span(status_.activity.front(), cut, glyphs_);
      labelled.push_back(first);
      if (width(labelled) <= room) return labelled;
      labelled.pop_back();
    }
    Span first = activity_span(status_.activity.front(), true, glyphs_);
    first.text.erase(0, 1);
    row.push_back(first);
    return row;
  }

 private:
  inline static const Span label{"Alt-A", quiet};

  [[nodiscard]] std::size_t count_warnings() const {
    return static_cast<std::size_t>(std::count_if(status_.items.begin(), status_.items.end(),
                                                  [](const StatusItem& item) { return item.warns; }));
  }

  /// With as much activity as there is room for; nothing: not even the first.
  [[nodiscard]] std::optional<Spans> fitting(Spans row, int room) const {
    if (!status_.activity.empty()) {
      add(row, {label});
      const auto activity = activity_spans(status_.activity, room - width(row), glyphs_);
      if (!activity) return std::nullopt;
      row.insert(row.end(), activity->begin(), activity->end());
    }
    if (width(row) > room) return std::nullopt;
    return row;
  }

  [[nodiscard]] Span separator() const { return {' ' + std::string(glyphs_.bar), quiet}; }

  void add(Spans& row, const Spans& section) const {
    if (section.empty()) return;
    if (!row.empty()) row.push_back(separator());
    for (const Span& span : section) {
      row.push_back({" ", plain});
      row.push_back(span);
    }
  }

  /// A name, cut where it is longer than its share of the row.
  [[nodiscard]] std::string name(const std::string& name) const {
    return base::cut(name, std::max(shortest_name, columns_ / 4), glyphs_.ellipsis);
  }

  [[nodiscard]] Spans sections(int level, std::size_t items) const {
    Spans row;
    if (level < clock && !status_.clock.empty()) add(row, {{status_.clock, plain}});
    add(row, own(level));
    add(row, connection(level));
    Spans window{{std::to_string(status_.window_number), current}};
    if (level < window_name && !status_.window_name.empty())
      window.push_back({name(status_.window_name), current});
    add(row, window);
    if (level >= warnings) return row;
    const int most = level < warning_details ? longest_item : short_item;
    for (std::size_t i = 0; i < items; ++i) {
      const StatusItem& item = status_.items[i];
      add(row, {{base::cut(item.text, most, glyphs_.ellipsis), item.warns ? warning : plain}});
    }
    return row;
  }

  [[nodiscard]] Spans own(int level) const {
    Spans section;
    if (level < my_name && !status_.me.empty()) section.push_back({name(status_.me), plain});
    if (status_.self == protocol::Status::away)
      section.push_back({std::string(glyphs_.away) + " AWAY", plain});
    if (status_.self == protocol::Status::dnd) section.push_back({std::string(glyphs_.dnd) + " DND", plain});
    return section;
  }

  [[nodiscard]] Spans connection(int level) const {
    Spans section;
    if (status_.me.empty() && status_.network.empty()) {
      if (level < network) section.push_back({"not connected", plain});
      return section;
    }
    if (level < network && !status_.network.empty()) section.push_back({name(status_.network), plain});
    const bool good = status_.link_role == Role::bar_dim;
    const std::string link = link_text(level);
    if (!link.empty() && (!good || level < good_link)) section.push_back({link, {status_.link_role}});
    return section;
  }

  [[nodiscard]] std::string link_text(int level) const {
    if (level < long_link) return status_.link;
    const std::string& link = status_.short_link.empty() ? status_.link : status_.short_link;
    return level < link_details ? link : link.substr(0, link.find(','));
  }

  const StatusContent& status_;
  const Glyphs& glyphs_;
  const int columns_;
};

std::string counts(const StatusContent& status, bool with_below) {
  std::string text;
  if (with_below && status.below > 0) text = std::to_string(status.below) + " below";
  if (status.pending > 0) text += (text.empty() ? "" : "  ") + std::to_string(status.pending) + " pending";
  return text;
}

/// The cells that a text at the right takes away: itself, the blank at the edge, the gap before it.
int taken(int cells) {
  return cells == 0 ? 1 : gap + cells + 1;
}

}  // namespace

void draw_status(Canvas& canvas, const Rectangle& area, const StatusContent& status, const Glyphs& glyphs) {
  if (area.empty()) return;
  canvas.fill(area, plain);
  const LeftPart left(status, glyphs, area.columns);
  std::string right = counts(status, true);
  const int hint_cells = std::min(base::cells(status.hint), area.columns / 2);
  const int with_hint = base::cells(right) + (right.empty() || hint_cells == 0 ? 0 : gap) + hint_cells;
  auto row = left.fullest(area.columns - taken(with_hint));
  if (!row) row = left.fullest(area.columns - taken(base::cells(right)));
  if (!row) {
    right = counts(status, false);
    row = left.fullest(area.columns - taken(base::cells(right)));
  }
  int limit = area.columns - (right.empty() ? 0 : taken(base::cells(right)));
  if (!row) row = left.shortest(limit);
  limit = put(canvas, {area.column, area.row}, *row, area.column + std::max(0, limit), glyphs.ellipsis);

  const int right_column = std::max(limit, area.right() - 1 - base::cells(right));
  canvas.put({right_column, area.row}, right, plain, area.right());
  const int hint_room = right_column - (right.empty() ? 0 : gap) - limit - gap;
  if (status.hint.empty() || hint_room < std::min(shortest_hint, base::cells(status.hint))) return;
  const std::string hint = base::cut(status.hint, hint_room, glyphs.ellipsis);
  canvas.put({limit + gap + hint_room - base::cells(hint), area.row}, hint, quiet, area.right());
}

}  // namespace gnatter::ui

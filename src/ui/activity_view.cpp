// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity_view.h"

#include <algorithm>

#include "base/cells.h"

namespace gnatter::ui {
namespace {

constexpr int cut_name = 5;         // four letters and the mark
constexpr int narrowest_entry = 7;  // "  4 b 1"

Span rest_span(std::size_t rest) {
  return {"  +" + std::to_string(rest), {Role::bar_dim}};
}

}  // namespace

Span activity_span(const Activity& activity, bool cut, const Glyphs& glyphs) {
  const bool urgent = activity.level == Level::direct || activity.level == Level::mention;
  const std::string name = cut ? base::cut(activity.name, cut_name, glyphs.ellipsis) : activity.name;
  const Style style{urgent ? Role::bar_direct : Role::bar, urgent};
  return {"  " + std::to_string(activity.number) + ' ' + name + ' ' + std::to_string(activity.count) +
              (urgent ? "!" : ""),
          style};
}

std::optional<Spans> activity_spans(const std::vector<Activity>& activity, int room, const Glyphs& glyphs) {
  const std::size_t most =
      std::min(activity.size(), static_cast<std::size_t>(std::max(0, room / narrowest_entry)));
  Spans whole, cut;
  std::vector<int> whole_cells{0}, cut_cells{0};  // of the first i
  for (std::size_t i = 0; i < most; ++i) {
    whole.push_back(activity_span(activity[i], false, glyphs));
    cut.push_back(activity_span(activity[i], true, glyphs));
    whole_cells.push_back(whole_cells.back() + base::cells(whole.back().text));
    cut_cells.push_back(cut_cells.back() + base::cells(cut.back().text));
  }
  for (std::size_t shown = most; shown > 0; --shown) {
    Spans rest;
    if (shown < activity.size()) rest.push_back(rest_span(activity.size() - shown));
    for (std::size_t kept = shown + 1; kept-- > 0;) {
      if (whole_cells[kept] + cut_cells[shown] - cut_cells[kept] + width(rest) > room) continue;
      Spans spans(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(kept));
      spans.insert(spans.end(), cut.begin() + static_cast<std::ptrdiff_t>(kept),
                   cut.begin() + static_cast<std::ptrdiff_t>(shown));
      spans.insert(spans.end(), rest.begin(), rest.end());
      return spans;
    }
  }
  return std::nullopt;
}

}  // namespace gnatter::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/conversation.h"

#include <algorithm>
#include <climits>
#include <string>

#include "base/cells.h"
#include "ui/row_walk.h"
#include "ui/wrap.h"

namespace gnatter::ui {
namespace {

constexpr int rows_for_a_tail = 20, rows_for_a_rule = 6;

/// The lowest rows of an area that is scrolled up: a rule and, where it is high, the newest lines. Always as
/// many, so that nothing moves when somebody speaks.
int tail_rows(int rows, int tail_lines) {
  if (rows >= rows_for_a_tail) return 1 + tail_lines;
  return rows >= rows_for_a_rule ? 1 : 0;
}

bool has_lines(const ConversationContent& content) {
  return content.buffer && content.buffer->first() != content.buffer->end();
}

/// What stands between the rows kept for what is below and the area's upper edge.
struct View {
  RowPlace top, bottom;
  bool more = false;  ///< there are rows below
};

/// Lines out of sight may leave it empty: top and bottom are past the end then.
View newest_view(RowWalk& walk, const chat::Buffer& buffer, int rows) {
  const RowPlace hidden{buffer.hidden_before(), 0};
  if (hidden.line >= buffer.end()) return {hidden, hidden};
  const RowPlace bottom = walk.newest();
  return {std::max(walk.up(bottom, rows - 1), hidden), bottom};
}

View scrolled_view(RowWalk& walk, const ConversationContent& content, int rows) {
  const ScrollPosition& position = content.position;
  const RowPlace newest = walk.newest(), bottom = walk.nearest(*position.bottom, position.row);
  const bool more = bottom != newest;
  const int main_rows = more ? rows - tail_rows(rows, content.tail) : rows;
  const RowPlace top = walk.up(bottom, main_rows - 1);
  const RowPlace filled = walk.down(top, main_rows - 1);
  return {top, filled, filled != newest};
}

View view_of(RowWalk& walk, const ConversationContent& content, int rows) {
  return content.position.bottom ? scrolled_view(walk, content, rows)
                                 : newest_view(walk, *content.buffer, rows);
}

class Drawing {
 public:
  Drawing(Canvas& canvas, const Rectangle& area, const Pane& pane)
      : canvas_(canvas), area_(area), pane_(pane), buffer_(*pane.content.buffer), walk_(pane) {}

  Shown draw() {
    const View view = view_of(walk_, pane_.content, area_.rows);
    if (view.top.line >= buffer_.end()) return {0, std::nullopt, base::now()};
    draw_lines(view);
    Shown shown{0, view.bottom.line, walk_.rows_of(view.bottom.line).line().time};
    if (!view.more) return shown;
    const bool partly = view.bottom.row + 1 < walk_.rows_of(view.bottom.line).height();
    shown.below = static_cast<std::size_t>(buffer_.end() - 1 - view.bottom.line) + (partly ? 1 : 0);
    draw_tail(shown.below, view.bottom.line + 1);
    return shown;
  }

 private:
  void draw_lines(const View& view) {
    const int rows = count(view), last = area_.bottom() - 1 - (view.more ? low_rows() : 0);
    int at = last - rows + 1, row = view.top.row;
    bool uppermost = true;
    for (auto number = view.top.line; at <= last; ++number, row = 0) {
      const LineRows& line = walk_.rows_of(number);
      for (; row < line.height() && at <= last; ++row, ++at, uppermost = false)
        line.draw(canvas_, {area_.column, at}, row, uppermost);
    }
  }

  [[nodiscard]] int low_rows() const { return tail_rows(area_.rows, pane_.content.tail); }

  int count(const View& view) {
    if (view.top.line == view.bottom.line) return view.bottom.row - view.top.row + 1;
    int rows = walk_.rows_of(view.top.line).height() - view.top.row;
    for (auto number = view.top.line + 1; number < view.bottom.line; ++number)
      rows += walk_.rows_of(number).height();
    return rows + view.bottom.row + 1;
  }

  void draw_tail(std::size_t below, chat::LineNumber from) {
    if (low_rows() == 0) return;
    const bool with_lines = low_rows() > 1;
    const auto first = std::max(from, buffer_.end() - pane_.content.tail);
    int at = area_.bottom() - low_rows();
    draw_rule(canvas_, {area_.column, at++}, pane_, below_text(below, with_lines ? buffer_.end() - first : 0),
              Role::dim);
    if (!with_lines) return;
    for (auto number = first; number < buffer_.end(); ++number, ++at)
      LineRows(pane_, *buffer_.line(number), 2).draw_short(canvas_, {area_.column, at}, number == first);
  }

  /// "43 more below, the newest 3:   Alt-End", or less of it where there is no room.
  std::string below_text(std::size_t below, chat::LineNumber newest) const {
    const std::string count = std::to_string(below) + " more below";
    const std::string list = newest > 0 ? ", the newest " + std::to_string(newest) + ':' : std::string();
    const int room = pane_.width - pane_.columns.margin - 7;
    for (const std::string& text : {count + list + "   Alt-End", count + "   Alt-End"})
      if (base::cells(text) <= room) return text;
    return count;
  }

  Canvas& canvas_;
  const Rectangle& area_;
  const Pane& pane_;
  const chat::Buffer& buffer_;
  RowWalk walk_;
};

/// As notes without a time.
void draw_empty(Canvas& canvas, const Rectangle& area, const Pane& pane) {
  const Columns& columns = pane.columns;
  const int sender_end = columns.margin + columns.time + columns.sender;
  const int text = area.column + (columns.compact ? columns.margin : sender_end + 3);
  std::vector<std::pair<bool, std::string_view>> rows;
  for (const std::string& sentence : pane.content.empty)
    for (bool first = true; const auto row : wrap(sentence, area.right() - text, area.right() - text))
      rows.emplace_back(std::exchange(first, false), row);
  int at = std::max(area.row, area.bottom() - static_cast<int>(std::min<std::size_t>(rows.size(), INT_MAX)));
  for (const auto& [first, words] : rows) {
    if (at >= area.bottom()) return;
    if (first && !columns.compact)
      canvas.put({area.column + sender_end - 2, at}, "--", {Role::dim}, area.right());
    if (!columns.compact) canvas.put({text - 2, at}, pane.glyphs.bar, {Role::dim}, area.right());
    canvas.put({text, at++}, words, {Role::dim}, area.right());
  }
}

/// The position that has `top` at the upper edge of a view of `rows`, of which `low_rows` are kept for
/// what is below; as far as there is something below. `revealing`: at the newest line, too, for there are
/// lines out of sight above it.
ScrollPosition position_at(RowWalk& walk, RowPlace top, int rows, int low_rows, bool revealing) {
  const RowPlace newest = walk.newest();
  const RowPlace bottom = walk.down(top, std::max(0, rows - low_rows - 1));
  const RowPlace low = walk.down(bottom, low_rows);
  if (low != newest) return {bottom.line, walk.text_row(bottom)};
  return revealing ? ScrollPosition{newest.line, walk.text_row(newest)} : ScrollPosition{};
}

/// The uppermost row of a view, or the newest when there is nothing in it.
RowPlace top_of(RowWalk& walk, const ConversationContent& content, const Rectangle& area) {
  const RowPlace top = view_of(walk, content, std::max(1, area.rows)).top;
  return top.line < content.buffer->end() ? top : walk.newest();
}

}  // namespace

Shown draw_conversation(Canvas& canvas, const Rectangle& area, const Columns& columns,
                        const ConversationContent& content, const Glyphs& glyphs) {
  canvas.fill(area, {});
  const Pane pane{content, columns, area.columns, glyphs};
  if (has_lines(content) && area.rows > 0) return Drawing(canvas, area, pane).draw();
  if (!area.empty() && !has_lines(content)) draw_empty(canvas, area, pane);
  return {0, std::nullopt, base::now()};
}

int page_rows(const ConversationContent& content, const Rectangle& area) {
  return std::max(1, area.rows - tail_rows(area.rows, content.tail) - 1);
}

std::optional<UpperEdge> upper_edge(const ConversationContent& content, const Rectangle& area,
                                    const Columns& columns, int rows) {
  if (!has_lines(content)) return std::nullopt;
  const Pane pane{content, columns, area.columns, unicode_glyphs()};
  RowWalk walk(pane);
  const RowPlace top = top_of(walk, content, area);
  return UpperEdge{top.line, walk.text_row(top), walk.up(top, rows - 1) == walk.oldest()};
}

ScrollPosition scrolled(const ConversationContent& content, const Rectangle& area, const Columns& columns,
                        int rows, const std::optional<UpperEdge>& edge) {
  if (!has_lines(content)) return {};
  const Pane pane{content, columns, area.columns, unicode_glyphs()};
  RowWalk walk(pane);
  const RowPlace from = edge ? walk.nearest(edge->line, edge->row) : top_of(walk, content, area);
  const bool revealing = rows > 0 && content.buffer->hidden_before() > content.buffer->first();
  const RowPlace top = rows > 0 ? walk.up(from, rows) : walk.down(from, -std::max(rows, -INT_MAX));
  return position_at(walk, top, std::max(1, area.rows), tail_rows(area.rows, content.tail), revealing);
}

ScrollPosition scrolled_to(const ConversationContent& content, const Rectangle& area, const Columns& columns,
                           chat::LineNumber line) {
  if (!has_lines(content)) return {};
  const Pane pane{content, columns, area.columns, unicode_glyphs()};
  RowWalk walk(pane);
  const bool hidden = line < content.buffer->hidden_before();
  return position_at(walk, walk.nearest(line, INT_MIN), std::max(1, area.rows),
                     tail_rows(area.rows, content.tail), hidden);
}

}  // namespace gnatter::ui

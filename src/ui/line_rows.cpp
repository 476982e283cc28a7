// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/line_rows.h"

#include <algorithm>

#include "base/cells.h"
#include "chat/urls.h"
#include "ui/day.h"
#include "ui/names.h"
#include "ui/topic_parts.h"
#include "ui/views.h"
#include "ui/wrap.h"

namespace gnatter::ui {
namespace {

using chat::LineKind;
using chat::SendState;

std::optional<chat::Line> line_before(const chat::Buffer& buffer, const chat::Line& line) {
  return line.number > buffer.first() ? buffer.line(line.number - 1) : std::nullopt;
}

bool is_marked(const ConversationContent& content, chat::LineNumber number) {
  return content.marker && number == std::max(*content.marker, content.buffer->first_appended());
}

bool is_note(LineKind kind) {
  return kind == LineKind::info || kind == LineKind::presence;
}

/// Compact, the name takes room from the text.
int label_cells(const Pane& pane) {
  return pane.columns.compact ? std::clamp(pane.width / 3, 4, 12) : pane.columns.sender;
}

/// A name that would stand there as the client's own marks do.
bool looks_like_ours(std::string_view name) {
  return name == "--" || name == "!!" || (name.size() > 2 && name.starts_with('-') && name.ends_with('-'));
}

std::string label_of(const Pane& pane, const chat::Line& line) {
  const auto name = [&](int cells) { return cut_name(line.sender, cells, pane.content.names, pane.glyphs); };
  switch (line.kind) {
    case LineKind::message:
      return looks_like_ours(line.sender) ? '"' + name(label_cells(pane) - 2) + '"' : name(label_cells(pane));
    case LineKind::action:
      return "*";
    case LineKind::notice:
      return '-' + name(label_cells(pane) - 2) + '-';
    case LineKind::error:
      return "!!";
    case LineKind::info:
    case LineKind::presence:
      return "--";
    case LineKind::raw:
      return line.retained ? "retained" : "";
    case LineKind::rule:
      break;
  }
  return {};
}

/// Where the value stands in a row of label and value, two blanks at least between them; 0 where it is none.
int value_column(std::string_view text) {
  const std::size_t label = text.find(' ');
  if (label == 0 || label == text.npos || text.substr(label, 2) != "  ") return 0;
  const std::size_t value = text.find_first_not_of(' ', label);
  return value == text.npos ? 0 : base::cells(text.substr(0, value));
}

}  // namespace

void draw_rule(Canvas& canvas, Point at, const Pane& pane, std::string_view words, Role role) {
  const int begin = at.column + pane.columns.margin, end = at.column + pane.width;
  const int before = pane.columns.compact ? 2 : 4;
  const bool marker = role == Role::marker;
  canvas.fill({begin, at.row, end - begin, 1}, {role}, marker ? pane.glyphs.marker_rule : pane.glyphs.rule);
  const int room = end - begin - before - 3;  // two blanks, and a bit of rule at the end
  if (words.empty() || room < 1) return;
  canvas.put({begin + before, at.row}, ' ' + base::cut(words, room, pane.glyphs.ellipsis) + ' ', {role}, end);
}

LineRows::LineRows(const Pane& pane, const chat::Line& line, std::size_t most)
    : pane_(pane),
      line_(line),
      before_(line_before(*pane.content.buffer, line)),
      day_rule_(!before_ || before_->past != line.past || !same_day(before_->time, line.time)),
      marker_rule_(is_marked(pane.content, line.number)),
      label_(label_of(pane, line)) {
  if (line_.kind == LineKind::rule)
    rows_.push_back(line_.text);
  else
    lay_out_text(most);
}

void LineRows::lay_out_text(std::size_t most) {
  text_ = line_.text;
  if (line_.kind == LineKind::action || line_.kind == LineKind::raw) {
    with_actor_ = shown_name(line_.sender, pane_.glyphs);
    actor_size_ = with_actor_.size();
    text_ = with_actor_ += ' ' + std::string(line_.text);
  }
  if (line_.kind == LineKind::raw) fixed_ = fixed_parts(pane_.content.filter, text_.substr(0, actor_size_));
  urls_ = chat::urls_in(text_);
  const Columns& columns = pane_.columns;
  column_ = columns.margin + columns.time + (columns.compact ? 0 : columns.sender + 3);
  first_column_ = columns.compact ? column_ + base::cells(label_ + joint()) : column_;
  const int value = line_.kind == LineKind::info ? value_column(text_) : 0;
  const bool room = value > 0 && value <= (pane_.width - first_column_) / 3;
  other_columns_ = room ? first_column_ + value : column_;
  // Somebody's sixty thousand newlines are not to push everything else out of reach.
  constexpr std::size_t most_rows = 1000;
  rows_ = wrap(text_, pane_.width - first_column_, pane_.width - other_columns_, std::min(most, most_rows));
  if (rows_.size() < most_rows) return;
  with_actor_ = std::string(text_.substr(0, static_cast<std::size_t>(rows_.back().data() - text_.data()))) +
                "(the rest of this message has too many rows to be shown)";
  text_ = with_actor_;
  urls_ = chat::urls_in(text_);
  rows_ = wrap(text_, pane_.width - first_column_, pane_.width - other_columns_);
}

bool LineRows::unsettled() const {
  return line_.state == SendState::pending || line_.state == SendState::refused;
}

/// What stands between sender and text of a compact line: the state in the colon's place.
std::string LineRows::joint() const {
  if (unsettled()) return ' ' + std::string(state_mark()) + ' ';
  if (label_.empty()) return {};
  return line_.kind == LineKind::message ? ": " : " ";
}

std::string_view LineRows::state_mark() const {
  if (line_.state == SendState::pending) return pane_.glyphs.pending;
  return line_.state == SendState::refused ? pane_.glyphs.refused : pane_.glyphs.bar;
}

Role LineRows::state_role() const {
  if (line_.state == SendState::pending) return Role::pending;
  return line_.state == SendState::refused ? Role::refused : Role::dim;
}

bool LineRows::follows_in_minute() const {
  return before_ && rules() == 0 && before_->kind != LineKind::rule && same_minute(before_->time, line_.time);
}

/// Whether time and sender are those of the line above.
bool LineRows::continues() const {
  const bool same_kind = line_.kind == before_->kind || (is_note(line_.kind) && is_note(before_->kind));
  const bool always_says = line_.kind == LineKind::action || line_.kind == LineKind::error || line_.retained;
  return same_kind && !always_says && !unsettled() && line_.sender == before_->sender;
}

bool LineRows::mentions() const {
  const bool said = !is_note(line_.kind) && line_.kind != LineKind::error;
  return said && line_.state == SendState::none && pane_.content.mentions && pane_.content.mentions(line_);
}

Role LineRows::text_role() const {
  if (line_.past) return Role::dim;
  if (line_.kind == LineKind::info) return Role::info;
  return line_.kind == LineKind::presence ? Role::dim : Role::text;
}

Role LineRows::label_role(bool mention) const {
  if (line_.past) return Role::dim;
  if (line_.kind == LineKind::error) return Role::error;
  if (is_note(line_.kind) || line_.kind == LineKind::raw) return Role::dim;
  if (mention) return Role::mention;
  return line_.kind == LineKind::action ? Role::dim : name_role(line_.sender, pane_.content.self);
}

std::string LineRows::day_words() const {
  return line_.past ? log_day_text(line_.time, pane_.content.now) : day_text(line_.time);
}

void LineRows::draw(Canvas& canvas, Point at, int row, bool uppermost) const {
  if (row == 0 && day_rule_) return draw_rule(canvas, at, pane_, day_words(), Role::dim);
  if (row < rules()) return draw_rule(canvas, at, pane_, pane_.content.marker_text, Role::marker);
  draw_text_row(canvas, at, static_cast<std::size_t>(row - rules()), uppermost);
}

void LineRows::draw_short(Canvas& canvas, Point at, bool uppermost) const {
  const int end = draw_text_row(canvas, at, 0, uppermost), right = at.column + pane_.width;
  if (rows_.size() > 1)
    canvas.put({std::min(end, right - 1), at.row}, pane_.glyphs.ellipsis, {Role::dim}, right);
}

/// Returns the column after the text.
int LineRows::draw_text_row(Canvas& canvas, Point at, std::size_t row, bool uppermost) const {
  const int right = at.column + pane_.width;
  if (line_.kind == LineKind::rule) {
    draw_rule(canvas, at, pane_, line_.text, Role::dim);
    return right;
  }
  if (row == 0 || (uppermost && !pane_.columns.compact)) draw_head(canvas, at, uppermost);
  if (!pane_.columns.compact) {
    const bool head = row == 0 || uppermost;
    canvas.put({at.column + column_ - 2, at.row}, head ? state_mark() : pane_.glyphs.bar,
               {head ? state_role() : Role::dim}, right);
  }
  return draw_words(canvas, {at.column + (row == 0 ? first_column_ : other_columns_), at.row}, right,
                    rows_[row]);
}

/// Time, mark and sender.
void LineRows::draw_head(Canvas& canvas, Point at, bool uppermost) const {
  const Columns& columns = pane_.columns;
  const int right = at.column + pane_.width, label_column = at.column + columns.margin + columns.time;
  const bool mention = mentions(), full = uppermost || columns.compact || mention || !follows_in_minute();
  if (!full && continues()) return;
  if (line_.kind == LineKind::raw && pane_.content.latest_only) return;
  if (full || line_.kind != LineKind::error)
    canvas.put({at.column + columns.margin, at.row}, base::local_clock(line_.time), {Role::dim}, right);
  if (mention) canvas.put({label_column - 1, at.row}, "!", {line_.past ? Role::dim : Role::mention}, right);
  const int blanks = columns.compact ? 0 : columns.sender - base::cells(label_);
  const int end = canvas.put({label_column + blanks, at.row}, label_, {label_role(mention)}, right);
  if (columns.compact) canvas.put({end, at.row}, joint(), {state_role()}, right);
}

/// The role of the words from `here` on, and how far they have it: who does an action, and URLs, stand out.
std::pair<Role, std::string_view> LineRows::same_role(std::string_view words) const {
  const auto up_to = [&](const char* end) {
    return words.substr(0, std::min(words.size(), static_cast<std::size_t>(end - words.data())));
  };
  if (line_.past) return {Role::dim, words};
  const char* const actor_end = text_.data() + actor_size_;
  if (words.data() < actor_end && line_.kind == LineKind::raw) return role_of_topic(words, actor_end);
  if (words.data() < actor_end) return {name_role(line_.sender, pane_.content.self), up_to(actor_end)};
  const auto ends_after = [](const char* here, std::string_view url) {
    return here < url.data() + url.size();
  };
  const auto url = std::upper_bound(urls_.begin(), urls_.end(), words.data(), ends_after);
  if (url == urls_.end()) return {text_role(), words};
  if (words.data() < url->data()) return {text_role(), up_to(url->data())};
  return {Role::link, up_to(url->data() + url->size())};
}

/// The same in the topic: what the filter fixes is dim.
std::pair<Role, std::string_view> LineRows::role_of_topic(std::string_view words, const char* end) const {
  const auto up_to = [&](const char* there) {
    return words.substr(0, std::min(words.size(), static_cast<std::size_t>(there - words.data())));
  };
  const auto fixed = std::find_if(fixed_.begin(), fixed_.end(), [&](std::string_view part) {
    return words.data() < part.data() + part.size();
  });
  if (fixed == fixed_.end()) return {Role::accent, up_to(end)};
  if (words.data() < fixed->data()) return {Role::accent, up_to(fixed->data())};
  return {Role::dim, up_to(fixed->data() + fixed->size())};
}

/// Returns the column after them. Tabs as wrap() counts them.
int LineRows::draw_words(Canvas& canvas, Point at, int right, std::string_view words) const {
  int column = at.column;
  while (!words.empty()) {
    if (words.front() == '\t') {
      column = at.column + after_tab(column - at.column);
      words.remove_prefix(1);
      continue;
    }
    const auto [role, part] = same_role(words.substr(0, words.find('\t')));
    column = canvas.put({column, at.row}, part, {role}, right);
    words.remove_prefix(part.size());
  }
  return column;
}

}  // namespace gnatter::ui

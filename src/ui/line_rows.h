// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ui/canvas.h"
#include "ui/frame.h"
#include "ui/glyphs.h"
#include "ui/layout.h"

namespace gnatter::ui {

/// What the rows of a conversation depend on. `content.buffer` is there.
struct Pane {
  const ConversationContent& content;
  const Columns& columns;
  int width;  ///< cells from the margin's left end to the text's right one
  const Glyphs& glyphs;
};

/// Words across a pane: "──── Sunday 22 November ─────".
void draw_rule(Canvas& canvas, Point at, const Pane& pane, std::string_view words, Role role);

/// A line of a conversation as rows: the rules above it, then its text, wrapped under itself; a note that is
/// a label and a value ("key      RSA 3072 bits") under the value, where there is room. Valid until the
/// buffer changes, and as long as the pane.
class LineRows {
 public:
  /// Reads no more than the first `most` rows of the text.
  LineRows(const Pane& pane, const chat::Line& line,
           std::size_t most = std::numeric_limits<std::size_t>::max());
  LineRows(const LineRows&) = delete;
  LineRows& operator=(const LineRows&) = delete;

  [[nodiscard]] const chat::Line& line() const { return line_; }
  [[nodiscard]] int height() const { return rules() + static_cast<int>(rows_.size()); }
  /// The rows above the text.
  [[nodiscard]] int rules() const { return static_cast<int>(day_rule_) + static_cast<int>(marker_rule_); }
  /// Draws one row (from 0) to the right of `at`. The uppermost row of a view always says when and who.
  void draw(Canvas& canvas, Point at, int row, bool uppermost) const;
  /// Draws the text's first row, with an ellipsis when there are more.
  void draw_short(Canvas& canvas, Point at, bool uppermost) const;

 private:
  [[nodiscard]] bool unsettled() const;
  [[nodiscard]] bool follows_in_minute() const;
  [[nodiscard]] bool continues() const;
  [[nodiscard]] bool mentions() const;
  [[nodiscard]] std::string joint() const;
  [[nodiscard]] std::string day_words() const;
  [[nodiscard]] std::string_view state_mark() const;
  [[nodiscard]] Role state_role() const;
  [[nodiscard]] Role text_role() const;
  [[nodiscard]] Role label_role(bool mention) const;
  [[nodiscard]] std::pair<Role, std::string_view> same_role(std::string_view words) const;
  [[nodiscard]] std::pair<Role, std::string_view> role_of_topic(std::string_view words,
                                                                const char* end) const;
  void lay_out_text(std::size_t most);
  int draw_text_row(Canvas& canvas, Point at, std::size_t row, bool uppermost) const;
  void draw_head(Canvas& canvas, Point at, bool uppermost) const;
  int draw_words(Canvas& canvas, Point at, int right, std::string_view words) const;

  const Pane& pane_;
  const chat::Line line_;
  const std::optional<chat::Line> before_;
  const bool day_rule_, marker_rule_;
  const std::string label_;  // in the sender's column
  std::string with_actor_;   // an action's text, with who does it in front; a payload with its topic
  std::size_t actor_size_ = 0;
  std::string_view text_;                     // what is wrapped
  int column_ = 0;                            // of the text, where it is wrapped under itself
  int first_column_ = 0, other_columns_ = 0;  // of the text's first row and of the others
  std::vector<std::string_view> rows_;
  std::vector<std::string_view> urls_;
  std::vector<std::string_view> fixed_;  // of the topic in front
};

}  // namespace gnatter::ui

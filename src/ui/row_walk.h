// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>

#include "ui/line_rows.h"

namespace gnatter::ui {

/// One row of a conversation: the `row`th (from 0) of a line, the rules above it included.
struct RowPlace {
  chat::LineNumber line = 0;
  int row = 0;
  auto operator<=>(const RowPlace&) const = default;
};

/// Walks over the rows of a window that has lines, and reads only those it passes. Valid until the buffer
/// changes.
class RowWalk {
 public:
  explicit RowWalk(const Pane& pane) : pane_(pane) {}

  /// Valid until the next call.
  const LineRows& rows_of(chat::LineNumber number);

  [[nodiscard]] RowPlace oldest() const { return {buffer().first(), 0}; }
  [[nodiscard]] RowPlace newest() { return last_row_of(buffer().end() - 1); }
  /// A row of a line's text, from 0, those of the rules above it before that. The nearest one that is there,
  /// when lines have gone or are wrapped otherwise now.
  [[nodiscard]] RowPlace nearest(chat::LineNumber line, int text_row);
  /// The other way round.
  [[nodiscard]] int text_row(RowPlace place) { return place.row - rows_of(place.line).rules(); }
  /// `rows` up or down; at the first or last row it stays.
  [[nodiscard]] RowPlace up(RowPlace from, int rows);
  [[nodiscard]] RowPlace down(RowPlace from, int rows);

 private:
  [[nodiscard]] const chat::Buffer& buffer() const { return *pane_.content.buffer; }
  [[nodiscard]] RowPlace last_row_of(chat::LineNumber number) {
    return {number, rows_of(number).height() - 1};
  }

  const Pane& pane_;
  std::map<chat::LineNumber, LineRows> known_;
};

}  // namespace gnatter::ui

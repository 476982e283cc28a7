// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wrap.h"

#include <algorithm>
#include <cctype>

#include "base/cells.h"
#include "chat/urls.h"

namespace gnatter::ui {
namespace {

constexpr int wide = 2;

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/// What is not cut unless it is longer than a row.
struct Piece {
  std::size_t begin = 0, end = 0;
  int cells = 0;
};

class Wrapper {
 public:
  Wrapper(std::string_view text, int first, int rest, std::size_t most)
      : text_(text), urls_(chat::urls_in(text)), first_(first), rest_(std::max(1, rest)), most_(most) {}

  std::vector<std::string_view> rows() {
    start_line(0);
    if (first_ < 1) end_row(0);
    while (at_ < text_.size() && rows_.size() < most_) step();
    if (rows_.size() < most_) end_row(at_);
    rows_.resize(std::min(rows_.size(), most_));
    return std::move(rows_);
  }

 private:
  void step() {
    if (text_[at_] == '\n') {
      end_row(at_ + 1);
      start_line(at_ + 1);
    } else if (is_blank_at(at_)) {
      column_ = text_[at_] == '\t' ? after_tab(column_) : column_ + 1;
      ++at_;
    } else {
      read_word();
      place_word();
    }
  }

  /// A blank with a mark over it is none.
  bool is_blank_at(std::size_t at) const {
    return is_blank(text_[at]) && base::first_cluster(text_.substr(at)).bytes.size() == 1;
  }

  /// The pieces from at_ on that no row may end between, if they fit into one.
  void read_word() {
    word_.assign(1, {at_, at_, 0});
    word_cells_ = 0;
    int before = 0;
    while (at_ < text_.size() && text_[at_] != '\n') {
      const base::Cluster cluster = base::first_cluster(text_.substr(at_));
      if (cluster.bytes.size() == 1 && is_blank(text_[at_])) break;
      const bool at_url = enters_or_leaves_url();
      const bool inside = at_ > word_.front().begin;
      if (inside && before >= wide && (cluster.cells >= wide || at_url)) break;
      if (inside && at_url) word_.push_back({at_, at_, 0});
      at_ += cluster.bytes.size();
      word_.back().end = at_;
      word_.back().cells += cluster.cells;
      word_cells_ += cluster.cells;
      if (cluster.cells > 0) before = cluster.cells;
    }
  }

  bool enters_or_leaves_url() {
    const char* const here = text_.data() + at_;
    if (next_url_ == urls_.size()) return false;
    const std::string_view url = urls_[next_url_];
    if (here < url.data()) return false;
    const bool leaves = here >= url.data() + url.size();
    if (leaves) ++next_url_;
    return leaves || here == url.data();
  }

  void place_word() {
    if (fits(word_cells_)) return append(word_.back().end, word_cells_);
    if (word_cells_ <= rest_) {
      begin_row_at(word_.front().begin);
      return append(word_.back().end, word_cells_);
    }
    for (const Piece& piece : word_) place_piece(piece);
  }

  void place_piece(const Piece& piece) {
    if (!fits(piece.cells) && piece.cells <= rest_) begin_row_at(piece.begin);
    if (fits(piece.cells)) return append(piece.end, piece.cells);
    for (std::size_t at = piece.begin; at < piece.end && rows_.size() < most_;) {
      const base::Cluster cluster = base::first_cluster(text_.substr(at, piece.end - at));
      if (!fits(cluster.cells)) cut_at(at);
      at += cluster.bytes.size();
      append(at, cluster.cells);
    }
  }

  /// Ends a row inside a word.
  void cut_at(std::size_t at) {
    const std::size_t cut = std::max(between_pairs(at), row_begin_);
    if (cut == row_begin_ || cut == at) return begin_row_at(at);
    row_end_ = cut;
    begin_row_at(cut);
    append(at, static_cast<int>(at - cut));
  }

  /// The place before the pair of hexadecimal digits that `at` would part, or part from its colon; else `at`.
  std::size_t between_pairs(std::size_t at) const {
    for (std::size_t back = 1; back <= 2 && at >= back + 3; ++back) {
      const std::size_t cut = at - back;
      if (text_[cut - 1] == ':' && is_pair(cut - 3) && is_pair(cut)) return cut;
    }
    return at;
  }

  bool is_pair(std::size_t at) const {
    const auto is_digit = [&](std::size_t i) {
      return i < text_.size() && std::isxdigit(static_cast<unsigned char>(text_[i])) != 0;
    };
    return is_digit(at) && is_digit(at + 1) && !is_digit(at + 2);
  }

  int room() const { return rows_.empty() ? first_ : rest_; }
  bool fits(int cells) const { return column_ + cells <= room(); }

  void append(std::size_t end, int cells) {
    row_end_ = end;
    column_ += cells;
  }

  /// Indentation alone makes no row; a first row that is narrower than the others may stay empty.
  void begin_row_at(std::size_t begin) {
    const bool empty = row_end_ == row_begin_;
    if (!empty || room() < rest_) end_row(begin);
    row_begin_ = row_end_ = begin;
    column_ = 0;
  }

  void end_row(std::size_t next) {
    rows_.push_back(text_.substr(row_begin_, row_end_ - row_begin_));
    row_begin_ = row_end_ = next;
    column_ = 0;
  }

  void start_line(std::size_t begin) { at_ = row_begin_ = row_end_ = begin; }

  const std::string_view text_;
  const std::vector<std::string_view> urls_;
  const int first_, rest_;
  const std::size_t most_;
  std::vector<std::string_view> rows_;
  std::vector<Piece> word_;
  int word_cells_ = 0;
  std::size_t next_url_ = 0;
  std::size_t at_ = 0;                       // the next byte to read
  std::size_t row_begin_ = 0, row_end_ = 0;  // of the row being made, without the blanks at its end
  int column_ = 0;                           // cells of that row, with them
};

}  // namespace

std::vector<std::string_view> wrap(std::string_view text, int first, int rest, std::size_t most) {
  return Wrapper(text, first, rest, most).rows();
}

}  // namespace gnatter::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gnatter::app {

/// One component of a key: as it stands there, with its quotes, and what it says.
struct KeyPart {
  std::string raw, text;
};
using KeyPath = std::vector<KeyPart>;

/// Where everything stands in a TOML text, byte by byte, so that it can be changed there; what the values are
/// toml11 knows. All places are offsets into the text. Of a text that is no TOML it says what it likes.
class ConfigLines {
 public:
  /// A key with its value.
  struct Entry {
    KeyPath path;             ///< from the root
    std::size_t table_parts;  ///< how many of them come from the header or the inline table it stands in
    std::size_t line_begin, key_begin, value_begin, value_end;
    std::size_t line_end;  ///< behind the newline of the value's last line
    bool is_table;         ///< the value is an inline table; what is in it follows
    bool is_inline;        ///< it stands in an inline table
  };
  /// A line [path] or [[path]].
  struct Header {
    KeyPath path;
    std::size_t line_begin, line_end;
  };

  explicit ConfigLines(std::string_view text);

  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] const std::vector<Header>& headers() const { return headers_; }
  /// Where a table, list or key is nested so deep that a parser might run out of stack.
  [[nodiscard]] std::optional<std::size_t> too_deep() const { return too_deep_; }

 private:
  std::size_t read_header(std::size_t line_begin, std::size_t at);
  std::size_t read_entry(const KeyPath& table, std::size_t line_begin, std::size_t at, int depth);
  std::size_t read_value(const KeyPath& path, std::size_t line_begin, std::size_t at, int depth);
  std::size_t read_list(const KeyPath& path, std::size_t line_begin, std::size_t at, int depth);
  std::size_t read_table(const KeyPath& path, std::size_t line_begin, std::size_t at, int depth);
  bool goes_too_deep(std::size_t at, int depth);

  const std::string_view text_;
  std::vector<Entry> entries_;
  std::vector<Header> headers_;
  std::optional<std::size_t> too_deep_;
};

/// A key at `at`, which is moved behind it and the blanks that follow; empty: there is none.
KeyPath read_key(std::string_view text, std::size_t& at);
/// Behind the value at `at` that is no table and no list: a string of any kind, or a word.
std::size_t end_of_scalar(std::string_view text, std::size_t at);
/// Behind the newline of the line that `at` is in.
std::size_t end_of_line(std::string_view text, std::size_t at);
/// The first byte from `at` on that is no blank or tab.
std::size_t skip_blanks(std::string_view text, std::size_t at);

}  // namespace gnatter::app

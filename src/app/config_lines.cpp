// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config_lines.h"

#include <algorithm>

#include "app/config_text.h"

namespace gnatter::app {
namespace {

constexpr int deepest = 16;

bool has(std::string_view text, std::size_t at, std::string_view what) {
  return at < text.size() && text.substr(at, what.size()) == what;
}

bool is_bare(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/// Behind `quote`, which ends what began before `at`; `escapes`: a backslash takes the next byte's meaning.
std::size_t end_of_quoted(std::string_view text, std::size_t at, std::string_view quote, bool escapes) {
  for (; at < text.size(); ++at) {
    if (escapes && text[at] == '\\')
      ++at;
    else if (has(text, at, quote))
      break;
    else if (quote.size() == 1 && text[at] == '\n')
      return at;
  }
  at = std::min(at + quote.size(), text.size());
  // Up to two quotes may stand right before the three.
  for (int more = 0; quote.size() == 3 && more < 2 && has(text, at, quote.substr(0, 1)); ++more) ++at;
  return at;
}

/// What stands in quotes; of the escapes those that a key would have.
std::string unquoted(std::string_view raw) {
  if (raw.size() < 2 || is_bare(raw.front())) return std::string(raw);
  const bool escapes = raw.front() == '"';
  std::string out;
  for (std::size_t i = 1; i + 1 < raw.size(); ++i) {
    if (escapes && raw[i] == '\\' && i + 2 < raw.size()) ++i;
    out += raw[i];
  }
  return out;
}

/// Blanks, newlines and comments, as they may stand in a list.
std::size_t skip_space(std::string_view text, std::size_t at) {
  for (;;) {
    at = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
    if (!has(text, at, "#")) return at;
    at = end_of_line(text, at);
  }
}

}  // namespace

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t", at), text.size());
}

std::size_t end_of_line(std::string_view text, std::size_t at) {
  const std::size_t newline = text.find('\n', at);
  return newline == text.npos ? text.size() : newline + 1;
}

KeyPath read_key(std::string_view text, std::size_t& at) {
  KeyPath path;
  for (at = skip_blanks(text, at); at < text.size();) {
    const std::size_t begin = at;
    if (text[at] == '"' || text[at] == '\'')
      at = end_of_quoted(text, at + 1, text.substr(at, 1), text[at] == '"');
    else
      while (at < text.size() && is_bare(text[at])) ++at;
    if (at == begin) return {};
    const std::string_view raw = text.substr(begin, at - begin);
    path.push_back({std::string(raw), unquoted(raw)});
    at = skip_blanks(text, at);
    if (!has(text, at, ".")) return path;
    at = skip_blanks(text, at + 1);
  }
  return path;
}

std::size_t end_of_scalar(std::string_view text, std::size_t at) {
  for (const std::string_view quote : {"\"\"\"", "'''", "\"", "'"})
    if (has(text, at, quote)) return end_of_quoted(text, at + quote.size(), quote, quote.front() == '"');
  std::size_t end = std::min(text.find_first_of(",]}#\r\n", at), text.size());
  while (end > at && (text[end - 1] == ' ' || text[end - 1] == '\t')) --end;
  return end;
}

ConfigLines::ConfigLines(std::string_view text) : text_(text) {
  KeyPath table;
  for (std::size_t at = byte_order_mark_of(text); at < text.size() && !too_deep_;) {
    const std::size_t line_begin = at;
    at = skip_blanks(text, at);
    if (has(text, at, "[")) {
      at = read_header(line_begin, at);
      table = headers_.back().path;
    } else if (at < text.size() && text[at] != '#' && text[at] != '\r' && text[at] != '\n') {
      at = read_entry(table, line_begin, at, 0);
    }
    at = end_of_line(text, at);
  }
}

std::size_t ConfigLines::read_header(std::size_t line_begin, std::size_t at) {
  at += has(text_, at, "[[") ? 2 : 1;
  KeyPath path = read_key(text_, at);
  goes_too_deep(line_begin, static_cast<int>(path.size()));
  headers_.push_back({std::move(path), line_begin, end_of_line(text_, at)});
  return at;
}

bool ConfigLines::goes_too_deep(std::size_t at, int depth) {
  if (depth > deepest && !too_deep_) too_deep_ = at;
  return too_deep_.has_value();
}

/// Behind the value; at what is no key it stays.
std::size_t ConfigLines::read_entry(const KeyPath& table, std::size_t line_begin, std::size_t at, int depth) {
  const std::size_t key_begin = at;
  const KeyPath key = read_key(text_, at);
  if (key.empty() || !has(text_, at, "=")) return at;
  KeyPath path = table;
  path.insert(path.end(), key.begin(), key.end());
  if (goes_too_deep(key_begin, static_cast<int>(path.size()))) return text_.size();
  const std::size_t value_begin = skip_blanks(text_, at + 1);
  const std::size_t index = entries_.size();
  entries_.push_back({path, table.size(), line_begin, key_begin, value_begin, value_begin, value_begin,
                      has(text_, value_begin, "{"), depth > 0});
  const std::size_t value_end = read_value(path, line_begin, value_begin, depth);
  entries_[index].value_end = value_end;
  entries_[index].line_end = end_of_line(text_, value_end);
  return value_end;
}

std::size_t ConfigLines::read_value(const KeyPath& path, std::size_t line_begin, std::size_t at, int depth) {
  if (goes_too_deep(at, depth)) return text_.size();
  if (has(text_, at, "[")) return read_list(path, line_begin, at + 1, depth + 1);
  if (has(text_, at, "{")) return read_table(path, line_begin, at + 1, depth + 1);
  return end_of_scalar(text_, at);
}

std::size_t ConfigLines::read_list(const KeyPath& path, std::size_t line_begin, std::size_t at, int depth) {
  for (;;) {
    at = skip_space(text_, at);
    if (has(text_, at, "]")) return at + 1;
    const std::size_t end = read_value(path, line_begin, at, depth);
    if (end == at && !has(text_, at, ",")) return at;
    at = skip_space(text_, end);
    if (has(text_, at, ",")) ++at;
  }
}

std::size_t ConfigLines::read_table(const KeyPath& path, std::size_t line_begin, std::size_t at, int depth) {
  for (;;) {
    at = skip_blanks(text_, at);
    if (has(text_, at, "}")) return at + 1;
    const std::size_t end = skip_blanks(text_, read_entry(path, line_begin, at, depth));
    if (!has(text_, end, ",")) return has(text_, end, "}") ? end + 1 : end;
    at = end + 1;
  }
}

}  // namespace gnatter::app

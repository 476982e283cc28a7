// SPDX-License-Identifier: GPL-3.0-or-later
#include "words.h"

#include "gnatter/utf8.h"

namespace notify {
namespace {

using gnatter::utf8::CodePoint;
using gnatter::utf8::decode;

bool breaks_row(char32_t point) {
  return gnatter::utf8::is_control(point) || point == 0x2028 || point == 0x2029;
}

/// Bidirectional embeddings, overrides and isolates.
bool reorders(char32_t point) {
  return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

/// Takes a quoted piece off the line, whose opening quote is gone. False: it does not end.
bool take_quoted(std::string_view& line, char quote, std::string& word) {
  while (!line.empty()) {
    char c = line.front();
    line.remove_prefix(1);
    if (c == quote) return true;
    const bool escapes = quote == '"' && c == '\\' && !line.empty();
    if (escapes && (line.front() == '"' || line.front() == '\\')) {
      c = line.front();
      line.remove_prefix(1);
    }
    word += c;
  }
  return false;
}

}  // namespace

std::string one_row(std::string_view text, std::size_t most) {
  std::string row;
  std::size_t count = 0, before_last = 0;  // where the last character that may stand begins
  while (!text.empty()) {
    const CodePoint point = decode(text);
    if (count == most) return row.substr(0, before_last) + "…";
    before_last = row.size();
    if (point.length == 0 || reorders(point.value))
      row += "\xEF\xBF\xBD";
    else if (breaks_row(point.value))
      row += ' ';
    else
      row += text.substr(0, point.length);
    text.remove_prefix(point.length == 0 ? 1 : point.length);
    ++count;
  }
  return row;
}

std::string_view first_bytes(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return text.substr(0, most);
}

std::string enumerated(const std::vector<std::string>& words) {
  std::string all;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) all += i + 1 == words.size() ? " and " : ", ";
    all += words[i];
  }
  return all;
}

std::string counted(std::size_t count, std::string_view singular, std::string_view plural) {
  return std::to_string(count) + ' ' + std::string(count == 1 ? singular : plural);
}

std::optional<std::vector<std::string>> split_words(std::string_view line) {
  std::vector<std::string> words;
  bool within = false;  // a word, which may be empty: ''
  while (!line.empty()) {
    const char c = line.front();
    line.remove_prefix(1);
    if (c == ' ' || c == '\t' || c == '\n') {
      within = false;
      continue;
    }
    if (!within) words.emplace_back();
    within = true;
    if (c == '\'' || c == '"') {
      if (!take_quoted(line, c, words.back())) return std::nullopt;
    } else if (c == '\\' && !line.empty()) {
      words.back() += line.front();
      line.remove_prefix(1);
    } else {
      words.back() += c;
    }
  }
  return words;
}

}  // namespace notify

// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/shell_words.h"

#include <optional>
#include <utility>

#include "base/user_error.h"

namespace gnatter::base {
namespace {

char take(std::string_view& line) {
  const char c = line.front();
  line.remove_prefix(1);
  return c;
}

void take_quoted(std::string_view& line, char quote, std::string& word) {
  constexpr std::string_view escapable = "\\\"$`";
  while (!line.empty()) {
    const char c = take(line);
    if (c == quote) return;
    const bool escaped =
        quote == '"' && c == '\\' && !line.empty() && escapable.find(line.front()) != escapable.npos;
    word += escaped ? take(line) : c;
  }
  throw UserError("A quote is not closed in the command.");
}

}  // namespace

std::vector<std::string> split_shell_words(std::string_view line) {
  std::vector<std::string> words;
  std::optional<std::string> word;
  while (!line.empty()) {
    const char c = take(line);
    if (c == ' ' || c == '\t' || c == '\n') {
      if (word) words.push_back(*std::exchange(word, std::nullopt));
      continue;
    }
    if (!word) word.emplace();
    if (c == '\'' || c == '"')
      take_quoted(line, c, *word);
    else if (c == '\\' && !line.empty())
      *word += take(line);
    else
      *word += c;
  }
  if (word) words.push_back(*word);
  return words;
}

}  // namespace gnatter::base

// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/aliases.h"

#include "chat/target.h"

namespace gnatter::chat {
namespace {

/// The arguments from the `number`th (from 1) on, and how long that one is as it was written.
struct FromWord {
  std::string_view rest;
  std::size_t size = 0;
};

FromWord from_word(std::string_view arguments, int number) {
  for (; number > 1; --number) take_word(arguments);
  arguments.remove_prefix(std::min(arguments.find_first_not_of(' '), arguments.size()));
  std::string_view after = arguments;
  take_word(after);
  std::size_t size = arguments.size() - after.size();
  while (size > 0 && arguments[size - 1] == ' ') --size;
  return {arguments, size};
}

}  // namespace

std::string expand_alias(std::string_view text, std::string_view arguments) {
  std::string out;
  bool named = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    const bool digit = next >= '1' && next <= '9';
    if (text[i] != '$' || !(digit || next == '*' || next == '$')) {
      out += text[i];
      continue;
    }
    ++i;
    named = named || next != '$';
    if (next == '$') {
      out += '$';
    } else if (next == '*') {
      out += arguments;
    } else {
      const FromWord word = from_word(arguments, next - '0');
      const bool all = i + 1 < text.size() && text[i + 1] == '-';
      if (all) ++i;
      out += all ? word.rest : word.rest.substr(0, word.size);
    }
  }
  if (!named && !arguments.empty()) (out += ' ') += arguments;
  return out;
}

}  // namespace gnatter::chat

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/key_sequences.h"

#include <algorithm>

namespace gnatter::ui {
namespace {

char as_control(char letter) {
  return letter == '?' ? '\x7f' : static_cast<char>(letter & 0x1F);
}

/// What stands behind a backslash, off the front.
std::string take_escaped(std::string_view& keys) {
  constexpr std::string_view letters = "etnrabdfv", bytes = "\x1b\t\n\r\a\b\x7f\f\v";
  const auto is_octal = [](char digit) { return digit >= '0' && digit <= '7'; };
  if (keys.starts_with("C-") && keys.size() > 2) {
    const char byte = as_control(keys[2]);
    keys.remove_prefix(3);
    return {byte};
  }
  if (keys.starts_with("M-")) {
    keys.remove_prefix(2);
    return "\x1b";
  }
  if (keys.size() >= 3 && std::ranges::all_of(keys.substr(0, 3), is_octal)) {
    const int value = (keys[0] - '0') * 64 + (keys[1] - '0') * 8 + (keys[2] - '0');
    keys.remove_prefix(3);
    return {static_cast<char>(value)};
  }
  const char letter = keys.front();
  keys.remove_prefix(1);
  const std::size_t place = letters.find(letter);
  return {place == std::string_view::npos ? letter : bytes[place]};
}

}  // namespace

std::string bytes_of(std::string_view keys) {
  std::string bytes;
  while (!keys.empty()) {
    const char byte = keys.front();
    keys.remove_prefix(1);
    bytes += byte == '\\' && !keys.empty() ? take_escaped(keys) : std::string{byte};
  }
  return bytes;
}

std::string written_keys(std::string_view bytes) {
  std::string keys;
  for (const char byte : bytes) {
    if (byte == '\x1b')
      keys += "\\e";
    else if (byte == '\x7f')
      keys += "\\C-?";
    else if (byte >= 0 && byte < ' ')
      keys += std::string("\\C-") + static_cast<char>(byte == 0 || byte > 26 ? byte + '@' : byte + '`');
    else if (byte == '\\' || byte == '"')
      keys += std::string("\\") + byte;
    else
      keys += byte;
  }
  return keys;
}

}  // namespace gnatter::ui

// SPDX-License-Identifier: GPL-3.0-or-later
// From what terminals send to names; the other way is in named_keys.cpp.
#include "ui/key_names.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "gnatter/utf8.h"
#include "ui/key_sequences.h"

namespace gnatter::ui {
namespace {

std::string modifiers(int parameter) {
  const int bits = parameter - 1;
  return std::string(bits & ctrl ? "Ctrl-" : "") + (bits & alt ? "Alt-" : "") +
         (bits & shift ? "Shift-" : "");
}

/// A number off the front, and a semicolon behind it.
std::optional<int> take_number(std::string_view& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.starts_with(';')) text.remove_prefix(1);
  return number;
}

/// The key with this number before "~", or this letter; null when there is none.
const SpecialKey* special(int number, char letter) {
  const auto found = std::ranges::find_if(special_keys, [&](const SpecialKey& key) {
    return number > 0 ? std::ranges::count(key.numbers, number) > 0 : letter != 0 && key.letter == letter;
  });
  return found == special_keys.end() ? nullptr : &*found;
}

std::optional<std::string> name_of_csi(std::string_view parameters, char last) {
  if (last == 'Z' && parameters.empty()) return "Shift-Tab";
  if (parameters == "[" && last >= 'A' && last <= 'E')
    return 'F' + std::to_string(last - 'A' + 1);  // console
  std::string_view rest = parameters;
  const std::optional<int> first = take_number(rest), second = take_number(rest);
  if (!rest.empty()) return std::nullopt;
  const bool counted = std::string_view("~^$@").find(last) != std::string_view::npos;
  const SpecialKey* const key = counted ? special(first.value_or(0), 0) : special(0, last);
  if (!key) return std::nullopt;
  const int rxvt = last == '^' ? 1 + ctrl : last == '$' ? 1 + shift : last == '@' ? 1 + ctrl + shift : 1;
  return modifiers(second.value_or(counted ? rxvt : first.value_or(1))) + std::string(key->name);
}

std::optional<std::string> name_of_ss3(char last) {
  if (last == 'M') return "Enter";
  if (last >= 'a' && last <= 'd')
    return "Ctrl-" + std::string(special(0, static_cast<char>(last - 32))->name);
  const SpecialKey* const key = special(0, last);
  return key ? std::optional<std::string>(key->name) : std::nullopt;
}

/// Takes a CSI or SS3 sequence off the front.
std::optional<std::string> take_sequence(std::string_view& bytes) {
  const bool csi = bytes[1] == '[';
  std::size_t end = 2;
  while (csi && end < bytes.size() && (bytes[end] < '@' || (end == 2 && bytes[end] == '['))) ++end;
  if (end >= bytes.size() && !(csi && bytes[end - 1] == '$')) return std::nullopt;
  if (end >= bytes.size()) --end;
  const auto name = csi ? name_of_csi(bytes.substr(2, end - 2), bytes[end]) : name_of_ss3(bytes[2]);
  if (name) bytes.remove_prefix(end + 1);
  return name;
}

/// Takes a character off the front; `modified`: another key is held with it, and capitals tell of a third.
std::string take_character(std::string_view& bytes, bool modified) {
  const auto length = std::max<std::size_t>(1, utf8::decode(bytes).length);
  const std::string character(bytes.substr(0, length));
  bytes.remove_prefix(length);
  const char byte = character.front();
  for (const CharacterKey& key : character_keys)
    if (key.byte == byte) return std::string(key.name);
  if (byte >= 0 && byte < ' ') return std::string("Ctrl-") + static_cast<char>(byte + '@');
  if (!modified) return character;
  if (byte >= 'A' && byte <= 'Z') return "Shift-" + character;
  return byte >= 'a' && byte <= 'z' ? std::string(1, static_cast<char>(byte - 32)) : character;
}

std::optional<std::string> take_name(std::string_view& bytes) {
  if (bytes.front() != '\x1b' || bytes.size() == 1) return take_character(bytes, false);
  const auto is_sequence = [](std::string_view part) {
    return part.size() > 2 && part[0] == '\x1b' && (part[1] == '[' || part[1] == 'O');
  };
  if (is_sequence(bytes)) return take_sequence(bytes);
  bytes.remove_prefix(1);
  const auto name = is_sequence(bytes) ? take_sequence(bytes) : take_character(bytes, true);
  if (!name) return std::nullopt;
  return name->starts_with("Ctrl-") ? "Ctrl-Alt-" + name->substr(5) : "Alt-" + *name;
}

}  // namespace

std::string key_name(std::string_view keys) {
  const std::string all = bytes_of(keys);
  std::string names;
  for (std::string_view bytes = all; !bytes.empty();) {
    const auto name = take_name(bytes);
    if (!name) return '"' + std::string(keys) + '"';
    names += (names.empty() ? "" : ",") + *name;
  }
  return names;
}

std::string names_of_keys(const std::vector<std::string>& keys) {
  std::vector<std::string> names;
  for (const std::string& one : keys)
    if (const std::string name = key_name(one); std::ranges::count(names, name) == 0) names.push_back(name);
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

}  // namespace gnatter::ui

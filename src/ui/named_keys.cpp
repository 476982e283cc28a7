// SPDX-License-Identifier: GPL-3.0-or-later
// From names to what terminals send.
#include <algorithm>

#include "chat/letter_case.h"
#include "gnatter/utf8.h"
#include "ui/key_names.h"
#include "ui/key_sequences.h"

namespace gnatter::ui {
namespace {

using Sequences = std::vector<std::string>;

struct Prefix {
  std::string_view text;
  int bit;
};
constexpr auto prefixes = std::to_array<Prefix>({
    {"ctrl-", ctrl},
    {"control-", ctrl},
    {"c-", ctrl},
    {"^", ctrl},
    {"alt-", alt},
    {"meta-", alt},
    {"m-", alt},
    {"shift-", shift},
});

struct Synonym {
  std::string_view text, name;
};
constexpr auto synonyms = std::to_array<Synonym>({
    {"pageup", "pgup"},
    {"pagedown", "pgdn"},
    {"pgdown", "pgdn"},
    {"ins", "insert"},
    {"del", "delete"},
    {"return", "enter"},
    {"escape", "esc"},
});

/// Takes what is held with the key off the front.
int take_modifiers(std::string_view& name) {
  int held = 0;
  for (bool found = true; found;) {
    found = false;
    for (const Prefix& prefix : prefixes)
      if (name.size() > prefix.text.size() && chat::starts_folded(name, prefix.text)) {
        name.remove_prefix(prefix.text.size());
        held |= prefix.bit;
        found = true;
      }
  }
  return held;
}

Sequences with_alt(Sequences plain) {
  for (std::string& one : plain) one.insert(0, 1, '\x1b');
  return plain;
}

/// What rxvt and the console send instead.
void add_others(Sequences& all, const SpecialKey& key, int held) {
  if (held == 0 && key.name.size() == 2 && key.name[0] == 'F' && key.name[1] <= '5')
    all.push_back("\x1b[[" + std::string(1, static_cast<char>(key.name[1] - '1' + 'A')));
  if (held == ctrl && key.letter >= 'A' && key.letter <= 'D')
    all.push_back("\x1bO" + std::string(1, static_cast<char>(key.letter + 32)));
  for (const int number : key.numbers)
    if (number > 0 && (held == ctrl || held == shift))
      all.push_back("\x1b[" + std::to_string(number) + (held == ctrl ? '^' : '$'));
}

Sequences of_special(const SpecialKey& key, int held) {
  Sequences all;
  const std::string letter = key.letter ? std::string(1, key.letter) : "";
  const std::string parameter = ';' + std::to_string(held + 1);
  if (!letter.empty() && held != 0) all.push_back("\x1b[1" + parameter + letter);
  if (!letter.empty() && held == 0) all = {"\x1b[" + letter, "\x1bO" + letter};
  for (const int number : key.numbers)
    if (number > 0) all.push_back("\x1b[" + std::to_string(number) + (held == 0 ? "" : parameter) + '~');
  add_others(all, key, held);
  if (held != alt) return all;
  for (std::string& plain : with_alt(of_special(key, 0))) all.push_back(std::move(plain));
  return all;
}

/// Without Alt; nothing: no terminal tells this key from another.
Sequences of_character(std::string character, int held) {
  char& byte = character.front();
  const bool is_letter = character.size() == 1 && ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
  if (held & ctrl) {
    if ((held & shift) || character.size() > 1) return {};
    if (byte == '?') return {"\x7f"};
    if (byte == ' ') return {std::string(1, '\0')};
    if (!is_letter && (byte < '@' || byte > '_')) return {};
    return {std::string(1, static_cast<char>(byte & 0x1F))};
  }
  if ((held & shift) && !is_letter) return {};
  if (is_letter && held != 0) byte = static_cast<char>(held & shift ? byte & ~0x20 : byte | 0x20);
  return {character};
}

Sequences of_named_character(const CharacterKey& key, int held) {
  if (key.byte == '\t' && held == shift) return {"\x1b[Z"};
  if (key.byte == ' ' && held == ctrl) return of_character(" ", ctrl);
  return held == 0 ? Sequences{std::string(1, key.byte)} : Sequences{};
}

Sequences of_key(std::string_view name) {
  const int held = take_modifiers(name);
  std::string wanted = chat::folded(name);
  for (const Synonym& synonym : synonyms)
    if (wanted == synonym.text) wanted = synonym.name;
  for (const SpecialKey& key : special_keys)
    if (wanted == chat::folded(key.name)) return of_special(key, held);
  Sequences all;
  for (const CharacterKey& key : character_keys)
    if (wanted == chat::folded(key.name)) all = of_named_character(key, held & ~alt);
  if (!name.empty() && utf8::decode(name).length == name.size() && name != "\x1b") {
    // Alt alone makes capitals small: Shift says that one is meant.
    const std::string character = held == alt ? chat::folded(name) : std::string(name);
    all = of_character(character, held & ~alt);
  }
  return held & alt ? with_alt(std::move(all)) : all;
}

}  // namespace

std::vector<std::string> keys_named(std::string_view name) {
  Sequences all{""};
  while (!name.empty()) {
    // A comma parts keys, unless it is the key.
    std::size_t end = name.find(',');
    if (end == 0 || (end != name.npos && (name[end - 1] == '-' || name[end - 1] == '^')))
      end = name.find(',', end + 1);
    Sequences longer;
    for (const std::string& next : of_key(name.substr(0, end)))
      for (const std::string& before : all) longer.push_back(before + next);
    all = std::move(longer);
    name.remove_prefix(end == name.npos ? name.size() : end + 1);
  }
  std::erase(all, "");
  for (std::string& keys : all) keys = written_keys(keys);
  return all;
}

}  // namespace gnatter::ui

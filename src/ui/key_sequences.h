// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>
#include <string_view>

/// What terminals send: the part that key_name() and keys_named() share.
namespace gnatter::ui {

/// Bits of a modifier parameter, less one: Esc [ 1 ; 3 A is Alt-Up.
inline constexpr int shift = 1, alt = 2, ctrl = 4;

/// A key that sends Esc [ NUMBER ~ or Esc [ LETTER, or both; 0: not that.
struct SpecialKey {
  std::string_view name;
  std::array<int, 3> numbers;
  char letter;
};
inline constexpr auto special_keys = std::to_array<SpecialKey>({
    {"Up", {}, 'A'},      {"Down", {}, 'B'},  {"Right", {}, 'C'}, {"Left", {}, 'D'}, {"Home", {1, 7}, 'H'},
    {"End", {4, 8}, 'F'}, {"Insert", {2}, 0}, {"Delete", {3}, 0}, {"PgUp", {5}, 0},  {"PgDn", {6}, 0},
    {"F1", {11}, 'P'},    {"F2", {12}, 'Q'},  {"F3", {13}, 'R'},  {"F4", {14}, 'S'}, {"F5", {15}, 0},
    {"F6", {17}, 0},      {"F7", {18}, 0},    {"F8", {19}, 0},    {"F9", {20}, 0},   {"F10", {21}, 0},
    {"F11", {23}, 0},     {"F12", {24}, 0},
});

/// A key that sends one byte and has a name.
struct CharacterKey {
  std::string_view name;
  char byte;
};
inline constexpr auto character_keys = std::to_array<CharacterKey>({
    {"Tab", '\t'},
    {"Enter", '\r'},
    {"Esc", '\x1b'},
    {"Backspace", '\x7f'},
    {"Space", ' '},
});

/// The bytes of what an inputrc writes.
std::string bytes_of(std::string_view keys);
/// As an inputrc writes these bytes.
std::string written_keys(std::string_view bytes);

}  // namespace gnatter::ui

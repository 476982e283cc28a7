// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"

#include <array>

namespace gnatter::ui {
namespace {

constexpr Look normal{};
constexpr Look strong{.bold = true};
constexpr Look faint{.dim = true};
constexpr Look reversed{.reverse = true};
constexpr Look reversed_strong{.bold = true, .reverse = true};

constexpr Look colour(int number) {
  return {.foreground = number};
}
constexpr Look strong_colour(int number) {
  return {.foreground = number, .bold = true};
}
/// Title and status line have a background of their own, so that one choice reads on any terminal.
constexpr Look on_bar(int number, bool bold = false) {
  return {.foreground = number, .background = 238, .bold = bold};
}

/// How a role looks with 256 colours, with 8 and with none. The background is the terminal's and nobody tells
/// which: of the 256 only those are taken that stand out from black, from dark grey and from white. Of the 8
/// no choice does everywhere; what matters is bold.
struct Row {
  Role role;
  Look many, few, none;
};

constexpr int red = 1, green = 2, yellow = 3, blue = 4, magenta = 5, cyan = 6;

constexpr std::array rows{
    Row{Role::text, normal, normal, normal},
    Row{Role::dim, colour(243), faint, faint},
    Row{Role::self, strong, strong, strong},
    // Neighbours are far from each other, and none is as loud as a mention or an error.
    Row{Role::name_0, colour(29), colour(green), normal},
    Row{Role::name_1, colour(167), colour(red), normal},
    Row{Role::name_2, colour(31), colour(cyan), normal},
    Row{Role::name_3, colour(28), colour(yellow), normal},
    Row{Role::name_4, colour(134), colour(magenta), normal},
    Row{Role::name_5, colour(101), colour(blue), normal},
    Row{Role::name_6, colour(63), strong_colour(green), normal},
    Row{Role::name_7, colour(30), strong_colour(red), normal},
    Row{Role::name_8, colour(166), strong_colour(cyan), normal},
    Row{Role::name_9, colour(32), strong_colour(yellow), normal},
    Row{Role::name_10, colour(100), strong_colour(magenta), normal},
    Row{Role::name_11, colour(132), strong_colour(blue), normal},
    Row{Role::mention, strong_colour(199), strong_colour(magenta), strong},
    Row{Role::direct, strong_colour(164), strong_colour(magenta), strong},
    Row{Role::accent, strong_colour(33), strong, strong},
    Row{Role::command, colour(31), colour(cyan), strong},
    Row{Role::bar, on_bar(252), reversed, reversed},
    Row{Role::bar_dim, on_bar(248), reversed, reversed},
    Row{Role::bar_accent, on_bar(255, true), reversed_strong, reversed_strong},
    Row{Role::bar_warn, on_bar(221, true), reversed_strong, reversed_strong},
    Row{Role::bar_error, on_bar(217, true), reversed_strong, reversed_strong},
    Row{Role::bar_direct, on_bar(219, true), reversed_strong, reversed_strong},
    Row{Role::info, colour(66), normal, normal},
    Row{Role::error, strong_colour(196), strong_colour(red), strong},
    Row{Role::pending, colour(243), faint, faint},
    Row{Role::refused, colour(196), colour(red), strong},
    Row{Role::marker, colour(166), colour(red), strong},
    Row{Role::link, {.foreground = 32, .underline = true}, {.underline = true}, {.underline = true}},
    Row{Role::online, colour(28), colour(green), normal},
    Row{Role::away, colour(100), colour(yellow), normal},
    Row{Role::dnd, colour(196), colour(red), normal},
    Row{Role::chosen, reversed, reversed, reversed},
};

constexpr bool is_complete() {
  if (rows.size() != static_cast<std::size_t>(Role::count_)) return false;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i].role != static_cast<Role>(i)) return false;
  return true;
}
static_assert(is_complete(), "one row for each role, in their order");

}  // namespace

Look look_of(Style style, int colours) {
  const Row& row = rows.at(static_cast<std::size_t>(style.role));
  Look look = colours >= 256 ? row.many : colours >= 8 ? row.few : row.none;
  look.bold = look.bold || style.bold;
  return look;
}

}  // namespace gnatter::ui

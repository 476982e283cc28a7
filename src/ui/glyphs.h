// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace gnatter::ui {

/// The marks of the screen, one cell each.
struct Glyphs {
  std::string_view online, away, dnd, here;           // in the roster
  std::string_view bar, pending, refused;             // between sender and text
  std::string_view rule, marker_rule;                 // across
  std::string_view separator;                         // between the parts of the title
  std::string_view newline;                           // in an input line of one row
  std::string_view ellipsis, current, blank_in_name;  // cut text; the current window; a blank at a name's end
};

/// "● ○ ⊘ ·", "│ … ✗", …
const Glyphs& unicode_glyphs();
/// "+ - x ?", "| ~ x", …: for terminals that know no more, and where those above may be two cells wide.
const Glyphs& ascii_glyphs();
/// By the environment (product's rule): ASCII when the locale is not UTF-8, TERM is linux, or the locale is
/// Chinese, Japanese or Korean.
const Glyphs& glyphs_for(bool utf8_locale, std::string_view term, std::string_view locale);

}  // namespace gnatter::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminfo.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

#include "base/user_error.h"

#define NCURSES_NOMACROS 1
#include <curses.h>
#include <term.h>  // last: it defines "columns" and hundreds more as macros

namespace gnatter::ui {
namespace {

constexpr std::string_view without = " --headless does without a screen.";

std::string term_name() {
  const char* term = std::getenv("TERM");
  return term ? term : "";
}

std::string without_padding(std::string text) {
  for (std::size_t from; (from = text.find("$<")) != std::string::npos;) {
    const std::size_t to = text.find('>', from);
    if (to == std::string::npos) break;
    text.erase(from, to - from + 1);
  }
  return text;
}

std::string capability(const char* name) {
  const char* value = ::tigetstr(const_cast<char*>(name));
  return value && value != reinterpret_cast<const char*>(-1) ? without_padding(value) : "";
}

std::string expand(const std::string& value, int first, int second = 0) {
  if (value.empty()) return {};
  const char* done = ::tparm(value.c_str(), first, second, 0, 0, 0, 0, 0, 0, 0);
  return done ? done : "";
}

void load() {
  int error = 0;
  if (::setupterm(nullptr, 1, &error) == OK) return;
  if (term_name().empty())
    throw base::UserError("TERM is not set, so nobody knows what this terminal can do." +
                          std::string(without));
  throw base::UserError("Nothing is known about a terminal called \"" + term_name() + "\" (TERM)." +
                        std::string(without));
}

/// Those who take xterm's sequence for a title without saying so in terminfo.
bool takes_title() {
  const std::string term = term_name();
  constexpr std::array families{"xterm", "screen", "tmux", "rxvt", "foot", "alacritty", "st-"};
  return std::any_of(families.begin(), families.end(),
                     [&](const char* family) { return term.starts_with(family); });
}

}  // namespace

Terminfo::Terminfo() {
  load();
  place_ = capability("cup");
  foreground_ = capability("setaf");
  background_ = capability("setab");
  normal = capability("sgr0");
  bold = capability("bold");
  underline = capability("smul");
  reverse = capability("rev");
  faint = capability("dim");
  show_cursor = capability("cnorm");
  leave_screen = capability("rmcup");
  const bool can_clear = !capability("clear").empty();
  title_start = capability("tsl");
  title_end = capability("fsl");
  ::del_curterm(::set_curterm(nullptr));
  if (title_start.find("\x1b]") == std::string::npos) {  // a status line of the terminal's is no title
    title_start = takes_title() ? "\x1b]2;" : "";
    title_end = "\x07";
  }
  if (place_.empty() || !can_clear)
    throw base::UserError("The terminal \"" + term_name() + "\" (TERM) cannot place its cursor." +
                          std::string(without));
}

std::string Terminfo::place(int column, int row) const {
  return expand(place_, row, column);
}

std::string Terminfo::foreground(int colour) const {
  return expand(foreground_, colour);
}

std::string Terminfo::background(int colour) const {
  return expand(background_, colour);
}

}  // namespace gnatter::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace gnatter::ui {

/// What stands between the client and the terminal that somebody looks at.
struct TerminalPath {
  enum class Through {
    nothing,
    tmux,    ///< which passes commands on where its option allow-passthrough is on
    screen,  ///< GNU screen
    nowhere  ///< the terminal takes no commands, and would show them (the Linux console)
  };
  Through through = Through::nothing;
  /// Only ASCII arrives as it was sent: no UTF-8, or GNU screen, which keeps the low byte alone of a
  /// character in a command or title and makes ESC of U+011B.
  bool ascii_only = false;
};

/// By the values of TERM, TMUX and STY, null where they are not set. `utf8`: the locale is UTF-8. Of a
/// multiplexer in a multiplexer only the inner one is known.
TerminalPath terminal_path(bool utf8, const char* term, const char* tmux, const char* sty);

/// `text` as it may stand within a command or title: without control characters (C0, DEL, C1) and bytes that
/// are no UTF-8, with `?` for what does not get through.
std::string passable(std::string_view text, TerminalPath path);

/// The bytes of an operating system command (OSC) with this body, `9;text` for instance, passable and cut
/// after at most 2,000 bytes; wrapped for what stands between. Empty: there is nothing to send, or nowhere.
std::string terminal_command(std::string_view body, TerminalPath path);

}  // namespace gnatter::ui

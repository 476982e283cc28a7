// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal_commands.h"

#include <algorithm>

#include "gnatter/utf8.h"

namespace gnatter::ui {
namespace {

using Through = TerminalPath::Through;

constexpr std::size_t longest_body = 2000;
/// GNU screen forgets a longer string.
constexpr std::size_t longest_piece = 768;
constexpr std::string_view device_string = "\x1bP", string_end = "\x1b\\";

std::string_view text_of(const char* value) {
  return value ? value : "";
}

Through through(std::string_view term, bool tmux, bool screen) {
  if (term == "linux" || term == "dumb") return Through::nowhere;
  if (term.starts_with("tmux") || (tmux && term.starts_with("screen"))) return Through::tmux;
  return screen || term.starts_with("screen") ? Through::screen : Through::nothing;
}

std::string_view cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return text.substr(0, most);
}

std::string through_tmux(std::string_view command) {
  std::string out(device_string);
  out += "tmux;";
  for (const char c : command) out.append(c == '\x1b' ? 2 : 1, c);
  return out.append(string_end);
}

std::string through_screen(std::string_view command) {
  const std::size_t room = longest_piece - device_string.size() - string_end.size();
  std::string out;
  for (; !command.empty(); command.remove_prefix(std::min(room, command.size())))
    out.append(device_string).append(command.substr(0, room)).append(string_end);
  return out;
}

}  // namespace

TerminalPath terminal_path(bool utf8, const char* term, const char* tmux, const char* sty) {
  const bool in_screen = !text_of(sty).empty();
  const Through way = through(text_of(term), !text_of(tmux).empty(), in_screen);
  return {way, !utf8 || in_screen || way == Through::screen};
}

std::string passable(std::string_view text, TerminalPath path) {
  std::string out;
  while (!text.empty()) {
    const utf8::CodePoint point = utf8::decode(text);
    const std::size_t length = std::max<std::size_t>(point.length, 1);
    if (point.length > 0 && !utf8::is_control(point.value)) {
      if (path.ascii_only && point.length > 1)
        out += '?';
      else
        out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return out;
}

std::string terminal_command(std::string_view body, TerminalPath path) {
  const std::string passed = passable(body, path);
  if (passed.empty()) return {};
  // BEL ends it, which xterm and all after it take: the other end, ESC \, would end what wraps it.
  const std::string command = "\x1b]" + std::string(cut(passed, longest_body)) + '\a';
  switch (path.through) {
    case Through::nothing:
      return command;
    case Through::tmux:
      return through_tmux(command);
    case Through::screen:
      return through_screen(command);
    case Through::nowhere:
      break;
  }
  return {};
}

}  // namespace gnatter::ui

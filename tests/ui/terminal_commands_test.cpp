// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal_commands.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <ostream>
#include <random>
#include <string>

#include "gnatter/utf8.h"

using namespace gnatter;
using namespace gnatter::ui;
using namespace std::string_literals;
using Through = TerminalPath::Through;

namespace gnatter::ui {

bool operator==(const TerminalPath& one, const TerminalPath& other) {
  return one.through == other.through && one.ascii_only == other.ascii_only;
}
std::ostream& operator<<(std::ostream& out, const TerminalPath& path) {
  return out << static_cast<int>(path.through) << (path.ascii_only ? " ASCII" : "");
}

}  // namespace gnatter::ui

namespace {

constexpr TerminalPath direct{}, tmux{Through::tmux}, gnu_screen{Through::screen, true},
    nowhere{Through::nowhere}, ascii{Through::nothing, true};

/// What tmux and screen hand to the terminal around them; empty: it is not wrapped for them as they want it.
std::string unwrapped(std::string_view bytes, Through through) {
  if (through == Through::nothing) return std::string(bytes);
  const std::string_view begin = through == Through::tmux ? "\x1bPtmux;" : "\x1bP";
  std::string out;
  while (!bytes.empty()) {
    if (!bytes.starts_with(begin)) return {};
    std::size_t at = begin.size();
    for (; bytes.substr(at, 2) != "\x1b\\"; ++at) {
      if (at >= bytes.size()) return {};
      if (through == Through::tmux && bytes[at] == '\x1b' && bytes[++at] != '\x1b') return {};
      out += bytes[at];
    }
    if (through == Through::screen && at + 2 > 768) return {};
    bytes.remove_prefix(at + 2);
  }
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(terminal_commands)

BOOST_AUTO_TEST_CASE(a_command_has_a_body_between_its_two_ends) {
  BOOST_TEST(terminal_command("9;bob: hello", direct) == "\x1b]9;bob: hello\a");
  BOOST_TEST(terminal_command("777;notify;bob;für 日本 👩‍💻", direct) ==
             "\x1b]777;notify;bob;für 日本 👩‍💻\a");
  BOOST_TEST(terminal_command("", direct) == "");
}

BOOST_AUTO_TEST_CASE(tmux_gets_every_esc_twice) {
  BOOST_TEST(terminal_command("9;für", tmux) == "\x1bPtmux;\x1b\x1b]9;für\a\x1b\\");
  BOOST_TEST(terminal_command("\x1b\a", tmux) == "");
}

BOOST_AUTO_TEST_CASE(screen_gets_it_in_pieces_and_only_in_ascii) {
  BOOST_TEST(terminal_command("9;hello", gnu_screen) == "\x1bP\x1b]9;hello\a\x1b\\");
  // Of U+011B screen keeps 0x1B.
  BOOST_TEST(terminal_command("9;a\u011b]52;c;QQ==\u0107", gnu_screen) ==
             "\x1bP\x1b]9;a?]52;c;QQ==?\a\x1b\\");
  const std::string body = "9;" + std::string(1000, 'x');
  BOOST_TEST(terminal_command(body, gnu_screen) ==
             "\x1bP\x1b]9;" + std::string(760, 'x') + "\x1b\\\x1bP" + std::string(240, 'x') + "\a\x1b\\");
}

BOOST_AUTO_TEST_CASE(a_terminal_that_takes_no_commands_gets_none) {
  BOOST_TEST(terminal_command("9;hello", nowhere) == "");
}

BOOST_AUTO_TEST_CASE(control_characters_and_bytes_that_are_no_utf8_are_taken_out) {
  BOOST_TEST(passable("a\x1b]0;b\a\n\t\0\x7f\r"s + "c", direct) == "a]0;bc");
  BOOST_TEST(passable("a\u0080\u009b31m\u009fb\u00a0", direct) == "a31mb\u00a0");
  BOOST_TEST(passable("a\x9b\x9c\xff\xc3\xe2\x82\xed\xa0\x80\xc0\x9b"
                      "b",
                      direct) == "ab");
  BOOST_TEST(passable("grün\u009b 日\xff", ascii) == "gr?n ?");
  BOOST_TEST(terminal_command("\x1b\u009d\xff", direct) == "");
}

BOOST_AUTO_TEST_CASE(a_long_body_is_cut_between_characters) {
  BOOST_TEST(terminal_command("9;" + std::string(5000, 'x'), direct) ==
             "\x1b]9;" + std::string(1998, 'x') + '\a');
  std::string body = "9;x";
  for (int i = 0; i < 1000; ++i) body += "日";
  const std::string command = terminal_command(body, direct);
  BOOST_TEST(command.size() == 2 + 3 + 665 * 3 + 1U);
  BOOST_TEST(utf8::valid(command));
}

BOOST_AUTO_TEST_CASE(the_environment_says_what_stands_between) {
  const auto path = [](const char* term, const char* in_tmux, const char* in_screen) {
    return terminal_path(true, term, in_tmux, in_screen);
  };
  const char* const socket = "/tmp/tmux-0/default,1,0";
  BOOST_TEST(path("xterm-256color", nullptr, nullptr) == direct);
  BOOST_TEST(path("xterm-256color", "", "") == direct);
  BOOST_TEST(path("screen-256color", socket, nullptr) == tmux);
  BOOST_TEST(path("tmux-256color", socket, nullptr) == tmux);
  BOOST_TEST(path("tmux-256color", nullptr, nullptr) == tmux);  // by ssh from there
  BOOST_TEST(path("xterm", socket, nullptr) == direct);         // a terminal started from there
  BOOST_TEST(path("screen", nullptr, nullptr) == gnu_screen);
  BOOST_TEST(path("screen.xterm-256color", nullptr, "1.tty") == gnu_screen);
  BOOST_TEST(path("xterm", nullptr, "1.tty") == gnu_screen);
  BOOST_TEST(path("tmux-256color", socket, "1.tty") == (TerminalPath{Through::tmux, true}));
  for (const char* term : {"linux", "dumb"}) BOOST_TEST(path(term, socket, nullptr) == nowhere);
  BOOST_TEST(path(nullptr, nullptr, nullptr) == direct);
  BOOST_TEST(terminal_path(false, "xterm", nullptr, nullptr) == ascii);
}

BOOST_AUTO_TEST_CASE(whatever_the_body_no_control_character_of_it_gets_out) {
  std::mt19937 random(7);
  const std::string nasty = "\x1b\x07\x9b\x9c\x9d\xc2\x80\x9f\\]P;\n\x18\x1a\xc4\x9b\xe6\x97\xa5x";
  for (int round = 0; round < 20000; ++round) {
    std::string body;
    for (std::size_t i = random() % 60; i-- > 0;)
      body += random() % 2 == 0 ? nasty[random() % nasty.size()] : static_cast<char>(random() % 256);
    if (round % 100 == 0)
      while (body.size() < 3000) body += body + 'x';
    for (const TerminalPath& path : {direct, tmux, gnu_screen, ascii}) {
      const std::string bytes = terminal_command(body, path);
      if (bytes.empty()) continue;
      const std::string command = unwrapped(bytes, path.through);
      BOOST_REQUIRE(command.size() >= 4);
      BOOST_REQUIRE(command.size() <= 2003);
      BOOST_REQUIRE(command.starts_with("\x1b]"));
      BOOST_REQUIRE(command.ends_with('\a'));
      const std::string inside = command.substr(2, command.size() - 3);
      BOOST_REQUIRE(utf8::valid(inside));
      for (std::string_view rest = inside; !rest.empty(); rest.remove_prefix(utf8::decode(rest).length)) {
        const char32_t point = utf8::decode(rest).value;
        BOOST_REQUIRE(!utf8::is_control(point));
        BOOST_REQUIRE((!path.ascii_only || point < 0x7F));
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

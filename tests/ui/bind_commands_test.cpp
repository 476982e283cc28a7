// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bind_commands.h"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <string>
#include <string_view>

#include "support/screen_fixture.h"

using namespace gnatter;

namespace {

/// alice in #dev, the second window.
struct BoundScreen : testing::ScreenFixture {
  BoundScreen() {
    connect();
    enter("/join #dev");
    accept_subscribes();
    terminal.resize({140, 60});
  }
  void read_inputrc(std::string_view text) {
    std::ofstream(home.path() / ".inputrc") << text;
    type("\x18\x12");  // Ctrl-X Ctrl-R
  }
  /// What the command says, as the last line of the window.
  void says(std::string_view command, std::string_view sentence) {
    enter(command);
    const chat::Buffer& window = *client.buffers.current();
    const auto last = window.line(window.end() - 1);
    BOOST_TEST_CONTEXT(command) BOOST_TEST(last->text == sentence);
  }
  bool refuses(std::string_view command, std::string_view sentence) {
    enter(command);
    const bool shown = terminal.shows(sentence);
    const bool kept = input() == "/" + std::string(command.substr(1));
    type("\x15");
    return shown && kept;
  }
};

constexpr const char* alt_q =
    "\x1b"
    "q";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(bind_commands, BoundScreen)

BOOST_AUTO_TEST_CASE(without_arguments_all_actions_are_listed_with_their_keys) {
  enter("/bind");
  BOOST_TEST(terminal.shows("next-window (Ctrl-N, Alt-Right, F6): Shows the next window"));
  BOOST_TEST(terminal.shows("active-window (Alt-A): Shows the window where something is new"));
  BOOST_TEST(terminal.shows("page-up (PgUp): Scrolls a page up"));
  BOOST_TEST(terminal.shows("window-10 (Alt-0): Shows window 10"));
  BOOST_TEST(!terminal.shows("\\e"));
}

BOOST_AUTO_TEST_CASE(a_key_is_told) {
  says("/bind alt-j", "Alt-J does window-number: Shows the window of the two digits typed next.");
  says("/key ^k", "Ctrl-K does kill-line of readline.");
  says("/bind meta-q", "Alt-Q does nothing.");
  says("/bind ctrl-x", "Ctrl-X begins other keys, and does nothing alone.");
  read_inputrc("\"\\eq\": \"a\\C-m\"\n");
  says("/bind alt-q", "Alt-Q types \"a\\C-m\".");
}

BOOST_AUTO_TEST_CASE(a_key_is_bound_to_an_action) {
  says("/bind alt-q previous-window", "From now on: Alt-Q does previous-window: Shows the window before.");
  type(alt_q);
  BOOST_TEST(client.buffers.number_of(*client.buffers.current()) == 1u);
  says("/bind alt-q gnatter-NEXT-window", "From now on: Alt-Q does next-window: Shows the next window.");
  type(alt_q);
  BOOST_TEST(client.buffers.number_of(*client.buffers.current()) == 2u);
  enter("/bind");
  BOOST_TEST(terminal.shows("next-window (Ctrl-N, Alt-Right, F6, Alt-Q)"));
}

BOOST_AUTO_TEST_CASE(a_key_is_bound_to_a_function_of_readline) {
  says("/key bind f9 upcase-word", "From now on: F9 does upcase-word of readline.");
  type("word\x01\x1b[20~");
  BOOST_TEST(input() == "#dev> WORD");
}

BOOST_AUTO_TEST_CASE(two_keys_in_a_row_are_bound) {
  says("/bind ctrl-x,n previous-window",
       "From now on: Ctrl-X,n does previous-window: Shows the window before.");
  type("\x18n");
  BOOST_TEST(client.buffers.number_of(*client.buffers.current()) == 1u);
  says("/bind f8,f8 next-window", "From now on: F8,F8 does next-window: Shows the next window.");
  type("\x1b[19~\x1b[19~");
  BOOST_TEST(client.buffers.number_of(*client.buffers.current()) == 2u);
}

BOOST_AUTO_TEST_CASE(an_unbound_key_does_nothing) {
  says("/unbind ctrl-k", "From now on: Ctrl-K does nothing.");
  type("ab\x01\x0b");
  BOOST_TEST(input() == "#dev> ab");
  type("\x05\x15");
  says("/bind ctrl-k kill-line", "From now on: Ctrl-K does kill-line of readline.");
  says("/key unbind alt-1", "From now on: Alt-1 does nothing.");
  type(
      "\x1b"
      "1");
  BOOST_TEST(client.buffers.number_of(*client.buffers.current()) == 2u);
}

BOOST_AUTO_TEST_CASE(other_macros_are_there_after_a_key_is_bound) {
  read_inputrc("\"\\eq\": \"typed\"\n\"\\C-xm\": \"more\"\n");
  enter("/bind alt-w next-window");
  BOOST_TEST(refuses("/bind ctrl-x,m,m next-window", "Ctrl-X,m does something alone"));
  type(std::string(alt_q) + "\x18mx");
  BOOST_TEST(input().starts_with("#dev> typed"));
}

BOOST_AUTO_TEST_CASE(in_vi_mode_keys_are_bound_in_both_of_its_modes) {
  read_inputrc("set editing-mode vi\n");
  enter("/bind alt-q previous-window");
  type("\x1b");
  settle();
  type(alt_q);
  BOOST_TEST(client.buffers.number_of(*client.buffers.current()) == 1u);
  read_inputrc("set editing-mode emacs\n");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_is_said_and_stays_in_the_input) {
  BOOST_TEST(refuses("/bind foo", "There is no key foo."));
  BOOST_TEST(refuses("/bind alt-q fly", "There is nothing called fly."));
  BOOST_TEST(refuses("/bind alt-q previous-window now", "Usage: /bind [KEY [ACTION]]"));
  BOOST_TEST(refuses("/bind x next-window", "x is typed as it is."));
  BOOST_TEST(refuses("/bind enter next-window", "Enter sends the line"));
  BOOST_TEST(refuses("/unbind ^m", "Enter sends the line"));
  BOOST_TEST(refuses("/bind esc next-window", "Esc begins other keys"));
  BOOST_TEST(refuses("/bind ctrl-k,x next-window", "Ctrl-K does something alone"));
  BOOST_TEST(refuses("/unbind", "Usage: /unbind KEY"));
}

BOOST_AUTO_TEST_CASE(without_a_screen_there_is_nothing_to_bind) {
  BOOST_TEST(client.commands.has("bind"));
  screen.reset();
  BOOST_TEST(!client.commands.has("bind"));
  BOOST_TEST(!client.commands.has("unbind"));
}

BOOST_AUTO_TEST_SUITE_END()

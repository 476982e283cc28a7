// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "support/screen_fixture.h"

using namespace gnatter;
using gnatter::testing::ScreenFixture;

namespace {

struct Fixture : ScreenFixture {
  const chat::Attention& attention = client.attention;

  Fixture() {
    connect();
    enter("/join #dev");
    accept_subscribes();
    settle();
  }
  chat::Buffer& dev() { return *group("dev"); }
  void gain_focus() { type("\x1b[I"); }
  void lose_focus() { type("\x1b[O"); }
  void open_screen_through(ui::TerminalPath::Through through) {
    screen.reset();
    screen.emplace(loop, client, terminal,
                   ui::Screen::Settings{.input = keys.reader.get(),
                                        .glyphs = &ui::unicode_glyphs(),
                                        .version = "1",
                                        .path = {through, through == ui::TerminalPath::Through::screen}});
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(screen_attention, Fixture)

BOOST_AUTO_TEST_CASE(whether_somebody_looks_is_unknown_until_the_terminal_has_told) {
  BOOST_TEST(!attention.focused.has_value());
  BOOST_TEST(attention.window == &dev());
  BOOST_TEST(attention.newest);
  BOOST_TEST(!attention.sees(dev()));
  type("x");  // a key alone is no promise that the loss will be told
  BOOST_TEST(!attention.focused.has_value());
  gain_focus();
  BOOST_TEST(attention.sees(dev()));
  lose_focus();
  BOOST_TEST((attention.focused == false));
  BOOST_TEST(!attention.sees(dev()));
}

BOOST_AUTO_TEST_CASE(who_types_has_the_focus_where_the_terminal_tells_of_it) {
  lose_focus();
  type("x");
  BOOST_TEST(attention.sees(dev()));
}

BOOST_AUTO_TEST_CASE(only_the_window_that_is_shown_is_seen) {
  gain_focus();
  chat::Buffer& ops = client.buffers.open(network, chat::BufferKind::group, "ops");
  BOOST_TEST(!attention.sees(ops));
  client.buffers.show(ops);
  BOOST_TEST(attention.sees(ops));
  BOOST_TEST(!attention.sees(dev()));
  client.buffers.close(ops);
  BOOST_TEST(attention.sees(dev()));
  chat::Buffer& search = client.buffers.open(network, chat::BufferKind::plugin, "search");
  client.buffers.show(search);
  BOOST_TEST(attention.sees(search));
}

BOOST_AUTO_TEST_CASE(who_has_scrolled_up_does_not_see_what_comes) {
  gain_focus();
  for (int i = 0; i < 100; ++i) receive("/chat/group/dev/message/bob", "line " + std::to_string(i));
  settle();
  type("\x1b[5~");
  BOOST_TEST(!attention.newest);
  BOOST_TEST(!attention.sees(dev()));
  client.buffers.show(network.window());
  BOOST_TEST(attention.newest);
  client.buffers.show(dev());
  BOOST_TEST(!attention.sees(dev()));  // it stands where it was left
  type("\x1b[1;3F");
  BOOST_TEST(attention.sees(dev()));
}

BOOST_AUTO_TEST_CASE(a_stopped_client_sees_nothing_until_somebody_is_heard_of) {
  gain_focus();
  bool seen = true;
  terminal.while_suspended = [&] { seen = attention.sees(dev()); };
  type("\x1a");
  BOOST_TEST(terminal.suspends == 1);
  BOOST_TEST(!seen);
  BOOST_TEST(!attention.sees(dev()));
  BOOST_TEST(attention.window == &dev());
  type("x");
  BOOST_TEST(attention.sees(dev()));
}

BOOST_AUTO_TEST_CASE(unknown_focus_makes_nothing_new_in_the_window_that_is_shown) {
  receive("/chat/group/dev/message/bob", "hello");
  BOOST_TEST(comes_to_show("bob │ hello"));
  BOOST_TEST(!terminal.shows("Alt-A"));
}

BOOST_AUTO_TEST_CASE(the_bell_and_commands_go_to_the_terminal) {
  attention.ring();
  BOOST_TEST(terminal.rings == 1);
  attention.command_terminal("9;bob: hi\x1b");
  attention.command_terminal("\x1b");
  BOOST_TEST(terminal.sent == "\x1b]9;bob: hi\a");
}

BOOST_AUTO_TEST_CASE(commands_are_wrapped_and_titles_kept_safe_for_what_stands_between) {
  open_screen_through(ui::TerminalPath::Through::screen);
  attention.command_terminal("9;b\u011b");
  BOOST_TEST(terminal.sent == "\x1bP\x1b]9;b?\a\x1b\\");
  client.buffers.show(client.buffers.open(network, chat::BufferKind::direct, "a\u011b]52;"));
  settle();
  BOOST_TEST(terminal.title == "a?]52; - gnatter");
}

BOOST_AUTO_TEST_CASE(a_terminal_without_commands_still_rings) {
  open_screen_through(ui::TerminalPath::Through::nowhere);
  BOOST_TEST(!attention.command_terminal);
  BOOST_TEST(!!attention.ring);
}

BOOST_AUTO_TEST_CASE(without_a_screen_nobody_looks_and_nothing_rings) {
  gain_focus();
  screen.reset();
  BOOST_TEST(!attention.sees(dev()));
  BOOST_TEST(!attention.ring);
  BOOST_TEST(!attention.command_terminal);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
// The settings of the look, felt at once.
#include <boost/test/unit_test.hpp>
#include <string>

#include "support/screen_fixture.h"

using namespace gnatter;

namespace {

constexpr const char* alt_shift_b =
    "\x1b"
    "B";
constexpr const char* alt_shift_n =
    "\x1b"
    "N";

/// alice in #dev, the second window.
struct Looking : testing::ScreenFixture {
  Looking() {
    connect();
    network.roster_kept = true;
    enter("/join #dev");
    accept_subscribes();
    show(100, 24);
  }
  void show(int columns, int rows) {
    terminal.resize({columns, rows});
    type(" \x7f");
  }
  bool has_list() const { return terminal.row(2).starts_with(" 2▸ #dev "); }
  bool has_roster() const { return terminal.row(1).ends_with("│ only you"); }
  /// How many lines are shown under "more below".
  std::size_t lines_in_the_tail() {
    type("\x1b[5~\x1b[5~");
    const std::string picture = terminal.picture();
    type("\x1b[1;5F");
    const std::size_t rule = picture.find(" more below");
    BOOST_REQUIRE(rule != std::string::npos);
    const std::string low = picture.substr(rule);
    return static_cast<std::size_t>(std::count(low.begin(), low.end(), '\n')) - 3;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(screen_look, Looking)

BOOST_AUTO_TEST_CASE(the_glyphs_can_be_chosen) {
  BOOST_TEST(terminal.shows("▸"));
  enter("/set look.glyphs ascii");
  BOOST_TEST(comes_to_show(" 2> #dev"));
  BOOST_TEST(!terminal.shows("│"));
  enter("/set look.glyphs unicode");
  BOOST_TEST(comes_to_show(" 2▸ #dev"));
  enter("/set look.glyphs auto");
  BOOST_TEST(comes_to_show(" 2▸ #dev"));
}

BOOST_AUTO_TEST_CASE(unicode_is_shown_where_the_terminal_would_have_had_ascii) {
  screen.reset();
  screen.emplace(
      loop, client, terminal,
      ui::Screen::Settings{.input = keys.reader.get(), .glyphs = &ui::ascii_glyphs(), .version = "1"});
  type(" \x7f");
  BOOST_TEST(terminal.shows(" 2> #dev"));
  enter("/set look.glyphs unicode");
  BOOST_TEST(comes_to_show(" 2▸ #dev"));
}

BOOST_AUTO_TEST_CASE(the_window_list_can_be_switched_off_and_forced) {
  BOOST_TEST(has_list());
  enter("/set look.window-list off");
  BOOST_TEST(!has_list());
  enter("/set look.window-list on");
  BOOST_TEST(has_list());
  show(80, 24);
  BOOST_TEST(has_list());
  BOOST_TEST(has_roster());
  show(70, 24);
  BOOST_TEST(has_list());
  BOOST_TEST(!has_roster());  // for want of room
  show(50, 24);
  BOOST_TEST(!has_list());
  enter("/set look.window-list auto");
  show(99, 24);
  BOOST_TEST(!has_list());
  show(100, 24);
  BOOST_TEST(has_list());
}

BOOST_AUTO_TEST_CASE(its_key_shows_what_is_not_there_and_the_other_way_round) {
  type(alt_shift_b);
  BOOST_TEST(!has_list());
  type(alt_shift_b);
  BOOST_TEST(has_list());
  show(80, 24);
  type(alt_shift_b);
  type(alt_shift_b);
  BOOST_TEST(has_list());  // on a screen that has none by itself
  enter("/set look.window-list off");
  BOOST_TEST(!has_list());
  type(alt_shift_b);
  BOOST_TEST(has_list());
  enter("/unset look.window-list");
  BOOST_TEST(!has_list());
}

BOOST_AUTO_TEST_CASE(one_window_has_a_list_when_it_is_wanted) {
  enter("/close");
  BOOST_TEST(!terminal.shows(" 1▸broker"));
  enter("/set look.window-list on");
  BOOST_TEST(comes_to_show(" 1▸broker"));
}

BOOST_AUTO_TEST_CASE(the_roster_can_be_switched_off_and_forced) {
  BOOST_TEST(has_roster());
  enter("/set look.roster off");
  BOOST_TEST(!has_roster());
  type(alt_shift_n);
  BOOST_TEST(has_roster());
  type(alt_shift_n);
  BOOST_TEST(!has_roster());
  enter("/set look.roster auto");
  BOOST_TEST(has_roster());
  show(40, 6);
  BOOST_TEST(terminal.row(0).find("here") != std::string::npos);
  BOOST_TEST(!terminal.shows("only you"));
  enter("/set look.roster on");
  BOOST_TEST(terminal.row(1) == "only you");
  type(alt_shift_n);
  BOOST_TEST(terminal.row(0).find("here") == std::string::npos);
  BOOST_TEST(!terminal.shows("only you"));
}

BOOST_AUTO_TEST_CASE(the_tail_has_as_many_lines_as_are_set) {
  for (int i = 0; i < 100; ++i) receive("/chat/group/dev/message/bob", "line " + std::to_string(i));
  show(100, 24);
  BOOST_TEST(lines_in_the_tail() == 3U);
  for (const std::size_t wanted : {0U, 1U, 9U}) {
    enter("/set look.tail " + std::to_string(wanted));
    BOOST_TEST(lines_in_the_tail() == wanted);
  }
  enter("/set look.tail 10");
  BOOST_TEST(comes_to_show("from 0 to 9"));
  type("\x15");
  enter("/set look.tail 3");
  show(100, 20);  // 17 rows for messages
  BOOST_TEST(lines_in_the_tail() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

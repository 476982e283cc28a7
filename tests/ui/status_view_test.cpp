// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "support/drawing.h"
#include "ui/views.h"

using namespace gnatter::ui;
using namespace gnatter::testing;
using gnatter::protocol::Status;

namespace {

struct Fixture : Drawing {
  StatusContent status;
  const Glyphs* glyphs = &unicode_glyphs();

  Fixture() {
    status.clock = "10:42";
    status.me = "alice";
    status.network = "home";
    status.link = "tls";
    status.window_number = 2;
    status.window_name = "#dev";
    status.activity = {
        {4, "bob", 1, Level::direct}, {3, "#ops", 12, Level::message}, {6, "sensors/#", 240, Level::message}};
  }

  void cut_off() {
    status.clock = "10:54";
    status.link = "OFF since 10:52, next try in 12 s";
    status.short_link = "OFF, next try 12 s";
    status.link_role = Role::bar_error;
    status.activity = {{8, "#release", 3, Level::message}, {3, "#ops", 2, Level::message}};
    status.pending = 3;
  }

  std::string row(int columns) const {
    return drawn_row(
        columns, [&](Canvas& canvas, const Rectangle& area) { draw_status(canvas, area, status, *glyphs); });
  }

  Style style_at(int columns, std::string_view text) const {
    Canvas canvas({columns, 1});
    draw_status(canvas, {0, 0, columns, 1}, status, *glyphs);
    for (int column = 0; column < columns; ++column) {
      std::string rest;
      for (int i = column; i < columns; ++i) rest += canvas.at(i, 0).bytes;
      if (rest.starts_with(text)) return canvas.at(column, 0).style;
    }
    return {Role::count_};
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(status_view, Fixture)

BOOST_AUTO_TEST_CASE(it_tells_the_clock_me_the_link_the_window_and_where_something_is_new) {
  BOOST_TEST(row(120) == " 10:42 │ alice │ home tls │ 2 #dev │ Alt-A  4 bob 1!  3 #ops 12  6 sensors/# 240");
}

BOOST_AUTO_TEST_CASE(long_names_of_windows_with_news_are_cut_first) {
  BOOST_TEST(row(80) == " 10:42 │ alice │ home tls │ 2 #dev │ Alt-A  4 bob 1!  3 #ops 12  6 sens… 240");
}

BOOST_AUTO_TEST_CASE(windows_with_news_that_do_not_fit_are_counted) {
  status.below = 43;
  BOOST_TEST(row(80) == " 10:42 │ alice │ home tls │ 2 #dev │ Alt-A  4 bob 1!  3 #ops 12  +1    43 below");
}

BOOST_AUTO_TEST_CASE(the_lines_below_and_those_that_wait_stand_at_the_right) {
  status.below = 42;
  BOOST_TEST(row(120) ==
             " 10:42 │ alice │ home tls │ 2 #dev │ Alt-A  4 bob 1!  3 #ops 12  6 sensors/# 240"
             "                               42 below");
  status.pending = 1;
  status.activity.clear();
  BOOST_TEST(row(70) == " 10:42 │ alice │ home tls │ 2 #dev                42 below  1 pending");
}

BOOST_AUTO_TEST_CASE(a_lost_line_is_told_at_length_where_there_is_room) {
  cut_off();
  BOOST_TEST(
      row(120) ==
      " 10:54 │ alice │ home OFF since 10:52, next try in 12 s │ 2 #dev │ Alt-A  8 #release 3  3 #ops 2"
      "              3 pending");
  BOOST_TEST(row(80) == " 10:54 │ home OFF, next try 12 s │ 2 #dev │ Alt-A  8 #release 3  +1   3 pending");
}

BOOST_AUTO_TEST_CASE(too_narrow_my_name_a_good_link_the_windows_name_the_network_and_the_clock_go) {
  status.activity.resize(1);
  BOOST_TEST(row(54) == " 10:42 │ alice │ home tls │ 2 #dev │ Alt-A  4 bob 1!");
  BOOST_TEST(row(52) == " 10:42 │ home tls │ 2 #dev │ Alt-A  4 bob 1!");
  BOOST_TEST(row(44) == " 10:42 │ home │ 2 #dev │ Alt-A  4 bob 1!");
  BOOST_TEST(row(40) == " 10:42 │ home │ 2 │ Alt-A  4 bob 1!");
  BOOST_TEST(row(35) == " 10:42 │ 2 │ Alt-A  4 bob 1!");
  BOOST_TEST(row(28) == " 2 │ Alt-A  4 bob 1!");
}

BOOST_AUTO_TEST_CASE(small_screens_show_what_waits_first) {
  BOOST_TEST(row(40) == " 10:42 │ home │ 2 │ Alt-A  4 bob 1!  +2");
  BOOST_TEST(row(20) == " 2 │ Alt-A  4 bob 1!");
}

BOOST_AUTO_TEST_CASE(away_off_plain_and_what_is_pending_never_go) {
  status.self = Status::away;
  BOOST_TEST(row(80) == " 10:42 │ alice ○ AWAY │ home tls │ 2 #dev │ Alt-A  4 bob 1!  3 #ops 12  +1");
  BOOST_TEST(row(30) == " ○ AWAY │ 2 │ Alt-A  4 bob 1!");
  status.self = Status::dnd;
  BOOST_TEST(row(30) == " ⊘ DND │ 2 │ Alt-A  4 bob 1!");
  status.self = Status::online;
  status.link = "PLAIN";
  status.link_role = Role::bar_warn;
  BOOST_TEST(row(30) == " PLAIN │ 2 │ Alt-A  4 bob 1!");
  cut_off();
  BOOST_TEST(row(40) == " OFF │ 2 │ Alt-A  8 #rel… 3   3 pending");
  BOOST_TEST(row(30) == " OFF │ 2 │ 8 #rel…  3 pending");
  BOOST_TEST(row(20) == " OFF │ …  3 pending");
}

BOOST_AUTO_TEST_CASE(what_plugins_say_stands_between_the_window_and_where_something_is_new) {
  status.items = {{"not logging: disk full", true}, {"3 urls", false}};
  BOOST_TEST(
      row(120) ==
      " 10:42 │ alice │ home tls │ 2 #dev │ not logging: disk full │ 3 urls │ Alt-A  4 bob 1!  3 #ops 12"
      "  6 sensors/# 240");
  BOOST_TEST((style_at(120, "not logging") == Style{Role::bar_warn}));
  BOOST_TEST((style_at(120, "3 urls") == Style{Role::bar}));
  status.activity.clear();
  BOOST_TEST(row(80) == " 10:42 │ alice │ home tls │ 2 #dev │ not logging: disk full │ 3 urls");
}

BOOST_AUTO_TEST_CASE(long_words_of_plugins_are_cut) {
  status.activity.clear();
  status.items = {{"a plugin that has very much to say, and says it here", false}};
  BOOST_TEST(row(90) == " 10:42 │ alice │ home tls │ 2 #dev │ a plugin that has very much to say, and…");
}

BOOST_AUTO_TEST_CASE(too_narrow_what_plugins_say_goes_before_my_name_but_a_warning_after_all_names) {
  status.activity.resize(1);
  status.items = {{"not logging: disk full", true}, {"3 urls", false}, {"+2", false}};
  BOOST_TEST(row(92) ==
             " 10:42 │ alice │ home tls │ 2 #dev │ not logging: disk full │ 3 urls │ +2 │ Alt-A  4 bob 1!");
  BOOST_TEST(row(90) ==
             " 10:42 │ alice │ home tls │ 2 #dev │ not logging: disk full │ 3 urls │ Alt-A  4 bob 1!");
  BOOST_TEST(row(80) == " 10:42 │ alice │ home tls │ 2 #dev │ not logging: disk full │ Alt-A  4 bob 1!");
  BOOST_TEST(row(70) == " 10:42 │ home tls │ 2 #dev │ not logging: disk full │ Alt-A  4 bob 1!");
  BOOST_TEST(row(60) == " 10:42 │ 2 │ not logging: disk full │ Alt-A  4 bob 1!");
  BOOST_TEST(row(50) == " 2 │ not logging: disk full │ Alt-A  4 bob 1!");
  BOOST_TEST(row(40) == " 2 │ not logging… │ Alt-A  4 bob 1!");
  BOOST_TEST(row(30) == " 2 │ Alt-A  4 bob 1!");
}

BOOST_AUTO_TEST_CASE(a_warning_stays_beside_a_lost_line) {
  cut_off();
  status.items = {{"not logging: disk full", true}, {"3 urls", false}};
  BOOST_TEST(
      row(120) ==
      " 10:54 │ alice │ home OFF, next try 12 s │ 2 #dev │ not logging: disk full │ 3 urls │ Alt-A  8 #rel… 3"
      "  +1    3 pending");
  BOOST_TEST(row(80) == " OFF │ 2 │ not logging: disk full │ Alt-A  8 #release 3  3 #ops 2     3 pending");
  BOOST_TEST(row(60) == " OFF │ 2 │ not logging… │ Alt-A  8 #rel… 3  +1    3 pending");
}

BOOST_AUTO_TEST_CASE(before_the_first_connection_it_says_so) {
  status = {};
  status.clock = "10:54";
  status.window_name = "gnatter";
  BOOST_TEST(row(80) == " 10:54 │ not connected │ 1 gnatter");
  BOOST_TEST(row(20) == " 10:54 │ 1");
}

BOOST_AUTO_TEST_CASE(a_hint_stands_at_the_right) {
  status.hint = "/msg TARGET TEXT";
  BOOST_TEST(
      row(100) ==
      " 10:42 │ alice │ home tls │ 2 #dev │ Alt-A  4 bob 1!  3 #ops 12  6 sensors/# 240   /msg TARGET TEXT");
  BOOST_TEST(row(80) == " 10:42 │ alice │ home tls │ 2 #dev │ Alt-A  4 bob 1!  +2       /msg TARGET TEXT");
  status.pending = 3;
  BOOST_TEST(row(80) == " 10:42 │ home tls │ 2 #dev │ Alt-A  4 bob 1!  +2    /msg TARGET TEXT  3 pending");
}

BOOST_AUTO_TEST_CASE(a_long_hint_is_cut) {
  status.hint = "alice  bob  carol  dan  eve  frank  grace  heidi  ivan  judy  mallory  niaj  olivia  peggy";
  BOOST_TEST(row(80) == " 10:42 │ 2 │ Alt-A  4 bob 1!  +2  alice  bob  carol  dan  eve  frank  grace  h…");
  BOOST_TEST(row(20) == " 2 │ Alt-A  4 bob 1!");
}

BOOST_AUTO_TEST_CASE(without_unicode_it_is_ascii) {
  glyphs = &ascii_glyphs();
  status.self = Status::away;
  BOOST_TEST(row(80) == " 10:42 | alice - AWAY | home tls | 2 #dev | Alt-A  4 bob 1!  3 #ops 12  +1");
  BOOST_TEST(row(98) ==
             " 10:42 | alice - AWAY | home tls | 2 #dev | Alt-A  4 bob 1!  3 #ops 12  6 sensors/# 240");
}

BOOST_AUTO_TEST_CASE(what_matters_stands_out) {
  BOOST_TEST((style_at(120, "10:42") == Style{Role::bar}));
  BOOST_TEST((style_at(120, "tls") == Style{Role::bar_dim}));
  BOOST_TEST((style_at(120, "4 bob") == Style{Role::bar_direct, true}));
  BOOST_TEST((style_at(120, "3 #ops") == Style{Role::bar}));
  cut_off();
  BOOST_TEST((style_at(120, "OFF") == Style{Role::bar_error}));
  status.link_role = Role::bar_warn;
  status.link = "PLAIN";
  BOOST_TEST((style_at(120, "PLAIN") == Style{Role::bar_warn}));
}

BOOST_AUTO_TEST_CASE(hundreds_of_windows_with_news_are_one_row) {
  status.activity.clear();
  for (int i = 1; i <= 200; ++i) status.activity.push_back({i, "#g" + std::to_string(i), 7, Level::message});
  BOOST_TEST(row(80) == " 10:42 │ alice │ home tls │ 2 #dev │ Alt-A  1 #g1 7  2 #g2 7  3 #g3 7  +197");
}

BOOST_AUTO_TEST_CASE(it_stays_in_its_area_at_any_width) {
  for (const std::string& name : nasty_names()) {
    status = {name, name, Status::away, name, name, name,  Role::bar_error,
              200,  name, {},           {},   12,   12345, name};
    status.items = {{name, true}, {"not logging: " + name, true}, {name, false}, {name, false}};
    for (int i = 0; i < 20; ++i) status.activity.push_back({i, name, 100000, Level::mention});
    for (int columns = 1; columns <= 130; ++columns)
      BOOST_TEST(fills_its_area_alone(columns, 1,
                                      [&](Canvas& canvas, const Rectangle& area) {
                                        draw_status(canvas, area, status, *glyphs);
                                      }),
                 name << " at " << columns);
  }
}

BOOST_AUTO_TEST_SUITE_END()

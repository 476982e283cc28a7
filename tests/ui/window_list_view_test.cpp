// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "support/drawing.h"
#include "ui/views.h"

using namespace gnatter::ui;
using namespace gnatter::testing;

namespace {

struct Fixture : Drawing {
  std::vector<WindowRow> windows{
      {.number = 1, .name = "home", .note = "tls", .network = true},
      {.number = 2, .name = "#dev", .note = "", .current = true},
      {.number = 3, .name = "#ops", .note = "12", .level = Level::message},
      {.number = 4, .name = "bob", .note = "1!", .level = Level::direct},
      {.number = 5, .name = "carol", .note = ""},
      {.number = 6, .name = "sensors/#", .note = "240", .level = Level::message},
      {.number = 7, .name = "work", .note = "off", .network = true, .left = true, .new_network = true},
      {.number = 8, .name = "#release", .note = ""},
      {.number = 9, .name = "#ops", .note = "", .left = true},
  };
  const Glyphs* glyphs = &unicode_glyphs();

  std::string list(int columns, int rows) const {
    return '\n' + drawn(columns, rows, [&](Canvas& canvas, const Rectangle& area) {
             draw_window_list(canvas, area, windows, *glyphs);
           });
  }
  void open(int count) {
    windows.clear();
    for (int i = 1; i <= count; ++i)
      windows.push_back({.number = i, .name = "#g" + std::to_string(i), .note = ""});
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(window_list_view, Fixture)

BOOST_AUTO_TEST_CASE(it_shows_numbers_names_and_what_is_new) {
  BOOST_TEST(list(18, 10) == R"(
 1 home       tls
 2▸ #dev
 3  #ops       12
 4  bob        1!
 5  carol
 6  sensors/# 240

 7 work       off
 8  #release
 9  #ops
)");
}

BOOST_AUTO_TEST_CASE(without_unicode_it_is_ascii) {
  glyphs = &ascii_glyphs();
  windows[4].name = "carol-with-a-long-name";
  BOOST_TEST(list(18, 5) == R"(
 1 home       tls
 2> #dev
 3  #ops       12
 4  bob        1!
 5  carol-with-a~
)");
}

BOOST_AUTO_TEST_CASE(long_names_are_cut_before_the_note) {
  windows[5].name = "sensors/building/3/#";
  windows[6].current = true;
  BOOST_TEST(list(18, 8) == R"(
 1 home       tls
 2▸ #dev
 3  #ops       12
 4  bob        1!
 5  carol
 6  sensors/… 240

 7▸work       off
)");
}

BOOST_AUTO_TEST_CASE(the_current_window_stays_in_view) {
  open(200);
  windows[0].current = true;
  BOOST_TEST(list(18, 3) == "\n  1▸ #g1\n  2  #g2\n  3  #g3\n");
  windows[0].current = false;
  windows[99].current = true;
  BOOST_TEST(list(18, 3) == "\n 99  #g99\n100▸ #g100\n101  #g101\n");
  windows[99].current = false;
  windows[199].current = true;
  BOOST_TEST(list(18, 3) == "\n198  #g198\n199  #g199\n200▸ #g200\n");
}

BOOST_AUTO_TEST_CASE(numbers_of_two_digits_begin_at_the_edge) {
  open(10);
  BOOST_TEST(list(18, 10).ends_with("\n 9  #g9\n10  #g10\n"));
}

BOOST_AUTO_TEST_CASE(what_a_window_is_shows_in_its_colour) {
  Canvas canvas({18, 10});
  draw_window_list(canvas, {0, 0, 18, 10}, windows, *glyphs);
  BOOST_TEST((canvas.at(1, 0).style == Style{Role::text}));
  BOOST_TEST((canvas.at(14, 0).style == Style{Role::dim}));
  BOOST_TEST((canvas.at(4, 1).style == Style{Role::accent, true}));
  BOOST_TEST((canvas.at(15, 2).style == Style{Role::text}));
  BOOST_TEST((canvas.at(4, 3).style == Style{Role::direct, true}));
  BOOST_TEST((canvas.at(4, 9).style == Style{Role::dim}));
}

BOOST_AUTO_TEST_CASE(it_stays_in_its_area_at_any_size) {
  open(200);
  for (const std::string& name : nasty_names()) {
    for (auto& window : windows) window.name = window.note = name;
    windows[100].new_network = windows[150].current = true;
    for (int size = 1; size <= 45; ++size)
      BOOST_TEST(fills_its_area_alone(size, size,
                                      [&](Canvas& canvas, const Rectangle& area) {
                                        draw_window_list(canvas, area, windows, *glyphs);
                                      }),
                 name << " at " << size);
  }
}

BOOST_AUTO_TEST_SUITE_END()

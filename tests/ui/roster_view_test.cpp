// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "support/drawing.h"
#include "ui/views.h"

using namespace gnatter::ui;
using namespace gnatter::testing;
using gnatter::protocol::Status;

namespace {

struct Fixture : Drawing {
  RosterContent roster;
  const Glyphs* glyphs = &unicode_glyphs();

  Fixture() {
    roster.sections = {
        {"spoke here",
         {{"alice", Status::online},
          {"bob", Status::online},
          {"carol", Status::away},
          {"eve", Status::online},
          {"mika", {}},
          {"Wolfgang-Amadeus", Status::online}}},
        {"also here",
         {{"dan", Status::online}, {"heike", Status::dnd}, {"ivan", Status::away}, {"zoe", {}}}}};
  }

  static Layout layout_of(const Rectangle& area, bool row = false) {
    Layout layout;
    layout.roster = area;
    layout.roster_row = row;
    return layout;
  }
  std::string column(int columns, int rows) const {
    return '\n' + drawn(columns, rows, [&](Canvas& canvas, const Rectangle& area) {
             draw_roster(canvas, layout_of(area), roster, *glyphs);
           });
  }
  std::string row(int columns) const {
    return drawn_row(columns, [&](Canvas& canvas, const Rectangle& area) {
      draw_roster(canvas, layout_of(area, true), roster, *glyphs);
    });
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(roster_view, Fixture)

BOOST_AUTO_TEST_CASE(people_stand_under_their_sections_with_a_mark) {
  BOOST_TEST(column(16, 14) == R"(
 spoke here   6
 ● alice
 ● bob
 ○ carol
 ● eve
 · mika
 ● Wolfgang-Am…

 also here    4
 ● dan
 ⊘ heike
 ○ ivan
 · zoe

)");
  BOOST_TEST(column(14, 13) == R"(
 spoke here 6
 ● alice
 ● bob
 ○ carol
 ● eve
 · mika
 ● Wolfgang-…

 also here  4
 ● dan
 ⊘ heike
 ○ ivan
 · zoe
)");
}

BOOST_AUTO_TEST_CASE(those_cut_off_below_are_counted) {
  BOOST_TEST(column(14, 12) == R"(
 spoke here 6
 ● alice
 ● bob
 ○ carol
 ● eve
 · mika
 ● Wolfgang-…

 also here  4
 ● dan
 ⊘ heike
 +2 more
)");
  BOOST_TEST(column(14, 3) == R"(
 spoke here 6
 ● alice
 +9 more
)");
}

BOOST_AUTO_TEST_CASE(it_scrolls_and_stops_at_the_end) {
  roster.scrolled = 6;
  BOOST_TEST(column(14, 5) == R"(
 ● Wolfgang-…

 also here  4
 ● dan
 +3 more
)");
  roster.scrolled = 1000;
  BOOST_TEST(column(14, 5) == R"(
 also here  4
 ● dan
 ⊘ heike
 ○ ivan
 · zoe
)");
  roster.scrolled = -3;
  BOOST_TEST(column(14, 2) == "\n spoke here 6\n +10 more\n");
}

BOOST_AUTO_TEST_CASE(while_cut_off_it_says_as_of_when_and_is_dim) {
  roster.as_of = "as of 10:52";
  roster.sections.pop_back();
  BOOST_TEST(column(14, 9) == R"(
 as of 10:52

 spoke here 6
 ● alice
 ● bob
 ○ carol
 ● eve
 · mika
 ● Wolfgang-…
)");
  Canvas canvas({14, 9});
  draw_roster(canvas, layout_of({0, 0, 14, 9}), roster, *glyphs);
  for (int at = 0; at < 14 * 9; ++at)
    BOOST_TEST(
        (canvas.at(at % 14, at / 14).bytes == " " || canvas.at(at % 14, at / 14).style.role == Role::dim));
  BOOST_TEST(row(40) == "as of 10:52 ●alice ●bob ○carol ●eve +2");
}

BOOST_AUTO_TEST_CASE(where_nobody_is_it_says_why) {
  roster = {};
  roster.empty = "no statuses here";
  BOOST_TEST(column(18, 1) == "\n no statuses here\n");
  BOOST_TEST(column(14, 3) == "\n no statuses\n here\n\n");
  BOOST_TEST(row(40) == "no statuses here");
}

BOOST_AUTO_TEST_CASE(on_small_screens_it_is_one_row) {
  BOOST_TEST(row(40) == "●alice ●bob ○carol ●eve ·mika ●Wolf… +4");
  BOOST_TEST(row(20) == "●alice ●bob +8");
  BOOST_TEST(row(100) == "●alice ●bob ○carol ●eve ·mika ●Wolfgang-Amadeus ●dan ⊘heike ○ivan ·zoe");
}

BOOST_AUTO_TEST_CASE(without_unicode_it_is_ascii) {
  glyphs = &ascii_glyphs();
  BOOST_TEST(row(40) == "+alice +bob -carol +eve ?mika +Wolf~ +4");
  BOOST_TEST(column(14, 13) == R"(
 spoke here 6
 + alice
 + bob
 - carol
 + eve
 ? mika
 + Wolfgang-~

 also here  4
 + dan
 x heike
 - ivan
 ? zoe
)");
}

BOOST_AUTO_TEST_CASE(marks_have_the_colours_of_their_status) {
  Canvas canvas({14, 13});
  draw_roster(canvas, layout_of({0, 0, 14, 13}), roster, *glyphs);
  BOOST_TEST((canvas.at(1, 1).style.role == Role::online));
  BOOST_TEST((canvas.at(1, 3).style.role == Role::away));
  BOOST_TEST((canvas.at(1, 5).style.role == Role::dim));
  BOOST_TEST((canvas.at(1, 10).style.role == Role::dnd));
}

BOOST_AUTO_TEST_CASE(it_stays_in_its_area_at_any_size) {
  roster.sections = {{"spoke here", {}}, {"", {}}, {"also here", {}}};
  for (int i = 0; i < 500; ++i)
    roster.sections[static_cast<std::size_t>(i) % 3].people.push_back(
        {nasty_names()[static_cast<std::size_t>(i) % nasty_names().size()], {}});
  for (const std::string& name : nasty_names()) {
    roster.sections[1].title = roster.as_of = name;
    for (int size = 1; size <= 45; ++size) {
      roster.scrolled = size * 13;
      BOOST_TEST(fills_its_area_alone(size, size,
                                      [&](Canvas& canvas, const Rectangle& area) {
                                        draw_roster(canvas, layout_of(area), roster, *glyphs);
                                      }),
                 name << " at " << size);
      BOOST_TEST(fills_its_area_alone(3 * size, 1,
                                      [&](Canvas& canvas, const Rectangle& area) {
                                        draw_roster(canvas, layout_of(area, true), roster, *glyphs);
                                      }),
                 name << " in a row of " << 3 * size);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

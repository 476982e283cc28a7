// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layout.h"

#include <boost/test/unit_test.hpp>

using namespace gnatter::ui;

namespace {

std::string picture_of(Size screen, const LayoutNeeds& needs) {
  const Layout layout = lay_out(screen, needs);
  Canvas canvas(screen);
  canvas.fill(layout.messages, {}, "m");
  canvas.fill(layout.windows, {}, "w");
  canvas.fill(layout.roster, {}, "r");
  for (const int line : {layout.left_line, layout.right_line})
    if (line >= 0) canvas.fill({line, layout.messages.row, 1, layout.messages.rows}, {}, "|");
  canvas.fill(layout.title, {}, "t");
  canvas.fill(layout.status, {}, "s");
  canvas.fill(layout.input, {}, "i");
  return '\n' + picture(canvas);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(layout)

BOOST_AUTO_TEST_CASE(a_wide_screen_has_both_side_columns) {
  BOOST_TEST(picture_of({100, 5}, {true, true, 1}) == R"(
tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt
wwwwwwwwwwwwwwwwww|mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm |rrrrrrrrrrrrrrrr
wwwwwwwwwwwwwwwwww|mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm |rrrrrrrrrrrrrrrr
ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss
iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii
)");
}

BOOST_AUTO_TEST_CASE(a_middling_screen_has_the_roster_alone) {
  BOOST_TEST(picture_of({60, 4}, {true, true, 1}) == R"(
tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt
mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm |rrrrrrrrrrrrrr
ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss
iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii
)");
}

BOOST_AUTO_TEST_CASE(a_narrow_screen_has_the_roster_in_a_row) {
  BOOST_TEST(picture_of({20, 8}, {true, true, 1}) == R"(
tttttttttttttttttttt
rrrrrrrrrrrrrrrrrrrr
mmmmmmmmmmmmmmmmmmmm
mmmmmmmmmmmmmmmmmmmm
mmmmmmmmmmmmmmmmmmmm
mmmmmmmmmmmmmmmmmmmm
ssssssssssssssssssss
iiiiiiiiiiiiiiiiiiii
)");
  BOOST_TEST(lay_out({59, 8}, {true, true, 1}).roster_row);
}

BOOST_AUTO_TEST_CASE(too_low_for_that_the_title_has_it) {
  BOOST_TEST(picture_of({20, 4}, {true, true, 1}) == R"(
tttttttttttttttttttt
mmmmmmmmmmmmmmmmmmmm
ssssssssssssssssssss
iiiiiiiiiiiiiiiiiiii
)");
  BOOST_TEST(lay_out({59, 7}, {true, true, 1}).roster_in_title);
  BOOST_TEST(!lay_out({59, 7}, {true, false, 1}).roster_in_title);
}

BOOST_AUTO_TEST_CASE(side_columns_appear_when_they_have_something_to_hold) {
  const Layout none = lay_out({120, 40}, {});
  BOOST_TEST((none.messages == Rectangle{0, 1, 120, 37}));
  BOOST_TEST(none.windows.empty());
  BOOST_TEST(none.roster.empty());
  BOOST_TEST(none.left_line == -1);
  BOOST_TEST(none.right_line == -1);
}

BOOST_AUTO_TEST_CASE(the_text_has_61_cells_at_120_columns_and_46_at_80) {
  const auto text = [](const Layout& layout) {
    return layout.messages.columns - layout.columns.margin - layout.columns.time - layout.columns.sender - 3;
  };
  BOOST_TEST(text(lay_out({120, 40}, {true, true, 1})) == 61);
  BOOST_TEST(text(lay_out({80, 24}, {true, true, 1})) == 46);
}

BOOST_AUTO_TEST_CASE(the_columns_of_a_line_follow_the_width) {
  BOOST_TEST((lay_out({100, 24}, {}).columns == Columns{1, 6, 12, false}));
  BOOST_TEST((lay_out({99, 24}, {}).columns == Columns{0, 6, 9, false}));
  BOOST_TEST((lay_out({60, 24}, {}).columns == Columns{0, 6, 9, false}));
  BOOST_TEST(lay_out({59, 24}, {}).columns.compact);
}

BOOST_AUTO_TEST_CASE(the_input_grows_up_to_a_third) {
  BOOST_TEST(lay_out({80, 24}, {false, false, 3}).input.rows == 3);
  BOOST_TEST(lay_out({80, 24}, {false, false, 100}).input.rows == 8);
  BOOST_TEST(lay_out({20, 4}, {false, false, 100}).input.rows == 1);
}

BOOST_AUTO_TEST_CASE(at_any_size_everything_is_on_the_screen_and_nothing_overlaps) {
  for (int columns = 20; columns <= 130; columns += columns < 64 ? 3 : 11) {
    for (int rows = 4; rows <= 45; rows += rows < 12 ? 1 : 11) {
      for (int input = 1; input < 30; input += 14) {
        const Layout layout = lay_out({columns, rows}, {true, true, input});
        Canvas canvas({columns, rows});
        std::size_t cells = 0;
        for (const Rectangle& area :
             {layout.title, layout.windows, layout.messages, layout.roster, layout.status, layout.input}) {
          if (area.empty()) continue;
          canvas.fill(area, {}, "x");
          cells += static_cast<std::size_t>(area.columns * area.rows);
        }
        std::size_t drawn = 0;
        for (const char c : picture(canvas)) drawn += c == 'x';
        BOOST_TEST(drawn == cells, columns << 'x' << rows);
        BOOST_TEST(!layout.messages.empty(), columns << 'x' << rows);
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

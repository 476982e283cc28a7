// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "support/drawing.h"
#include "ui/views.h"

using namespace gnatter::ui;
using namespace gnatter::testing;

namespace {

struct Fixture : Drawing {
  TitleContent title{"#dev", "home", "open group, 6 spoke here lately", "Sun 22 Nov", ""};
  const Glyphs* glyphs = &unicode_glyphs();

  std::string row(int columns) const {
    return drawn_row(
        columns, [&](Canvas& canvas, const Rectangle& area) { draw_title(canvas, area, title, *glyphs); });
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(title_view, Fixture)

BOOST_AUTO_TEST_CASE(it_tells_name_network_what_it_is_and_the_date) {
  BOOST_TEST(row(120) ==
             " #dev · home · open group, 6 spoke here lately"
             "                                                               Sun 22 Nov");
  BOOST_TEST(row(80) == " #dev · home · open group, 6 spoke here lately                       Sun 22 Nov");
}

BOOST_AUTO_TEST_CASE(what_is_empty_leaves_no_gap) {
  title.network.clear();
  BOOST_TEST(row(60) == " #dev · open group, 6 spoke here lately          Sun 22 Nov");
  title.description.clear();
  BOOST_TEST(row(40) == " #dev                        Sun 22 Nov");
}

BOOST_AUTO_TEST_CASE(too_narrow_the_description_goes_then_the_network_then_the_date) {
  BOOST_TEST(row(59) == " #dev · home · open group, 6 spoke here lately  Sun 22 Nov");
  BOOST_TEST(row(58) == " #dev · home                                   Sun 22 Nov");
  BOOST_TEST(row(25) == " #dev · home  Sun 22 Nov");
  BOOST_TEST(row(24) == " #dev        Sun 22 Nov");
  BOOST_TEST(row(18) == " #dev  Sun 22 Nov");
  BOOST_TEST(row(17) == " #dev");
}

BOOST_AUTO_TEST_CASE(the_count_of_people_stays_longer_than_the_date) {
  title.count = "10 here";
  BOOST_TEST(row(40) == " #dev · home        10 here  Sun 22 Nov");
  BOOST_TEST(row(20) == " #dev       10 here");
}

BOOST_AUTO_TEST_CASE(the_name_is_cut_last) {
  title.name = "#the-long-name-of-a-group";
  title.count = "10 here";
  BOOST_TEST(row(20) == " #the-lon…  10 here");
  BOOST_TEST(row(12) == " #the-long-…");
  glyphs = &ascii_glyphs();
  BOOST_TEST(row(12) == " #the-long-~");
}

BOOST_AUTO_TEST_CASE(without_unicode_it_is_ascii) {
  glyphs = &ascii_glyphs();
  title.description = "broker.example:8883 · MQTT 5";
  BOOST_TEST(row(60) == " #dev - home - broker.example:8883 - MQTT 5      Sun 22 Nov");
}

BOOST_AUTO_TEST_CASE(it_is_a_bar) {
  Canvas canvas({20, 1});
  draw_title(canvas, {0, 0, 20, 1}, title, *glyphs);
  for (int column = 0; column < 20; ++column) BOOST_TEST((canvas.at(column, 0).style == Style{Role::bar}));
}

BOOST_AUTO_TEST_CASE(it_stays_in_its_area_at_any_width) {
  for (const std::string& name : nasty_names()) {
    title = {name, name, name, name, name};
    for (int columns = 1; columns <= 130; ++columns)
      BOOST_TEST(fills_its_area_alone(columns, 1,
                                      [&](Canvas& canvas, const Rectangle& area) {
                                        draw_title(canvas, area, title, *glyphs);
                                      }),
                 name << " at " << columns);
  }
}

BOOST_AUTO_TEST_SUITE_END()

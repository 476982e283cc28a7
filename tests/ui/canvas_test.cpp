// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas.h"

#include <boost/test/unit_test.hpp>

using namespace gnatter::ui;

namespace {

struct Fixture {
  Fixture() { gnatter::base::use_utf8_locale(); }
  Canvas canvas{{8, 2}};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(canvas, Fixture)

BOOST_AUTO_TEST_CASE(text_is_put_where_it_was_asked_for) {
  BOOST_TEST(canvas.put({2, 1}, "ab", {Role::self}) == 4);
  BOOST_TEST(picture(canvas) == "\n  ab\n");
  BOOST_TEST((canvas.at(3, 1).style == Style{Role::self}));
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_left_out) {
  BOOST_TEST(canvas.put({5, 0}, "abcdef", {}) == 8);
  BOOST_TEST(canvas.put({0, 1}, "abcdef", {}, 3) == 3);
  canvas.put({-1, 0}, "xyz", {});
  canvas.put({0, 7}, "nowhere", {});
  BOOST_TEST(picture(canvas) == "yz   abc\nabc\n");
}

BOOST_AUTO_TEST_CASE(a_wide_cluster_is_never_shown_in_half) {
  canvas.put({7, 0}, "日", {});
  canvas.put({0, 1}, "日本", {});
  canvas.put({1, 1}, "x", {});
  BOOST_TEST(picture(canvas) == "\n x本\n");
  canvas.put({3, 1}, "y", {});
  BOOST_TEST(picture(canvas) == "\n x y\n");
}

BOOST_AUTO_TEST_CASE(a_mark_joins_what_it_stands_on) {
  canvas.put({0, 0}, "e\u0301x", {});
  BOOST_TEST(canvas.at(0, 0).bytes == "e\u0301");
  BOOST_TEST(canvas.at(1, 0).bytes == "x");
  canvas.put({0, 1}, "\u0301a", {});
  BOOST_TEST(canvas.at(0, 1).bytes == "a");
}

BOOST_AUTO_TEST_CASE(marks_piled_up_end_somewhere) {
  std::string pile = "e";
  for (int i = 0; i < 1000; ++i) pile += "\u0301";
  canvas.put({0, 0}, pile + "x", {});
  BOOST_TEST(canvas.at(0, 0).bytes.size() <= 64);
  BOOST_TEST(canvas.at(1, 0).bytes == "x");
}

BOOST_AUTO_TEST_CASE(newlines_and_tabs_are_blanks) {
  canvas.put({0, 0}, "a\nb\tc", {});
  BOOST_TEST(picture(canvas) == "a b c\n\n");
}

BOOST_AUTO_TEST_CASE(an_area_is_filled_up_to_the_edges) {
  canvas.fill({6, -3, 10, 4}, {}, "─");
  BOOST_TEST(picture(canvas) == "      ──\n\n");
}

BOOST_AUTO_TEST_CASE(a_canvas_without_cells_takes_everything) {
  Canvas nothing({0, -2});
  nothing.put({0, 0}, "abc", {});
  nothing.fill({0, 0, 5, 5}, {});
  BOOST_TEST(picture(nothing) == "");
}

BOOST_AUTO_TEST_SUITE_END()

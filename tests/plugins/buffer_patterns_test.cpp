// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/logger/buffer_patterns.h"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <string>

using logger::takes_in;

BOOST_AUTO_TEST_SUITE(buffer_patterns)

BOOST_AUTO_TEST_CASE(a_star_is_everything_and_nothing_is_nothing) {
  BOOST_TEST(takes_in("*", "home", "#dev"));
  BOOST_TEST(takes_in(" * ", "home", "bob"));
  BOOST_TEST(!takes_in("", "home", "bob"));
  BOOST_TEST(!takes_in("!*", "home", "bob"));
  BOOST_TEST(!takes_in(" , ,", "home", "bob"));
}

BOOST_AUTO_TEST_CASE(names_are_taken_as_they_are_written) {
  BOOST_TEST(takes_in("bob, #dev", "home", "bob"));
  BOOST_TEST(takes_in("bob, #dev", "home", "#dev"));
  BOOST_TEST(!takes_in("bob, #dev", "home", "dev"));
  BOOST_TEST(!takes_in("bob, #dev", "home", "bobby"));
  BOOST_TEST(!takes_in("bob", "home", "Bob"));
  BOOST_TEST(takes_in("Anna Lena", "home", "Anna Lena"));
}

BOOST_AUTO_TEST_CASE(what_is_left_out_first_leaves_the_rest_in) {
  BOOST_TEST(takes_in("!#noise", "home", "#dev"));
  BOOST_TEST(!takes_in("!#noise, !eve", "home", "#noise"));
  BOOST_TEST(!takes_in("!#noise, !eve", "home", "eve"));
  BOOST_TEST(!takes_in("bob, !eve", "home", "carol"));
}

BOOST_AUTO_TEST_CASE(the_last_pattern_that_fits_decides) {
  BOOST_TEST(!takes_in("*, !home/*", "home", "bob"));
  BOOST_TEST(takes_in("*, !home/*, home/bob", "home", "bob"));
  BOOST_TEST(takes_in("*, !home/*", "work", "bob"));
  BOOST_TEST(!takes_in("home/bob, !bob", "home", "bob"));
}

BOOST_AUTO_TEST_CASE(stars_and_question_marks_stand_for_text) {
  BOOST_TEST(takes_in("#dev*", "home", "#dev-ops"));
  BOOST_TEST(takes_in("#*", "home", "#dev"));
  BOOST_TEST(!takes_in("#*", "home", "dev"));
  BOOST_TEST(takes_in("b?b", "home", "bob"));
  BOOST_TEST(!takes_in("b?b", "home", "bb"));
  BOOST_TEST(takes_in("*a*b*c*", "home", "xxaxxbxxcxx"));
  BOOST_TEST(!takes_in("*a*b*c", "home", "xxaxxcxxb"));
  BOOST_TEST(takes_in("h*/b*", "home", "bob"));
}

BOOST_AUTO_TEST_CASE(many_stars_cost_little) {
  std::string stars;
  for (int i = 0; i < 200; ++i) stars += "*a";
  const auto begin = std::chrono::steady_clock::now();
  BOOST_TEST(!takes_in(stars + "b", "home", std::string(64, 'a')));
  BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(1)));
}

BOOST_AUTO_TEST_SUITE_END()

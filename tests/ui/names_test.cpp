// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/names.h"

#include <boost/test/unit_test.hpp>
#include <set>

#include "base/cells.h"
#include "ui/views.h"

using namespace gnatter::ui;

namespace {

struct Fixture {
  Fixture() { gnatter::base::use_utf8_locale(); }
  std::set<std::string> known{"alice", "bob", "Wolfgang-Amadeus"};

  std::string cut(std::string_view name, int cells) const {
    return cut_name(name, cells, known, unicode_glyphs());
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(names, Fixture)

BOOST_AUTO_TEST_CASE(a_name_that_fits_stays_whole) {
  BOOST_TEST(cut("alice", 5) == "alice");
  BOOST_TEST(cut("", 5) == "");
}

BOOST_AUTO_TEST_CASE(a_long_name_is_cut_at_its_end) {
  BOOST_TEST(cut("Wolfgang-Amadeus", 12) == "Wolfgang-Am…");
  BOOST_TEST(cut("Wolfgang-Amadeus", 9) == "Wolfgang…");
  BOOST_TEST(cut_name("Wolfgang-Amadeus", 9, known, ascii_glyphs()) == "Wolfgang~");
}

BOOST_AUTO_TEST_CASE(two_names_that_would_look_equal_are_cut_in_the_middle) {
  known = {"sensorbot-kitchen", "sensorbot-cellar"};
  BOOST_TEST(cut("sensorbot-kitchen", 9) == "sens…chen");
  BOOST_TEST(cut("sensorbot-cellar", 9) == "sens…llar");
  BOOST_TEST(cut("sensorbot-kitchen", 12) == "sensorbot-k…");
}

BOOST_AUTO_TEST_CASE(a_name_that_fits_is_no_reason_to_cut_another_in_the_middle) {
  known = {"Wolfgang", "Wolfgang1", "Wolfgang-Amadeus"};
  BOOST_TEST(cut("Wolfgang-Amadeus", 9) == "Wolfgang…");
}

BOOST_AUTO_TEST_CASE(wide_names_never_take_too_much) {
  known = {"日本語日本語一", "日本語日本語二"};
  for (int cells = -1; cells < 16; ++cells)
    BOOST_TEST(gnatter::base::cells(cut("日本語日本語一", cells)) <= std::max(0, cells));
  BOOST_TEST(cut("日本語日本語一", 9) == "日本…語一");
}

BOOST_AUTO_TEST_CASE(blanks_at_the_ends_of_a_name_are_shown) {
  BOOST_TEST(cut(" bob ", 9) == "␣bob␣");
  BOOST_TEST(cut("Anna Lena", 9) == "Anna Lena");
  BOOST_TEST(shown_name("bob\u00A0", unicode_glyphs()) == "bob␣");
  BOOST_TEST(shown_name("  ", ascii_glyphs()) == "__");
}

BOOST_AUTO_TEST_CASE(a_name_has_one_colour_and_ones_own_is_another) {
  BOOST_TEST((name_role("alice", "alice") == Role::self));
  BOOST_TEST((name_role("bob", "alice") == name_role("bob", "carol")));
  std::set<Role> roles;
  for (char c = 'a'; c <= 'z'; ++c) roles.insert(name_role(std::string("user-") + c, "alice"));
  BOOST_TEST(roles.size() == static_cast<std::size_t>(name_roles));
  BOOST_TEST((*roles.begin() >= Role::name_0 && *roles.rbegin() <= Role::name_11));
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugin_host/plugin_table.h"

#include <boost/test/unit_test.hpp>

#include "base/cells.h"

using gnatter::plugin_host::in_columns;
using Lines = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(plugin_table)

BOOST_AUTO_TEST_CASE(nothing_makes_no_lines) {
  BOOST_TEST(in_columns({}).empty());
}

BOOST_AUTO_TEST_CASE(columns_are_as_wide_as_their_widest) {
  BOOST_TEST(
      in_columns({{"dice", "", "not loaded", "dice.so is cut short"},
                  {"presence", "1.0", "loaded", "who is here"}}) ==
      (Lines{"dice      -    not loaded  dice.so is cut short", "presence  1.0  loaded      who is here"}));
}

BOOST_AUTO_TEST_CASE(width_is_counted_in_cells) {
  gnatter::base::use_utf8_locale();
  BOOST_TEST(in_columns({{"a", "第三", "loaded", "wide"}, {"b", "1.0", "loaded", "narrow"}}) ==
             (Lines{"a  第三  loaded  wide", "b  1.0   loaded  narrow"}));
}

BOOST_AUTO_TEST_SUITE_END()

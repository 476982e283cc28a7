// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/cells.h"

#include <boost/test/unit_test.hpp>

using namespace gnatter::base;

namespace {

struct Utf8Locale {
  Utf8Locale() { use_utf8_locale(); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(cells, Utf8Locale)

BOOST_AUTO_TEST_CASE(widths_are_those_that_terminals_count) {
  BOOST_TEST(gnatter::base::cells("abc") == 3);
  BOOST_TEST(gnatter::base::cells("日本語") == 6);
  BOOST_TEST(gnatter::base::cells("e\u0301t\u00e9") == 3);
  BOOST_TEST(gnatter::base::cells("한국") == 4);
  BOOST_TEST(gnatter::base::cells("") == 0);
}

BOOST_AUTO_TEST_CASE(a_cluster_is_what_a_reader_takes_for_one_character) {
  BOOST_TEST(first_cluster("e\u0301x").bytes == "e\u0301");
  BOOST_TEST(first_cluster("👩\u200d💻!").bytes == "👩\u200d💻");
  BOOST_TEST(first_cluster("🇩🇪🇫🇷").bytes == "🇩🇪");
  BOOST_TEST(first_cluster("ab").bytes == "a");
}

BOOST_AUTO_TEST_CASE(only_clusters_that_terminals_count_differently_are_uncertain) {
  for (const char* certain : {"a", "日", "e\u0301", "😀"}) BOOST_TEST(first_cluster(certain).certain);
  for (const char* uncertain : {"👩\u200d💻", "❤\ufe0f", "🇩🇪", "👍🏽"})
    BOOST_TEST(!first_cluster(uncertain).certain);
}

BOOST_AUTO_TEST_CASE(a_newline_a_tab_and_a_lone_mark_take_no_cell) {
  BOOST_TEST(first_cluster("\nx").cells == 0);
  BOOST_TEST(first_cluster("\tx").bytes == "\t");
  BOOST_TEST(first_cluster("\u0301").cells == 0);
}

BOOST_AUTO_TEST_CASE(a_chain_of_joined_emoji_without_end_is_divided) {
  std::string chain = "👩";
  for (int i = 0; i < 100; ++i) chain += "\u200d👩";
  const Cluster first = first_cluster(chain);
  BOOST_TEST(first.cells == 16);
  BOOST_TEST(first.bytes.size() < chain.size());
}

BOOST_AUTO_TEST_CASE(marks_piled_up_without_end_are_divided) {
  std::string pile = "e";
  for (int i = 0; i < 1000; ++i) pile += "\u0301";
  BOOST_TEST(first_cluster(pile).bytes.size() <= 64);
  BOOST_TEST(gnatter::base::cells(pile) == 1);
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_utf8_do_not_stop_it) {
  BOOST_TEST(first_cluster("\xff\xff").bytes == "\xff");
}

BOOST_AUTO_TEST_CASE(text_is_cut_between_clusters) {
  BOOST_TEST(fitting("日本", 3) == "日");
  BOOST_TEST(cut("Wolfgang", 8, "…") == "Wolfgang");
  BOOST_TEST(cut("Wolfgang", 7, "…") == "Wolfga…");
  BOOST_TEST(cut("日本語", 4, "…") == "日…");
  BOOST_TEST(cut("abc", 0, "…") == "");
}

BOOST_AUTO_TEST_SUITE_END()

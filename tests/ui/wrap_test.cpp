// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wrap.h"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <random>
#include <string>

#include "base/cells.h"

using namespace gnatter::ui;
using namespace std::string_literals;

namespace {

struct Fixture {
  Fixture() { gnatter::base::use_utf8_locale(); }
};

/// The rows with a line end after each.
std::string wrapped(std::string_view text, int first, int rest) {
  std::string rows;
  for (const std::string_view row : wrap(text, first, rest)) rows += std::string(row) + '\n';
  return rows;
}

std::string wrapped(std::string_view text, int cells) {
  return wrapped(text, cells, cells);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(wrap, Fixture)

BOOST_AUTO_TEST_CASE(rows_end_at_blanks_which_go) {
  BOOST_TEST(wrapped("if it takes longer I move the cron jobs", 20) ==
             "if it takes longer I\n"
             "move the cron jobs\n");
  BOOST_TEST(wrapped("one     two", 5) == "one\ntwo\n");
  BOOST_TEST(wrapped("one  two   ", 20) == "one  two\n");
  BOOST_TEST(wrapped("exactly ten", 11) == "exactly ten\n");
}

BOOST_AUTO_TEST_CASE(there_is_always_a_row) {
  BOOST_TEST(wrapped("", 10) == "\n");
  BOOST_TEST(wrapped("   ", 2) == "\n");
  BOOST_TEST(wrapped("x", 0, 0) == "\nx\n");
}

BOOST_AUTO_TEST_CASE(newlines_end_a_row) {
  BOOST_TEST(wrapped("one\ntwo words\n\nend", 5) == "one\ntwo\nwords\n\nend\n");
}

BOOST_AUTO_TEST_CASE(indentation_is_kept) {
  BOOST_TEST(wrapped("    bridge_protocol_version mqttv50", 28) ==
             "    bridge_protocol_version\n"
             "mqttv50\n");
  BOOST_TEST(wrapped("a\n  b", 10) == "a\n  b\n");
}

BOOST_AUTO_TEST_CASE(indentation_alone_makes_no_row) {
  BOOST_TEST(wrapped("    abcdefgh", 8) == "abcdefgh\n");
}

BOOST_AUTO_TEST_CASE(tabs_count_to_the_next_multiple_of_eight) {
  BOOST_TEST(wrapped("a\tb", 9) == "a\tb\n");
  BOOST_TEST(wrapped("a\tb", 8) == "a\nb\n");
  BOOST_TEST(wrapped("\t\tb", 17) == "\t\tb\n");
}

BOOST_AUTO_TEST_CASE(a_word_longer_than_a_row_is_cut_where_it_stands) {
  BOOST_TEST(wrapped("so abcdefghijklmnop it is", 8) == "so abcde\nfghijklm\nnop it\nis\n");
}

BOOST_AUTO_TEST_CASE(a_url_that_fits_a_row_is_not_cut) {
  BOOST_TEST(wrapped("limits: https://a.example/b", 20) == "limits:\nhttps://a.example/b\n");
  BOOST_TEST(wrapped("see (https://a.example/b) now", 19) == "see (\nhttps://a.example/b\n) now\n");
  BOOST_TEST(wrapped("見てhttps://a.example/bを", 20) == "見て\nhttps://a.example/b\nを\n");
}

BOOST_AUTO_TEST_CASE(a_url_that_fits_no_row_is_cut) {
  BOOST_TEST(wrapped("at https://a.example/b", 10) == "at https:/\n/a.example\n/b\n");
}

BOOST_AUTO_TEST_CASE(rows_end_between_wide_characters_and_never_inside_one) {
  BOOST_TEST(wrapped("日本語も大丈夫", 5) == "日本\n語も\n大丈\n夫\n");
  BOOST_TEST(wrapped("ok 日本語", 6) == "ok 日\n本語\n");
  BOOST_TEST(wrapped("日本", 1) == "日\n本\n");
}

BOOST_AUTO_TEST_CASE(what_takes_no_cells_stays_with_what_is_before) {
  BOOST_TEST(wrapped("ae\u0301e\u0301e\u0301", 2) == "ae\u0301\ne\u0301e\u0301\n");
  BOOST_TEST(wrapped("ab \u0301cd", 4) == "ab \u0301c\nd\n");
}

BOOST_AUTO_TEST_CASE(the_first_row_may_be_narrower) {
  BOOST_TEST(wrapped("then at 19:00. alice, will", 7, 18) == "then at\n19:00. alice, will\n");
  BOOST_TEST(wrapped("wonderful", 3, 18) == "\nwonderful\n");
  BOOST_TEST(wrapped("wonderful", -3, 18) == "\nwonderful\n");
  BOOST_TEST(wrapped("abcdefghij", 3, 5) == "abc\ndefgh\nij\n");
}

BOOST_AUTO_TEST_CASE(no_more_rows_are_made_than_asked_for) {
  BOOST_TEST(gnatter::ui::wrap("a b c d", 1, 1, 2).size() == 2U);
  BOOST_TEST(gnatter::ui::wrap("abcd(https://a.b/c)", 1, 1, 2).size() == 2U);
}

BOOST_AUTO_TEST_CASE(no_row_is_too_wide_and_nothing_but_blanks_is_lost) {
  const std::string pieces[] = {
      "a", "word", " ", "  ", "\n", "日本", "e\u0301", "https://x.example/y", "(", ").", "👩‍💻"};
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text, letters, kept;
    for (int n = 0; n < 12; ++n) text += pieces[random() % std::size(pieces)];
    const int width = 4 + static_cast<int>(random() % 30);
    for (const std::string_view row : gnatter::ui::wrap(text, width, width)) {
      BOOST_REQUIRE_MESSAGE(gnatter::base::cells(row) <= width, text);
      kept += row;
    }
    for (std::string* all : {&kept, &(letters = text)})
      std::erase_if(*all, [](char c) { return c == ' ' || c == '\n'; });
    BOOST_REQUIRE_EQUAL(kept, letters);
  }
}

BOOST_AUTO_TEST_CASE(a_text_as_long_as_a_message_may_be_takes_no_time) {
  constexpr std::size_t size = std::size_t{256} << 10;
  std::string urls, words;
  while (urls.size() < size) urls += "(a://b)";
  while (words.size() < size) words += "a ";
  for (const std::string& text :
       {std::string(size, 'x'), std::string(size, '\t') + 'x', std::string(size, ' ') + 'x',
        std::string(size, '\n'), "https://x/" + std::string(size, ')'), urls, words}) {
    const auto begin = std::chrono::steady_clock::now();
    gnatter::ui::wrap(text, 20, 20);
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(5)), text.substr(0, 20));
  }
}

BOOST_AUTO_TEST_CASE(a_fingerprint_is_cut_between_its_pairs) {
  for (const int cells : {9, 10, 11})
    BOOST_TEST(wrapped("3F:9A:12:34:56:78", cells) == "3F:9A:12:\n34:56:78\n", cells);
  BOOST_TEST(wrapped("SHA-256 3F:9A:12:34:56:78", 16) == "SHA-256 3F:9A:\n12:34:56:78\n");
  BOOST_TEST(wrapped("abc:def:abc:def", 5) == "abc:d\nef:ab\nc:def\n");
}

BOOST_AUTO_TEST_SUITE_END()

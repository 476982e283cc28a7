// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/notify/words.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "gnatter/utf8.h"

using namespace notify;
using boost::test_tools::per_element;
using Words = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(notify_words)

BOOST_AUTO_TEST_CASE(what_fits_into_a_row_stays) {
  BOOST_TEST(one_row("", 3).empty());
  BOOST_TEST(one_row("abc", 3) == "abc");
  BOOST_TEST(one_row("grüße 日本", 8) == "grüße 日本");
}

BOOST_AUTO_TEST_CASE(a_long_row_is_cut_between_characters) {
  BOOST_TEST(one_row("abcd", 3) == "ab…");
  BOOST_TEST(one_row("日本語も", 3) == "日本…");
  BOOST_TEST(one_row(std::string(70'000, 'x'), 200) == std::string(199, 'x') + "…");
}

BOOST_AUTO_TEST_CASE(no_byte_breaks_out_of_a_row) {
  BOOST_TEST(one_row("a\nb\tc\x1b]0;x\x07\x7f", 99) == "a b c ]0;x  ");
  BOOST_TEST(one_row("\u009c\u0085\u2028\u2029", 99) == "    ");
  BOOST_TEST(one_row("\u202e\u2066x", 99) == "\uFFFD\uFFFDx");
  BOOST_TEST(one_row("\x9c\xff\xc3", 99) == "\uFFFD\uFFFD\uFFFD");
  for (unsigned first = 0; first < 256; ++first)
    for (unsigned second = 0; second < 256; ++second) {
      const std::string bytes = {static_cast<char>(first), static_cast<char>(second)},
                        row = one_row(bytes, 99);
      BOOST_REQUIRE(gnatter::utf8::valid(row));
      for (std::string_view rest = row; !rest.empty();) {
        const auto point = gnatter::utf8::decode(rest);
        BOOST_REQUIRE(!gnatter::utf8::is_control(point.value));
        rest.remove_prefix(point.length);
      }
    }
}

BOOST_AUTO_TEST_CASE(bytes_are_cut_between_characters) {
  BOOST_TEST(first_bytes("abc", 3) == "abc");
  BOOST_TEST(first_bytes("abcd", 3) == "abc");
  BOOST_TEST(first_bytes("ä日", 2) == "ä");
  BOOST_TEST(first_bytes("ä日", 4) == "ä");
  BOOST_TEST(first_bytes("日本", 2).empty());
  BOOST_TEST(first_bytes("\x80\x80\x80", 2).empty());
}

BOOST_AUTO_TEST_CASE(lists_read_as_one_says_them) {
  BOOST_TEST(enumerated({}).empty());
  BOOST_TEST(enumerated({"bob"}) == "bob");
  BOOST_TEST(enumerated({"bob", "eve"}) == "bob and eve");
  BOOST_TEST(enumerated({"bob", "carol", "eve"}) == "bob, carol and eve");
  BOOST_TEST(counted(1, "message", "messages") == "1 message");
  BOOST_TEST(counted(2, "message", "messages") == "2 messages");
}

BOOST_AUTO_TEST_CASE(words_are_parted_as_the_shell_does) {
  BOOST_TEST(split_words("  a  b\tc ").value() == (Words{"a", "b", "c"}), per_element());
  BOOST_TEST(split_words(R"('a b' "c d"e f\ g)").value() == (Words{"a b", "c de", "f g"}), per_element());
  BOOST_TEST(split_words(R"('\' "\"\\\x" '')").value() == (Words{"\\", "\"\\\\x", ""}), per_element());
  BOOST_TEST(split_words("$(date) `id` $HOME ~ *").value() == (Words{"$(date)", "`id`", "$HOME", "~", "*"}),
             per_element());
  BOOST_TEST(split_words("").value().empty());
  BOOST_TEST(split_words("a\\").value() == Words{"a\\"}, per_element());
}

BOOST_AUTO_TEST_CASE(a_quote_that_does_not_end_is_no_word) {
  BOOST_TEST(!split_words("say 'hi"));
  BOOST_TEST(!split_words("say \"hi\\\""));
}

BOOST_AUTO_TEST_SUITE_END()

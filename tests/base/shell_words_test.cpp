// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/shell_words.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "base/user_error.h"

using gnatter::base::split_shell_words;
using Words = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(shell_words)

BOOST_AUTO_TEST_CASE(blanks_part_words) {
  BOOST_TEST((split_shell_words("pass show  mqtt\t/alice\n") == Words{"pass", "show", "mqtt", "/alice"}));
  BOOST_TEST(split_shell_words("").empty());
  BOOST_TEST(split_shell_words(" \t\n ").empty());
}

BOOST_AUTO_TEST_CASE(single_quotes_keep_everything) {
  BOOST_TEST((split_shell_words(R"('a b' '\n"$x`')") == Words{"a b", R"(\n"$x`)"}));
  BOOST_TEST((split_shell_words(R"('\\' '\"' '\$')") == Words{R"(\\)", R"(\")", R"(\$)"}));
}

BOOST_AUTO_TEST_CASE(double_quotes_keep_all_but_a_backslash_before_what_they_escape) {
  BOOST_TEST((split_shell_words(R"("a b" "\"\\\$\`" "\n\'")") == Words{"a b", R"("\$`)", R"(\n\')"}));
}

BOOST_AUTO_TEST_CASE(a_backslash_keeps_the_next_character) {
  BOOST_TEST((split_shell_words(R"(a\ b \" \' \\ \x)") == Words{"a b", "\"", "'", "\\", "x"}));
}

BOOST_AUTO_TEST_CASE(quoted_and_bare_parts_make_one_word) {
  BOOST_TEST((split_shell_words(R"(a'b c'"d e"f\ g)") == Words{"ab cd ef g"}));
}

BOOST_AUTO_TEST_CASE(empty_quotes_are_an_empty_word) {
  BOOST_TEST((split_shell_words(R"(a '' "" b)") == Words{"a", "", "", "b"}));
}

BOOST_AUTO_TEST_CASE(nothing_is_expanded) {
  BOOST_TEST((split_shell_words("$HOME ~ *.so $(id) `id` a;b # c > d | e") ==
              Words{"$HOME", "~", "*.so", "$(id)", "`id`", "a;b", "#", "c", ">", "d", "|", "e"}));
}

BOOST_AUTO_TEST_CASE(a_quote_that_does_not_end_is_told) {
  for (const char* line : {"'a", "\"a", "a\"", "\"a\\\"", "'", "a 'b c"})
    BOOST_CHECK_THROW(split_shell_words(line), gnatter::base::UserError);
}

BOOST_AUTO_TEST_SUITE_END()

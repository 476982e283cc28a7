// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/target.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "base/user_error.h"

using namespace gnatter;
using namespace gnatter::chat;
using base::UserError;
using namespace std::string_literals;

namespace {

/// "text", or "text (quoted)", and behind a bar what is left.
std::string taken(std::string_view line) {
  const Word word = take_word(line);
  return word.text + (word.quoted ? " (quoted)" : "") + '|' + std::string(line);
}

Target meant(std::string_view line, bool group_without_mark = false) {
  return to_target(take_word(line), group_without_mark);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(target)

BOOST_AUTO_TEST_CASE(a_word_ends_at_a_blank_and_takes_that_one_with_it) {
  BOOST_TEST(taken("bob hello there") == "bob|hello there");
  BOOST_TEST(taken("bob") == "bob|");
  BOOST_TEST(taken("bob ") == "bob|");
  BOOST_TEST(taken("bob  two blanks") == "bob| two blanks");
  BOOST_TEST(taken("  bob hi") == "bob|hi");
  BOOST_TEST(taken("#dev hi") == "#dev|hi");
}

BOOST_AUTO_TEST_CASE(of_nothing_an_empty_word_is_taken) {
  BOOST_TEST(taken("") == "|");
  BOOST_TEST(taken("   ") == "|");
}

BOOST_AUTO_TEST_CASE(quotes_keep_blanks_and_go) {
  BOOST_TEST(taken("\"Anna Lena\" hi") == "Anna Lena (quoted)|hi");
  BOOST_TEST(taken("\"#ops team\" hi") == "#ops team (quoted)|hi");
  BOOST_TEST(taken("#\"ops team\" hi") == "#ops team (quoted)|hi");
  BOOST_TEST(taken("\"*\"") == "* (quoted)|");
  BOOST_TEST(taken("\"\" x") == " (quoted)|x");
  BOOST_TEST(taken("\" a \"") == " a  (quoted)|");
}

BOOST_AUTO_TEST_CASE(inside_quotes_a_backslash_keeps_quotes_and_backslashes) {
  BOOST_TEST(taken(R"("a\"b" x)") == "a\"b (quoted)|x");
  BOOST_TEST(taken(R"("a\\" x)") == "a\\ (quoted)|x");
  BOOST_TEST(taken(R"("a\nb")") == R"(a\nb (quoted)|)");
  BOOST_TEST(taken(R"(a\"b x)") == R"(a\"b|x)");
}

BOOST_AUTO_TEST_CASE(a_quote_inside_a_word_is_a_character) {
  BOOST_TEST(taken("a\"b c\" d") == "a\"b|c\" d");
  BOOST_TEST(taken("##\"x y") == "##\"x|y");
}

BOOST_AUTO_TEST_CASE(a_quote_that_does_not_end_is_told) {
  for (std::string_view line : {"\"bob", "\"", "#\"ops team", "\"bob\\\"", "\"a\\"})
    BOOST_CHECK_THROW(take_word(line), UserError);
}

BOOST_AUTO_TEST_CASE(a_blank_belongs_behind_the_closing_quote) {
  for (std::string_view line : {"\"bob\"x", "#\"ops team\"#", "\"a\"\"b\""})
    BOOST_CHECK_THROW(take_word(line), UserError);
}

BOOST_AUTO_TEST_CASE(the_hash_decides_between_group_and_user) {
  BOOST_TEST((meant("bob") == Target{BufferKind::direct, "bob"}));
  BOOST_TEST((meant("#dev") == Target{BufferKind::group, "dev"}));
  BOOST_TEST((meant("dev", true) == Target{BufferKind::group, "dev"}));
  BOOST_TEST((meant("#dev", true) == Target{BufferKind::group, "dev"}));
  BOOST_TEST((meant("\"#ops team\"") == Target{BufferKind::group, "ops team"}));
  BOOST_TEST((meant("#\"ops team\"") == Target{BufferKind::group, "ops team"}));
  BOOST_TEST((meant("a:b", true) == Target{BufferKind::group, "a:b"}));
}

BOOST_AUTO_TEST_CASE(names_are_checked_and_normalised) {
  BOOST_TEST((meant("Ame\u0301lie") == Target{BufferKind::direct, "Am\u00E9lie"}));
  for (std::string_view line :
       {"#", "##dev", "a/b", "#a,#b", "*", "\"*\"", "#*", "a:b", "\"\"", "\" bob\"", "\xFF"})
    BOOST_CHECK_THROW(meant(line), UserError);
}

BOOST_AUTO_TEST_CASE(a_written_target_is_taken_for_the_same) {
  for (const std::string& name :
       {"bob"s, "Anna Lena"s, "a\"b"s, "\"quoted\""s, "back\\slash"s, "a\\\"b c\\\\"s, "-v"s, ","s, "."s,
        "a,b"s, "\u65E5\u672C"s, "\\"s, "@dev"s, "x\u00A0y"s})
    for (BufferKind kind : {BufferKind::direct, BufferKind::group}) {
      const Target before{kind, name};
      const std::string line = written(before) + " and text";
      std::string_view rest = line;
      const Word word = take_word(rest);
      BOOST_TEST((to_target(word) == before), "written as " << written(before));
      BOOST_TEST(rest == "and text");
    }
}

BOOST_AUTO_TEST_CASE(quotes_are_written_only_where_they_are_needed) {
  BOOST_TEST(written({BufferKind::group, "dev"}) == "#dev");
  BOOST_TEST(written({BufferKind::direct, "bob"}) == "bob");
  BOOST_TEST(written({BufferKind::group, "ops team"}) == "#\"ops team\"");
  BOOST_TEST(written({BufferKind::direct, "a\"b"}) == R"("a\"b")");
}

BOOST_AUTO_TEST_CASE(a_name_that_looks_like_a_short_form_is_written_in_quotes) {
  // Without them , and . mean whom one wrote with last.
  BOOST_TEST(written({BufferKind::direct, ","}) == "\",\"");
  BOOST_TEST(written({BufferKind::direct, "."}) == "\".\"");
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/notify/rules.h"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <string>

using namespace notify;
using Verdict = WindowPatterns::Verdict;

namespace {

bool want(const Rules& rules, std::string_view window, std::string_view text, bool mention = false) {
  return rules.want({"home", window, !window.starts_with('#'), mention, text});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(notify_rules)

BOOST_AUTO_TEST_CASE(direct_messages_and_mentions_are_told_and_nothing_else) {
  const Rules rules;
  BOOST_TEST(want(rules, "bob", "hello"));
  BOOST_TEST(want(rules, "#dev", "alice: hello", true));
  BOOST_TEST(!want(rules, "#dev", "hello"));
}

BOOST_AUTO_TEST_CASE(what_the_expression_finds_is_told) {
  Rules rules;
  rules.expression = Expression("release|node[12] down$");
  BOOST_TEST(want(rules, "#dev", "the RELEASE is out"));
  BOOST_TEST(want(rules, "#dev", "Node2 down\nit burns"));
  BOOST_TEST(!want(rules, "#dev", "node3 down"));
}

BOOST_AUTO_TEST_CASE(patterns_of_windows_decide_before_all_else) {
  Rules rules;
  rules.windows = WindowPatterns("#ops, !bob,!#noise");
  BOOST_TEST(want(rules, "#ops", "hello"));
  BOOST_TEST(!want(rules, "bob", "hello"));
  BOOST_TEST(!want(rules, "#noise", "alice: hello", true));
  BOOST_TEST(want(rules, "carol", "hello"));
}

BOOST_AUTO_TEST_CASE(the_last_pattern_that_fits_decides) {
  const WindowPatterns patterns("!#*, #dev*, !#dev-noise,");
  BOOST_TEST((patterns.verdict("home", "#ops") == Verdict::never));
  BOOST_TEST((patterns.verdict("home", "#dev") == Verdict::always));
  BOOST_TEST((patterns.verdict("home", "#dev-noise") == Verdict::never));
  BOOST_TEST((patterns.verdict("home", "bob") == Verdict::none));
}

BOOST_AUTO_TEST_CASE(a_pattern_may_name_its_network_and_have_blanks) {
  const WindowPatterns patterns("work/#dev, */#ops, Anna Lena,#x y");
  BOOST_TEST((patterns.verdict("work", "#dev") == Verdict::always));
  BOOST_TEST((patterns.verdict("home", "#dev") == Verdict::none));
  BOOST_TEST((patterns.verdict("home", "#ops") == Verdict::always));
  BOOST_TEST((patterns.verdict("home", "Anna Lena") == Verdict::always));
  BOOST_TEST((patterns.verdict("home", "#x y") == Verdict::always));
  BOOST_TEST((patterns.verdict("home", "Anna") == Verdict::none));
}

BOOST_AUTO_TEST_CASE(patterns_that_cannot_be_meant_are_refused) {
  BOOST_TEST(WindowPatterns::complaint("").empty());
  BOOST_TEST(WindowPatterns::complaint("#dev, !*").empty());
  BOOST_TEST(WindowPatterns::complaint("#dev, !") == "nothing stands behind a ! in it");
  BOOST_TEST(WindowPatterns::complaint("#dev !#noise") == "commas stand between its patterns");
  BOOST_TEST(WindowPatterns::complaint("bob #dev") == "commas stand between its patterns");
}

BOOST_AUTO_TEST_CASE(stars_and_question_marks) {
  for (const auto& [pattern, text] : {std::pair{"*", ""},
                                      {"*", "a"},
                                      {"a*", "a"},
                                      {"*a", "ba"},
                                      {"a?c", "aüc"},
                                      {"*b*d", "abcbd"},
                                      {"??", "日本"},
                                      {"*?", "日"},
                                      {"", ""},
                                      {"a**b", "ab"}})
    BOOST_TEST(fits(pattern, text), std::string(pattern) + " fits " + text);
  for (const auto& [pattern, text] : {std::pair{"", "a"},
                                      {"a", ""},
                                      {"a", "A"},
                                      {"?", ""},
                                      {"?", "ab"},
                                      {"a*c", "ab"},
                                      {"*?", ""},
                                      {"#dev", "#develop"}})
    BOOST_TEST(!fits(pattern, text), std::string(pattern) + " does not fit " + text);
}

BOOST_AUTO_TEST_CASE(no_pattern_takes_long) {
  std::string pattern;
  for (int i = 0; i < 1000; ++i) pattern += "a*";
  const auto from = std::chrono::steady_clock::now();
  BOOST_TEST(!fits(pattern + 'b', std::string(1000, 'a')));
  BOOST_TEST((std::chrono::steady_clock::now() - from < std::chrono::seconds(1)));
}

BOOST_AUTO_TEST_CASE(a_bad_expression_is_refused_with_the_reason_and_finds_nothing) {
  BOOST_TEST(Expression::complaint("a|b").empty());
  BOOST_TEST(Expression::complaint("").empty());
  BOOST_TEST(Expression::complaint("a(").find("(") != std::string::npos);
  BOOST_TEST(!Expression::complaint("[").empty());
  BOOST_TEST(Expression::complaint(std::string("a\0b", 3)) == "it has a NUL byte");
  BOOST_TEST(!Expression("a(").found_in("a("));
  BOOST_TEST(!Expression("").found_in("a"));
}

BOOST_AUTO_TEST_CASE(an_expression_that_refers_back_is_refused) {
  BOOST_TEST(Expression::complaint("(.*)\\1").find("refers back") != std::string::npos);
  BOOST_TEST(Expression::complaint("\\\\1").empty());
}

BOOST_AUTO_TEST_CASE(an_expression_that_nobody_can_search_with_is_refused) {
  BOOST_TEST(Expression::complaint(std::string(60'000, '(')) == "it has more than 1,000 bytes");
  for (const char* costly : {"(.{1,100}){1,20}x", "a{257}", "(a{20}){20}", "a{99999999999999999999}"})
    BOOST_TEST(Expression::complaint(costly) == "it repeats more than 256 times, which takes too long");
  for (const char* cheap : {"node[0-9]{1,3}", "a{2,}b", "[{]"})
    BOOST_TEST(Expression::complaint(cheap) == "");
}

BOOST_AUTO_TEST_CASE(an_expression_looks_at_the_first_kib) {
  const Expression expression("needle");
  BOOST_TEST(expression.found_in(std::string(1000, 'x') + "needle"));
  BOOST_TEST(!expression.found_in(std::string(1024, 'x') + "needle"));
}

BOOST_AUTO_TEST_CASE(a_long_text_of_anybody_takes_no_time_and_no_stack) {
  const Expression expression("(a*)*b|(x|xx)+y|.*.*.*z");
  const auto from = std::chrono::steady_clock::now();
  BOOST_TEST(!expression.found_in(std::string(65'000, 'a')));
  BOOST_TEST(!expression.found_in(std::string(65'000, 'x')));
  BOOST_TEST((std::chrono::steady_clock::now() - from < std::chrono::seconds(1)));
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/logger/lastlog.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

using logger::grep_words;
using logger::parse_search;
using Words = std::vector<std::string>;
using boost::test_tools::per_element;

BOOST_AUTO_TEST_SUITE(lastlog)

BOOST_AUTO_TEST_CASE(options_stand_first_and_the_rest_is_the_pattern) {
  const auto plain = parse_search("two  words -all");
  BOOST_TEST(plain.pattern == "two  words -all");
  BOOST_TEST((!plain.all && !plain.regex && !plain.match_case && !plain.word && plain.mistake.empty()));
  const auto all = parse_search(" -all -regex  -case -word ^a|b$");
  BOOST_TEST(all.pattern == "^a|b$");
  BOOST_TEST((all.all && all.regex && all.match_case && all.word && all.mistake.empty()));
  BOOST_TEST(parse_search("-- -all").pattern == "-all");
  BOOST_TEST(!parse_search("-- -all").all);
}

BOOST_AUTO_TEST_CASE(mistakes_are_told) {
  for (const std::string words : {"", "  ", "-all", "-all ", "--", "-all --"})
    BOOST_TEST(parse_search(words).mistake.starts_with("Usage: /lastlog"));
  BOOST_TEST(parse_search("-al x").mistake.starts_with("There is no -al. Usage: /lastlog"));
  BOOST_TEST(parse_search("-stop").stop);
  BOOST_TEST(parse_search("-stop").mistake.empty());
}

BOOST_AUTO_TEST_CASE(no_pattern_and_no_file_is_an_option_of_grep) {
  BOOST_TEST(grep_words(parse_search("-- -f/etc/passwd"), {"/logs/home/-x.log"}) ==
                 (Words{"grep", "-a", "-H", "-Z", "--line-buffered", "-F", "-i", "-e", "-f/etc/passwd", "--",
                        "/logs/home/-x.log"}),
             per_element());
  BOOST_TEST(grep_words(parse_search("C:\\temp"), {"/x"}).at(8) == "C:\\\\temp");  // as a log has it
  BOOST_TEST(grep_words(parse_search("-regex \\bnode"), {"/x"}).at(8) == "\\bnode");
  BOOST_TEST(grep_words(parse_search("-all -regex -case -word x"), {"/logs"}) ==
                 (Words{"grep", "-a", "-H", "-Z", "--line-buffered", "-E", "-w", "-r", "--include=*.log",
                        "-e", "x", "--", "/logs"}),
             per_element());
}

BOOST_AUTO_TEST_SUITE_END()

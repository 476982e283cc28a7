// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/filter.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "base/user_error.h"

using namespace gnatter;

namespace {

template <class Check>
std::string fault(Check check, std::string_view text) {
  try {
    check(text);
  } catch (const base::UserError& error) {
    return error.what();
  }
  return {};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(filter)

BOOST_AUTO_TEST_CASE(filters_as_the_standard_has_them_pass) {
  for (const char* good : {"#", "+", "/", "a", "a/#", "+/+/#", "a//b", "/chat/+/x/#", "$SYS/#", "a b/c",
                           "$share/g/a/#", "$share/g/#", "$share/g//a", "sensors/küche"})
    BOOST_TEST(fault(protocol::check_filter, good) == "", good);
}

BOOST_AUTO_TEST_CASE(what_is_no_filter_is_refused_with_what_would_be_right) {
  const auto refusal = [](std::string_view text) { return fault(protocol::check_filter, text); };
  BOOST_TEST(refusal("") == "A filter is missing: sensors/kitchen, for instance.");
  BOOST_TEST(refusal("a/#/b") ==
             "a/#/b is no filter: # stands for all that is below, and only at the end: a/#");
  BOOST_TEST(refusal("a/b#") ==
             "a/b# is no filter: # stands alone between slashes: a/b/# takes all that is below a/b.");
  BOOST_TEST(
      refusal("a/b+/c") ==
      "a/b+/c is no filter: + stands alone between slashes, for one whole level: a/+ takes all of them.");
  BOOST_TEST(refusal("a/\x01") == "A filter has no control characters in it, a/␁ has.");
  BOOST_TEST(refusal("a/\xff") == "A filter is valid UTF-8, a/\xef\xbf\xbd is not.");
  BOOST_TEST(refusal(std::string(65'536, 'a')) == "A filter has at most 65,535 bytes.");
  for (const char* shared : {"$share/", "$share/g", "$share/g/", "$share//a", "$share/+/a", "$share/a#/b"})
    BOOST_TEST(refusal(shared).find("it is $share/NAME/FILTER") != std::string::npos, shared);
}

BOOST_AUTO_TEST_CASE(of_a_long_filter_the_front_is_shown) {
  const std::string sentence = fault(protocol::check_filter, std::string(300, 'a') + "+");
  BOOST_TEST(sentence.starts_with(std::string(80, 'a') + "… is no filter"));
  BOOST_TEST(sentence.size() < 400u);
}

BOOST_AUTO_TEST_CASE(a_topic_has_no_wildcards) {
  BOOST_TEST(fault(protocol::check_topic, "a/b c//") == "");
  BOOST_TEST(
      fault(protocol::check_topic, "a/+") ==
      "a/+ stands for many topics: + and # are for /sub. Something is published on one topic. Nothing was "
      "sent.");
  BOOST_TEST(fault(protocol::check_topic, "") == "A topic is missing: sensors/kitchen, for instance.");
}

BOOST_AUTO_TEST_CASE(of_a_shared_filter_its_last_part_is_compared) {
  BOOST_TEST(protocol::matched_part("$share/g/a/#") == "a/#");
  BOOST_TEST(protocol::matched_part("a/$share/#") == "a/$share/#");
  BOOST_TEST(protocol::matched_part("$share/g") == "");
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/paho/publish_check.h"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace gnatter::transport;

BOOST_AUTO_TEST_SUITE(publish_check)

BOOST_AUTO_TEST_CASE(the_size_is_that_of_the_whole_packet) {
  // Type and length 2, topic 2 + 2, payload 1.
  BOOST_TEST(publish_packet_size({"/t", "x", 0, false, {}}, 4) == 7u);
  BOOST_TEST(publish_packet_size({"/t", "x", 1, false, {}}, 4) == 9u);
  BOOST_TEST(publish_packet_size({"/t", "x", 1, false, {}}, 5) == 10u);  // the length of no properties
  // Payload format 2, content type 1 + 2 + 24, user property 1 + 2 + 2 + 2 + 3.
  BOOST_TEST(publish_packet_size({"/t", "x", 1, false, {{"id", "abc"}}}, 5) == 10u + 2 + 27 + 10);
  BOOST_TEST(publish_packet_size({"/t", "x", 1, false, {{"id", "abc"}}}, 4) == 9u);
  // A length of 128 takes two bytes.
  BOOST_TEST(publish_packet_size({"/t", std::string(123, 'x'), 0, false, {}}, 4) == 2u + 127);
  BOOST_TEST(publish_packet_size({"/t", std::string(124, 'x'), 0, false, {}}, 4) == 3u + 128);
}

BOOST_AUTO_TEST_CASE(what_the_broker_takes_passes) {
  const Publication publication{"/t", "x", 1, false, {}};
  BOOST_TEST(!refuse_publish(publication, 5, std::nullopt).has_value());
  BOOST_TEST(!refuse_publish(publication, 5, 10).has_value());
}

BOOST_AUTO_TEST_CASE(what_it_would_close_the_line_for_does_not) {
  const auto code = [](const Publication& publication, int version,
                       std::optional<std::uint32_t> maximum = {}) {
    const auto refusal = refuse_publish(publication, version, maximum);
    return refusal ? refusal->code : 0;
  };
  BOOST_TEST(code({"/t", "x", 1, false, {}}, 5, 9) == 0x95);
  for (const auto& topic : {std::string(), std::string("a/+"), std::string("#"), std::string("\xC0\x80"),
                            std::string("a\0b", 3), std::string(65'536, 'a')})
    BOOST_TEST(code({topic, "x", 1, false, {}}, 5) == 0x90);
  BOOST_TEST(code({"/t", "x", 1, false, {{"id", "\xFF"}}}, 5) == 0x81);
  BOOST_TEST(code({"/t", "x", 1, false, {{"id", "\xFF"}}}, 4) == 0);  // not sent
  BOOST_TEST(code({"/t", "\xFF\x00", 1, false, {}}, 5) == 0);         // a payload may be anything
}

BOOST_AUTO_TEST_CASE(a_filters_wildcards_stand_for_whole_levels) {
  for (const char* filter : {"#", "/#", "+", "/a/+/b", "+/+", "/a", "a/b/#"})
    BOOST_TEST(!refuse_filter(filter).has_value(), filter);
  for (const char* filter : {"", "a#", "#/a", "a+/b", "/+#", "\xFF"})
    BOOST_TEST(refuse_filter(filter).has_value(), filter);
  BOOST_TEST(refuse_filter("a#")->code == 0x8F);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
// What an attempt makes of versions, silence and CONNACK codes.
#include <boost/test/unit_test.hpp>

#include "transport/paho/connack.h"
#include "transport/paho/version_ladder.h"
#include "transport/reason_text.h"

using namespace gnatter::transport;
using Reason = Failure::Reason;

BOOST_AUTO_TEST_SUITE(attempt_rules)

BOOST_AUTO_TEST_CASE(silence_is_answered_by_5_again_then_3_1_1_then_the_end) {
  VersionLadder ladder;
  BOOST_TEST(ladder.version() == 5);
  BOOST_TEST(ladder.again());
  BOOST_TEST(ladder.version() == 5);
  BOOST_TEST(ladder.again());
  BOOST_TEST(ladder.version() == 4);
  BOOST_TEST(!ladder.again());
}

BOOST_AUTO_TEST_CASE(a_server_without_5_is_asked_for_3_1_1_once) {
  VersionLadder ladder;
  BOOST_TEST(ladder.step_down());
  BOOST_TEST(ladder.version() == 4);
  BOOST_TEST(!ladder.step_down());
}

BOOST_AUTO_TEST_CASE(starting_with_3_1_1_ends_with_it) {
  VersionLadder ladder(4);
  BOOST_TEST(!ladder.step_down());
  BOOST_TEST(ladder.again());
  BOOST_TEST(ladder.version() == 4);
  BOOST_TEST(!ladder.again());
}

BOOST_AUTO_TEST_CASE(connack_codes_have_their_reasons) {
  const auto reason = [](int version, int code) { return failure_of_connack(version, code).reason; };
  BOOST_TEST((reason(5, 0x86) == Reason::wrong_password));
  BOOST_TEST((reason(4, 4) == Reason::wrong_password));
  BOOST_TEST((reason(5, 0x87) == Reason::not_authorized));
  BOOST_TEST((reason(4, 5) == Reason::not_authorized));
  BOOST_TEST((reason(5, 0x85) == Reason::bad_client_id));
  BOOST_TEST((reason(4, 2) == Reason::bad_client_id));
  BOOST_TEST((reason(5, 0x8A) == Reason::refused));
  BOOST_TEST((reason(4, 3) == Reason::refused));
  BOOST_TEST(failure_of_connack(5, 0x97).detail == "quota exceeded");
  BOOST_TEST(failure_of_connack(4, 3).detail == "server unavailable");
  BOOST_TEST(failure_of_connack(5, 5).detail == "not authorized");  // an old server, asked in MQTT 5
}

BOOST_AUTO_TEST_CASE(only_two_codes_mean_an_unknown_version) {
  for (int code = 1; code < 256; ++code)
    BOOST_TEST(means_unknown_version(code) == (code == 1 || code == 0x84));
}

BOOST_AUTO_TEST_CASE(reasons_have_words) {
  BOOST_TEST(reason_text(0x87) == "not authorized");
  BOOST_TEST(reason_text(0x97) == "quota exceeded");
  BOOST_TEST(reason_text(0xA2) == "wildcard subscriptions not supported");
  BOOST_TEST(reason_text(0xFE) == "reason 0xFE");
  BOOST_TEST(connect_return_text(4) == "bad user name or password");
  BOOST_TEST(connect_return_text(9) == "reason 0x09");
}

BOOST_AUTO_TEST_SUITE_END()

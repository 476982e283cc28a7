// SPDX-License-Identifier: GPL-3.0-or-later
// What an attempt makes of versions, silence and CONNACK codes.
#include <boost/test/unit_test.hpp>
#include <fstream>

#include "base/paths.h"
#include "support/temporary_directory.h"
#include "transport/paho/connack.h"
#include "transport/paho/version_ladder.h"
#include "transport/paho/version_memory.h"
#include "transport/reason_text.h"

using namespace gnatter::transport;
using namespace std::chrono_literals;
using Reason = Failure::Reason;

BOOST_AUTO_TEST_SUITE(attempt_rules)

BOOST_AUTO_TEST_CASE(silence_is_answered_by_5_again_then_3_1_1_then_the_end) {
  VersionLadder ladder;
  BOOST_TEST(ladder.version() == 5);
  BOOST_TEST(ladder.silent());
  BOOST_TEST(ladder.version() == 5);
  BOOST_TEST(ladder.silent());
  BOOST_TEST(ladder.version() == 4);
  BOOST_TEST(!ladder.silent());
}

BOOST_AUTO_TEST_CASE(a_server_without_5_is_asked_for_3_1_1_once) {
  VersionLadder told;
  BOOST_TEST(told.refused_version());
  BOOST_TEST(told.version() == 4);
  BOOST_TEST(!told.refused_version());
  VersionLadder closed;
  BOOST_TEST(closed.closed());
  BOOST_TEST(closed.version() == 4);
  BOOST_TEST(!closed.closed());
}

BOOST_AUTO_TEST_CASE(a_server_that_has_spoken_5_is_believed_only_by_its_word) {
  VersionLadder ladder(5, true);
  BOOST_TEST(!ladder.closed());
  BOOST_TEST(ladder.silent());
  BOOST_TEST(!ladder.silent());
  BOOST_TEST(ladder.version() == 5);
  BOOST_TEST(ladder.refused_version());
  BOOST_TEST(ladder.version() == 4);
}

BOOST_AUTO_TEST_CASE(starting_with_3_1_1_ends_with_it) {
  VersionLadder ladder(4, true);
  BOOST_TEST(!ladder.refused_version());
  BOOST_TEST(!ladder.closed());
  BOOST_TEST(ladder.silent());
  BOOST_TEST(ladder.version() == 4);
  BOOST_TEST(!ladder.silent());
}

BOOST_AUTO_TEST_CASE(a_version_is_remembered_for_a_day) {
  const VersionMemory::Clock::time_point start{};
  VersionMemory memory;
  const auto version = [&](std::chrono::hours later) {
    return memory.ladder_for("a:1", start + later).version();
  };
  BOOST_TEST(version(0h) == 5);
  memory.worked("a:1", 4, start);
  BOOST_TEST(version(23h) == 4);
  BOOST_TEST(memory.ladder_for("b:1", start).version() == 5);
  memory.worked("a:1", 4, start + 23h);  // does not make the day longer
  BOOST_TEST(version(24h) == 5);
  memory.worked("a:1", 4, start + 24h);
  BOOST_TEST(version(47h) == 4);
  memory.failed("a:1");
  BOOST_TEST(version(24h) == 5);
  BOOST_TEST(memory.ladder_for("a:1", start).closed());
  memory.worked("a:1", 5, start);
  memory.failed("a:1");
  BOOST_TEST(!memory.ladder_for("a:1", start + 1h).closed());
  BOOST_TEST(memory.ladder_for("a:1", start + 24h).closed());
}

BOOST_AUTO_TEST_CASE(the_next_run_knows_the_version) {
  const gnatter::testing::TemporaryDirectory directory;
  const auto files = directory.path() / "brokers";
  const auto now = VersionMemory::Clock::now();
  const auto version = [&](VersionMemory::Clock::time_point at) {
    return VersionMemory(files).ladder_for("broker.example:1883", at).version();
  };
  VersionMemory memory(files);
  memory.worked("broker.example:1883", 4, now);
  BOOST_TEST(version(now + 1h) == 4);
  BOOST_TEST(version(now + 25h) == 5);
  BOOST_TEST(version(now - 1h) == 5);  // the clock was set back: that may be anything
  memory.failed("broker.example:1883");
  BOOST_TEST(version(now + 1h) == 5);
}

BOOST_AUTO_TEST_CASE(a_memory_that_cannot_be_read_or_written_costs_a_try_and_no_more) {
  const gnatter::testing::TemporaryDirectory directory;
  const auto now = VersionMemory::Clock::now();
  std::ofstream(directory.path() / gnatter::base::file_name_for("a:1")) << "seven\n";
  BOOST_TEST(VersionMemory(directory.path()).ladder_for("a:1", now).version() == 5);
  std::ofstream(directory.path() / "file") << "";
  VersionMemory nowhere(directory.path() / "file" / "brokers");
  nowhere.worked("a:1", 4, now);
  BOOST_TEST(nowhere.ladder_for("a:1", now).version() == 4);
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

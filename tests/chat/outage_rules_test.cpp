// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/outage_rules.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/chat_fixture.h"
#include "support/tls_values.h"

using namespace gnatter;
using namespace gnatter::chat;
using gnatter::testing::ChatFixture;
using gnatter::testing::run_until;

namespace {

struct Fixture : ChatFixture {
  Fixture() {
    connect();
    client.enter("/join #dev #ops");
    accept_subscribes();
  }
  OutageRules rules{client};

  void come_back() {
    const std::size_t attempts = connection->opens.size();
    BOOST_REQUIRE(run_until(loop, [&] { return connection->opens.size() > attempts; }));
    become_ready();
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(outage_rules, Fixture)

BOOST_AUTO_TEST_CASE(the_window_in_view_tells_at_once_and_others_when_something_is_said) {
  connection->lose();
  BOOST_TEST(lines(group("ops")).back().starts_with("rule: off since "));
  BOOST_TEST(lines(group("ops")).back().ends_with(", what you write is kept and sent later"));
  BOOST_TEST(count(group("dev"), "rule: ") == 0u);
  client.enter("/msg #dev hello");
  const auto told = lines(group("dev"));
  BOOST_REQUIRE(told.size() > 1u);
  BOOST_TEST(told[told.size() - 2].starts_with("rule: off since "));
  BOOST_TEST(told.back() == "alice (pending): hello");
}

BOOST_AUTO_TEST_CASE(a_window_tells_once_an_outage) {
  connection->lose();
  client.enter("one");
  client.enter("two");
  BOOST_TEST(count(group("ops"), "rule: ") == 1u);
  come_back();
  client.enter("three");
  BOOST_TEST(count(group("ops"), "rule: ") == 1u);
  connection->lose();
  BOOST_TEST(count(group("ops"), "rule: ") == 2u);
}

BOOST_AUTO_TEST_CASE(the_rule_is_rewritten_in_its_place_on_return) {
  connection->lose();
  client.enter("hello");
  come_back();
  BOOST_TEST(count(group("ops"), "off since") == 0u);
  const auto told = lines(group("ops"));
  BOOST_REQUIRE(told.size() > 1u);
  BOOST_TEST(told[told.size() - 2].starts_with("rule: off "));
  BOOST_TEST(told[told.size() - 2].find(" to ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(that_nobody_tries_any_more_is_told_where_one_is) {
  connection->lose();
  const std::size_t attempts = connection->opens.size();
  BOOST_REQUIRE(run_until(loop, [&] { return connection->opens.size() > attempts; }));
  connection->failed.emit(gnatter::testing::tls_failure(transport::Failure::Reason::untrusted));
  BOOST_TEST(lines(group("ops")).back().starts_with("rule: stopped at "));
  BOOST_TEST(lines(group("ops")).back().ends_with(": window 1 says why, /connect tries"));
  BOOST_TEST(lines(&network.window()).back().starts_with("error: broker.example:1883 shows a certificate"));
  client.enter("/msg #dev hello");
  BOOST_TEST(count(group("dev"), "rule: stopped at ") == 1u);
  client.enter("/connect");
  become_ready();
  BOOST_TEST(lines(group("ops")).back().starts_with("rule: off "));
  BOOST_TEST(count(group("ops"), "stopped") == 0u);
}

BOOST_AUTO_TEST_CASE(a_window_that_was_closed_meanwhile_is_forgotten) {
  connection->lose();
  client.enter("/close");
  come_back();
  BOOST_TEST(group("ops") == nullptr);
}

BOOST_AUTO_TEST_CASE(the_networks_own_window_has_the_sentence_and_no_rule) {
  client.buffers.show(network.window());
  connection->lose();
  BOOST_TEST(count(&network.window(), "rule: ") == 0u);
  BOOST_TEST(count(&network.window(), "the line is lost") == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
// How it ends: the broker, the input, commands, signals.
#include <signal.h>

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/headless_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;
using boost::test_tools::per_element;
using transport::Failure;
using Texts = std::vector<std::string>;

BOOST_FIXTURE_TEST_SUITE(headless_ends, HeadlessFixture)

BOOST_AUTO_TEST_CASE(a_broker_that_is_not_there_ends_it_with_one) {
  start(true);
  answer_all();
  fail(Failure::Reason::nobody_listens);
  BOOST_TEST(exit_code() == 1);
  BOOST_REQUIRE(complaints.size() == 1u);
  BOOST_TEST(complaints[0].starts_with("Nobody listens on broker.example:1883"));
}

BOOST_AUTO_TEST_CASE(a_wrong_password_ends_it_with_one) {
  start();
  answer_all();
  fail(Failure::Reason::wrong_password);
  BOOST_TEST(exit_code() == 1);
}

BOOST_AUTO_TEST_CASE(an_outage_is_waited_for_at_the_end_of_the_input) {
  start_ready();
  type("bob hi\n");
  connection->lose();
  end();
  settle();
  fail(Failure::Reason::nobody_listens);
  BOOST_TEST(goes_on());
  BOOST_REQUIRE(run_until(loop, [&] { return connection->opens.size() == 2; }));
  answer_all();
  open(5, true);
  BOOST_TEST(exit_code() == 0);
  const auto told = events();
  BOOST_TEST(told.back() == "sent bob alice hi");
}

BOOST_AUTO_TEST_CASE(quit_does_not_wait_for_an_outage) {
  start_ready();
  type("bob hi\n");
  connection->lose();
  answer_all();
  feed("/quit\n");
  BOOST_TEST(exit_code() == 1);
  BOOST_TEST(complaints == Texts{"1 message was not sent."}, per_element());
}

BOOST_AUTO_TEST_CASE(quit_during_an_attempt_does_not_wait_for_the_outage_to_end) {
  start_ready();
  type("bob hi\n");
  connection->lose();
  BOOST_REQUIRE(run_until(loop, [&] { return connection->opens.size() == 2; }));
  type("/quit\n");
  BOOST_TEST(goes_on());
  answer_all();
  fail(Failure::Reason::nobody_listens);
  BOOST_TEST(exit_code() == 1);
  BOOST_TEST(complaints == Texts{"1 message was not sent."}, per_element());
}

BOOST_AUTO_TEST_CASE(a_connection_that_is_off_for_good_ends_a_client_that_is_not_to_stay) {
  start_ready();
  type("bob hi\n");
  BOOST_REQUIRE(run_until(
      loop, [&] { return !connection->publishes.empty() && network.session.outbox().size() == 1; }));
  connection->lose({0x8E, false});
  answer_all();
  BOOST_TEST(exit_code() == 1);
  BOOST_REQUIRE(complaints.size() == 2u);
  BOOST_TEST(complaints[0].starts_with("Another program uses this device's client id"));
  BOOST_TEST(complaints[1] == "1 message was not sent.");
}

BOOST_AUTO_TEST_CASE(who_stays_without_a_connection_and_without_input_has_nothing_to_wait_for) {
  for (const bool input_ends_first : {true, false}) {
    HeadlessFixture other;
    other.start_ready(true);
    other.answer_all();
    if (input_ends_first) other.end();
    BOOST_TEST(other.goes_on());
    other.connection->lose({0x8E, false});
    if (!input_ends_first) other.end();
    BOOST_TEST(other.exit_code() == 1);
  }
}

BOOST_AUTO_TEST_CASE(a_signal_ends_it_in_order) {
  for (int number : {SIGTERM, SIGINT, SIGHUP}) {
    HeadlessFixture other;
    other.start_ready(true);
    other.answer_all();
    ::raise(number);
    BOOST_TEST(other.exit_code() == 0);
    BOOST_TEST(other.connection->closes.size() == 1u);
  }
}

BOOST_AUTO_TEST_CASE(a_second_signal_ends_it_at_once) {
  start_ready();
  ::raise(SIGTERM);
  BOOST_TEST(goes_on());
  ::raise(SIGTERM);
  BOOST_TEST(exit_code() == 1);
}

BOOST_AUTO_TEST_CASE(the_first_signal_does_not_cut_a_leave_short) {
  start_ready();
  type("/quit\n");
  BOOST_TEST(goes_on());
  ::raise(SIGTERM);
  BOOST_TEST(goes_on());
  answer_all();
  BOOST_TEST(exit_code() == 0);
}

BOOST_AUTO_TEST_CASE(after_disconnect_the_end_of_the_input_still_logs_out_in_order) {
  start_ready();
  type("/disconnect\n");
  end();
  settle();
  BOOST_TEST(connection->closes.empty());
  answer_all();
  BOOST_TEST(exit_code() == 0);
  BOOST_TEST(connection->closes.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

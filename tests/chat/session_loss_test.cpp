// SPDX-License-Identifier: GPL-3.0-or-later
// What a Session does after a loss and a failure. Each waits a second or two.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "support/session_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;
using boost::test_tools::per_element;
using transport::Failure;

BOOST_FIXTURE_TEST_SUITE(session_loss, SessionFixture)

BOOST_AUTO_TEST_CASE(after_a_loss_everything_is_subscribed_again_and_what_waits_goes_out) {
  const auto a = subscribe("a"), x = subscribe("x", Phase::alone);
  start();
  grant(0), grant(1);
  send("first");
  lose();
  send("second");
  BOOST_TEST((session.state() == State::waiting));
  const auto lost_at = base::EventLoop::Clock::now();
  BOOST_REQUIRE(retried(2));
  BOOST_TEST((base::EventLoop::Clock::now() - lost_at >= 700ms));
  open(true);
  BOOST_TEST(asked(2) == Texts{"a"}, per_element());
  BOOST_TEST(connection->publishes.size() == 1u);
  grant(2);
  BOOST_TEST(asked(3) == Texts{"x"}, per_element());
  grant(3);
  BOOST_TEST(told == (Texts{"ready", "lost again", "ready"}), per_element());
  BOOST_REQUIRE(connection->publishes.size() == 3u);
  BOOST_TEST(connection->publishes[1].publication.payload == "first");
  BOOST_TEST(connection->publishes[2].publication.payload == "second");
}

BOOST_AUTO_TEST_CASE(the_session_is_gone_on_with_unless_an_exactly_once_publish_was_open) {
  start();
  lose(0, false);
  BOOST_REQUIRE(retried(2));
  BOOST_TEST(connection->opens[1].resume);
  open(true);
  lose(0, true);
  BOOST_REQUIRE(retried(3));
  BOOST_TEST(!connection->opens[2].resume);
  open();
  lose(0, false);
  BOOST_REQUIRE(retried(4));
  BOOST_TEST(connection->opens[3].resume);
}

BOOST_AUTO_TEST_CASE(an_open_publish_stays_open_over_an_attempt_that_fails) {
  start();
  lose(0, true);
  BOOST_REQUIRE(retried(2));
  fail(Failure::Reason::nobody_listens);
  BOOST_REQUIRE(retried(3));
  BOOST_TEST(!connection->opens[2].resume);
}

BOOST_AUTO_TEST_CASE(attempts_that_fail_are_repeated_with_growing_pauses) {
  session.start(alice());
  fail(Failure::Reason::nobody_listens);
  const auto first = base::EventLoop::Clock::now();
  BOOST_REQUIRE(retried(2));
  const auto second = base::EventLoop::Clock::now();
  fail(Failure::Reason::unreachable);
  BOOST_REQUIRE(retried(3));
  const auto third = base::EventLoop::Clock::now();
  BOOST_TEST((second - first >= 700ms && second - first < 1500ms));
  BOOST_TEST((third - second >= 1400ms && third - second < 3s));
  BOOST_TEST(told == (Texts{"failed again", "failed again"}), per_element());
}

BOOST_AUTO_TEST_CASE(a_filter_at_which_the_line_is_closed_is_not_asked_again) {
  const auto a = subscribe("a"), x = subscribe("x", Phase::alone);
  start();
  grant(0);
  lose();
  BOOST_TEST(answers == (Texts{"granted a", "closed x"}), per_element());
  BOOST_REQUIRE(retried(2));
  open();
  grant(2);
  BOOST_TEST(asked(2) == Texts{"a"}, per_element());
  BOOST_TEST((session.state() == State::ready));
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_tls_is_never_tried_again) {
  start();
  for (int reason = static_cast<int>(Failure::Reason::speaks_tls);
       reason <= static_cast<int>(Failure::Reason::refused_certificate); ++reason) {
    if (static_cast<Failure::Reason>(reason) == Failure::Reason::no_tls) continue;
    lose();
    told.clear();
    BOOST_TEST((session.state() == State::waiting));
    fail(static_cast<Failure::Reason>(reason));
    BOOST_TEST(told == Texts{"failed for good"}, per_element());
    BOOST_TEST((session.state() == State::off));
    BOOST_REQUIRE(session.failure());
    BOOST_TEST((session.failure()->reason == static_cast<Failure::Reason>(reason)));
    session.start(alice());
    BOOST_TEST(!session.failure());
    open();
  }
}

BOOST_AUTO_TEST_CASE(a_port_that_never_spoke_tls_is_tried_once) {
  session.start(alice());
  fail(Failure::Reason::no_tls);
  BOOST_TEST(told == Texts{"failed for good"}, per_element());
  // Nor does it help that another line has stood.
  session.start(alice());
  open();
  lose();
  chat::Account other = alice();
  other.port = 8883;
  session.leave(chat::Cause::disconnect, {});
  connection->finish_close();
  told.clear();
  session.start(other);
  fail(Failure::Reason::no_tls);
  BOOST_TEST(told == Texts{"failed for good"}, per_element());
}

BOOST_AUTO_TEST_CASE(a_broker_that_starts_again_behind_a_relay_is_tried_ten_times_in_a_row) {
  start();
  lose();
  told.clear();
  const auto fail_often = [&](int times) {
    for (int i = 0; i < times; ++i) fail(Failure::Reason::no_tls);
  };
  fail_often(9);
  fail(Failure::Reason::nobody_listens);  // the row begins anew
  fail_often(10);
  BOOST_TEST(told == Texts(20, "failed again"), per_element());
  fail(Failure::Reason::no_tls);
  BOOST_TEST(told.back() == "failed for good");
  BOOST_TEST((session.state() == State::off));
}

BOOST_AUTO_TEST_CASE(a_broker_that_ends_before_it_has_an_opinion_of_our_certificate_is_tried_again) {
  Failure ended;
  ended.reason = Failure::Reason::refused_certificate;
  ended.unsaid = true;
  session.start(alice());
  connection->failed.emit(ended);
  BOOST_TEST(told == Texts{"failed for good"}, per_element());  // it has never taken it
  session.start(alice());
  open();
  lose();
  told.clear();
  for (int i = 0; i < 11; ++i) connection->failed.emit(ended);
  BOOST_TEST(std::count(told.begin(), told.end(), "failed again") == 10);
  BOOST_TEST(told.back() == "failed for good");
}

BOOST_AUTO_TEST_CASE(what_waits_outlives_a_stop) {
  start();
  lose();
  send("kept");
  fail(Failure::Reason::untrusted);
  BOOST_TEST(session.outbox().size() == 1u);
  session.start(alice());
  open();
  BOOST_REQUIRE(connection->publishes.size() == 1u);
  BOOST_TEST(connection->publishes[0].publication.payload == "kept");
}

BOOST_AUTO_TEST_SUITE_END()

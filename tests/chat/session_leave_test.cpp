// SPDX-License-Identifier: GPL-3.0-or-later
// How a Session ends in order, and how it connects anew for a changed Will.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "support/session_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;
using boost::test_tools::per_element;
using transport::Failure;

namespace {

using Closes = std::vector<bool>;
constexpr bool keep = true, forget = false;

struct Fixture : SessionFixture {
  [[nodiscard]] Closes closes() const { return {connection->closes.begin(), connection->closes.end()}; }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(session_leave, Fixture)

BOOST_AUTO_TEST_CASE(leaving_waits_until_every_hold_is_gone) {
  keep_holds = true;
  start();
  leave();
  auto second = holds.front();
  settle();
  BOOST_TEST(closes().empty());
  holds.clear();
  settle();
  BOOST_TEST(closes().empty());
  second.reset();
  BOOST_TEST(closes().empty());  // never inside the callback that lets go
  settle();
  BOOST_TEST(closes() == Closes{forget}, per_element());
  BOOST_TEST(told == (Texts{"ready", "leaving"}), per_element());
  connection->finish_close();
  BOOST_TEST(told == (Texts{"ready", "leaving", "left"}), per_element());
  BOOST_TEST((session.state() == State::off));
}

BOOST_AUTO_TEST_CASE(nothing_is_on_its_way_to_us_when_it_leaves) {
  // The library closes the socket right behind DISCONNECT; a reset could take the DISCONNECT away again.
  const auto a = subscribe("a"), b = subscribe("b"), again = subscribe("a");
  start();
  grant(0), grant(1), grant(2);
  leave();
  Texts filters;
  for (const auto& unsubscribe : connection->unsubscribes) filters.push_back(unsubscribe.filter);
  std::sort(filters.begin(), filters.end());
  BOOST_TEST(filters == (Texts{"a", "b"}), per_element());
  BOOST_TEST(told == Texts{"ready"}, per_element());
  connection->answer_unsubscribe(0, FakeConnection::accepted());
  BOOST_TEST(told == Texts{"ready"}, per_element());
  connection->answer_unsubscribe(1, FakeConnection::refused(0x80, ""));
  settle();
  BOOST_TEST(told == (Texts{"ready", "leaving"}), per_element());
  BOOST_TEST(closes() == Closes{forget}, per_element());
}

BOOST_AUTO_TEST_CASE(a_broker_that_does_not_answer_does_not_keep_it_from_leaving) {
  const auto a = subscribe("a");
  start();
  grant(0);
  leave();
  BOOST_REQUIRE(run_until(
      loop, [&] { return !closes().empty(); }, 4s));
  BOOST_TEST(told == (Texts{"ready", "leaving"}), per_element());
  accept_unsubscribes();
  settle();
  BOOST_TEST(closes().size() == 1u);
}

BOOST_AUTO_TEST_CASE(leaving_waits_for_nobody_when_nobody_holds) {
  start();
  leave();
  settle();
  BOOST_TEST(closes() == Closes{forget}, per_element());
}

BOOST_AUTO_TEST_CASE(leaving_gives_up_after_two_seconds) {
  keep_holds = true;
  start();
  leave();
  const auto from = base::EventLoop::Clock::now();
  BOOST_REQUIRE(run_until(loop, [&] { return !closes().empty(); }));
  const auto waited = base::EventLoop::Clock::now() - from;
  BOOST_TEST((waited >= 1900ms && waited < 4s));
  holds.clear();
  settle();
  BOOST_TEST(closes().size() == 1u);
}

BOOST_AUTO_TEST_CASE(publishes_go_out_while_it_is_leaving) {
  keep_holds = true;
  start();
  leave();
  bool accepted = false;
  session.publish({"/chat/logout", "alice", 2, false, {}},
                  [&, hold = holds.front()](const transport::Outcome& outcome) {
                    accepted = outcome.kind == transport::Outcome::Kind::accepted;
                  });
  holds.clear();
  settle();
  BOOST_TEST(closes().empty());
  connection->accept_all();
  BOOST_TEST(accepted);
  settle();
  BOOST_TEST(closes().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_second_leave_waits_for_the_hold_of_the_first) {
  keep_holds = true;
  start();
  leave();
  leave();
  settle();
  BOOST_TEST(closes().empty());
  BOOST_TEST(told == (Texts{"ready", "leaving"}), per_element());
  holds.clear();
  settle();
  connection->finish_close();
  BOOST_TEST(closes().size() == 1u);
  BOOST_TEST(told == (Texts{"ready", "leaving", "left", "left"}), per_element());
}

BOOST_AUTO_TEST_CASE(whoever_was_never_logged_in_leaves_at_once) {
  const auto a = subscribe("a");
  session.start(alice());
  leave();
  BOOST_TEST(closes().size() == 1u);
  connection->finish_close();
  start();
  BOOST_TEST((session.state() == State::preparing));
  leave();
  BOOST_TEST(closes().size() == 2u);
  connection->finish_close();
  leave();
  BOOST_TEST(closes().size() == 3u);
  connection->finish_close();
  BOOST_TEST(told == (Texts{"left", "left", "left"}), per_element());
}

BOOST_AUTO_TEST_CASE(a_line_lost_while_leaving_is_left) {
  keep_holds = true;
  start();
  leave();
  lose();
  BOOST_TEST(told == (Texts{"ready", "leaving", "left"}), per_element());
  holds.clear();
  settle();
  BOOST_TEST(closes().empty());
  BOOST_TEST((session.state() == State::off));
}

BOOST_AUTO_TEST_CASE(leaving_ends_the_wait_for_the_next_attempt) {
  start();
  lose();
  leave();
  connection->finish_close();
  run_for(loop, 1200ms);
  BOOST_TEST(connection->opens.size() == 1u);
  BOOST_TEST(told.back() == "left");
}

BOOST_AUTO_TEST_CASE(after_leaving_one_can_connect_again) {
  const auto a = subscribe("a");
  start();
  grant(0);
  leave();
  accept_unsubscribes();
  settle();
  connection->finish_close();
  start();
  BOOST_TEST(!connection->opens[1].resume);
  BOOST_TEST(asked(1) == Texts{"a"}, per_element());
  grant(1);
  BOOST_TEST(told.back() == "ready");
}

BOOST_AUTO_TEST_CASE(a_changed_will_costs_one_reconnect_on_the_kept_session) {
  const auto a = subscribe("a");
  start();
  grant(0);
  session.replan();
  session.replan();
  BOOST_TEST(closes().empty());
  settle();
  BOOST_TEST(closes() == Closes{keep}, per_element());
  BOOST_TEST(connection->opens.size() == 1u);
  connection->finish_close();
  BOOST_REQUIRE(connection->opens.size() == 2u);
  BOOST_TEST(connection->opens[1].resume);
  open(true);
  grant(1);
  settle();
  BOOST_TEST(told == (Texts{"ready", "ready"}), per_element());
  BOOST_TEST(connection->opens.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_reconnect_waits_for_what_is_unanswered_and_sends_nothing_new) {
  start();
  for (int i = 0; i < 20; ++i) send(std::to_string(i));
  BOOST_TEST(connection->publishes.size() == 16u);
  session.replan();
  settle();
  BOOST_TEST(closes().empty());
  for (std::size_t i = 0; i < 15; ++i) connection->answer_publish(i, FakeConnection::accepted());
  BOOST_TEST(connection->publishes.size() == 16u);
  BOOST_TEST(closes().empty());
  connection->answer_publish(15, FakeConnection::refused(0x97, "quota"));
  BOOST_TEST(closes() == Closes{keep}, per_element());
  connection->finish_close();
  open(true);
  BOOST_TEST(connection->publishes.size() == 20u);
}

BOOST_AUTO_TEST_CASE(a_reconnect_waits_for_an_exactly_once_publish_of_a_plugin) {
  // A fresh client would use its packet id again on the kept session.
  start();
  session.publish({"/chat/login", "alice", 2, false, {}}, {});
  session.replan();
  settle();
  BOOST_TEST(closes().empty());
  connection->accept_all();
  settle();
  BOOST_TEST(closes() == Closes{keep}, per_element());
}

BOOST_AUTO_TEST_CASE(a_reconnect_without_answers_gives_the_session_up_after_two_seconds) {
  start();
  send("first");
  session.replan();
  const auto from = base::EventLoop::Clock::now();
  BOOST_REQUIRE(run_until(loop, [&] { return !closes().empty(); }));
  BOOST_TEST((base::EventLoop::Clock::now() - from >= 1900ms));
  BOOST_TEST(closes() == Closes{forget}, per_element());
  connection->answer_publish(0, FakeConnection::accepted());  // after all
  BOOST_TEST(closes().size() == 1u);
  connection->finish_close();
  open();
  BOOST_TEST((session.state() == State::ready));
}

BOOST_AUTO_TEST_CASE(an_orderly_reconnect_is_no_line_closed_at_a_filter) {
  const auto a = subscribe("a"), x = subscribe("x", Phase::alone);
  start();
  grant(0);
  BOOST_TEST(asked() == (Texts{"a", "x"}), per_element());
  session.replan();
  settle();
  connection->finish_close();
  open(true);
  grant(2);
  BOOST_TEST(asked(2) == (Texts{"a", "x"}), per_element());
  BOOST_TEST(answers == (Texts{"granted a", "granted a"}), per_element());
}

BOOST_AUTO_TEST_CASE(a_replan_while_not_connected_does_nothing) {
  session.replan();
  settle();
  BOOST_TEST(connection->opens.empty());
  start();
  lose();
  session.replan();
  settle();
  BOOST_TEST(closes().empty());
  BOOST_TEST(connection->opens.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_replan_during_an_attempt_is_made_up_for) {
  session.start(alice());
  session.replan();
  settle();
  open();
  settle();
  BOOST_TEST(closes() == Closes{keep}, per_element());
  connection->finish_close();
  BOOST_TEST(connection->opens.size() == 2u);
  open(true);
  settle();
  BOOST_TEST(closes().size() == 1u);
  BOOST_TEST((session.state() == State::ready));
}

BOOST_AUTO_TEST_CASE(a_replan_during_an_attempt_that_fails_is_met_by_the_next) {
  session.start(alice());
  session.replan();
  fail(Failure::Reason::nobody_listens);
  BOOST_REQUIRE(retried(2));
  open();
  settle();
  BOOST_TEST(closes().empty());
}

BOOST_AUTO_TEST_CASE(leaving_before_an_orderly_reconnect_logs_in_first) {
  start();
  send("unanswered");
  session.replan();
  settle();
  leave();
  BOOST_TEST(told == Texts{"ready"}, per_element());
  connection->accept_all();
  BOOST_TEST(closes() == Closes{keep}, per_element());
  connection->finish_close();
  open(true);
  settle();
  BOOST_TEST(told == (Texts{"ready", "ready", "leaving"}), per_element());
  BOOST_TEST(closes() == (Closes{keep, forget}), per_element());
  connection->finish_close();
  BOOST_TEST(told.back() == "left");
}

BOOST_AUTO_TEST_CASE(leaving_in_the_middle_of_an_orderly_reconnect_logs_in_first) {
  const auto a = subscribe("a");
  start();
  grant(0);
  session.replan();
  settle();
  connection->finish_close();
  BOOST_TEST((session.state() == State::connecting));
  leave();
  BOOST_TEST(closes().size() == 1u);
  open(true);
  grant(1);
  accept_unsubscribes();
  settle();
  BOOST_TEST(told == (Texts{"ready", "ready", "leaving"}), per_element());
  connection->finish_close();
  BOOST_TEST(told.back() == "left");
}

BOOST_AUTO_TEST_CASE(leaving_while_an_orderly_reconnect_prepares_logs_in_first) {
  const auto a = subscribe("a");
  start();
  grant(0);
  session.replan();
  settle();
  connection->finish_close();
  open(true);
  leave();
  BOOST_TEST(closes().size() == 1u);
  grant(1);
  accept_unsubscribes();
  settle();
  BOOST_TEST(told == (Texts{"ready", "ready", "leaving"}), per_element());
}

BOOST_AUTO_TEST_CASE(leaving_when_the_reconnect_fails_ends_at_once) {
  start();
  session.replan();
  settle();
  connection->finish_close();
  leave();
  fail(Failure::Reason::nobody_listens);
  BOOST_TEST(closes().size() == 2u);
  connection->finish_close();
  BOOST_TEST(told.back() == "left");
  run_for(loop, 1200ms);
  BOOST_TEST(connection->opens.size() == 2u);
}

BOOST_AUTO_TEST_CASE(leaving_on_a_resumed_session_logs_in_first) {
  // The broker has taken its Will back with the session, and the others still see us.
  const auto a = subscribe("a");
  start();
  grant(0);
  lose();
  BOOST_REQUIRE(retried(2));
  open(true);
  leave();
  BOOST_TEST(closes().empty());
  grant(1);
  accept_unsubscribes();
  settle();
  BOOST_TEST(told == (Texts{"ready", "lost again", "ready", "leaving"}), per_element());
  BOOST_TEST(closes().size() == 1u);
}

BOOST_AUTO_TEST_CASE(it_may_be_destroyed_in_any_state) {
  keep_holds = true;
  auto a = subscribe("a");
  start();
  send("unanswered");
  grant(0);
  session.publish({"/chat/login", "alice", 2, false, {}}, {});
  leave();
  accept_unsubscribes();
  // The fixture goes with the hold, the subscription and three answers outstanding.
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/session.h"

#include <boost/test/unit_test.hpp>

#include "support/session_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;
using boost::test_tools::per_element;
using transport::Failure;

BOOST_FIXTURE_TEST_SUITE(session, SessionFixture)

BOOST_AUTO_TEST_CASE(the_plan_says_who_connects_where) {
  session.start(alice());
  BOOST_REQUIRE(connection->opens.size() == 1u);
  const auto& plan = connection->opens[0];
  BOOST_TEST(plan.host == "broker.example");
  BOOST_TEST(plan.port == 1884);
  BOOST_TEST(plan.user == "alice");
  BOOST_TEST(plan.password == "secret");
  BOOST_TEST(plan.client_id == "device");
  BOOST_TEST(!plan.resume);
  BOOST_TEST(!plan.will);
  BOOST_TEST((session.state() == State::connecting));
}

BOOST_AUTO_TEST_CASE(the_broker_keeps_the_session_longer_than_it_waits_with_the_will) {
  session.set_will_delay(300s);
  const auto will = session.connecting.connect([](transport::ConnectPlan& plan) {
    plan.will = transport::Will{"/chat/logout", "alice", 2, false, {}};
  });
  session.start(alice());
  BOOST_REQUIRE(connection->opens[0].will.has_value());
  BOOST_TEST((connection->opens[0].will->delay == 300s));
  BOOST_TEST((connection->opens[0].session_expiry > 300s));
}

BOOST_AUTO_TEST_CASE(everything_is_subscribed_before_it_is_ready) {
  const auto a = subscribe("a"), b = subscribe("b");
  start();
  BOOST_TEST(asked() == (Texts{"a", "b"}), per_element());
  grant(0);
  BOOST_TEST(told.empty());
  BOOST_TEST((session.state() == State::preparing));
  grant(1);
  BOOST_TEST(told == Texts{"ready"}, per_element());
  BOOST_TEST(answers == (Texts{"granted a", "granted b"}), per_element());
}

BOOST_AUTO_TEST_CASE(with_nothing_to_subscribe_it_is_ready_at_once) {
  start();
  BOOST_TEST(told == Texts{"ready"}, per_element());
}

BOOST_AUTO_TEST_CASE(it_is_ready_after_the_filters_that_want_to_be_alone) {
  const auto x = subscribe("x", Phase::alone), a = subscribe("a");
  start();
  BOOST_TEST(asked() == Texts{"a"}, per_element());
  grant(0);
  BOOST_TEST(asked() == (Texts{"a", "x"}), per_element());
  BOOST_TEST(told.empty());
  grant(1);
  BOOST_TEST(told == Texts{"ready"}, per_element());
}

BOOST_AUTO_TEST_CASE(a_refused_filter_is_told_and_the_rest_goes_on) {
  const auto a = subscribe("a"), b = subscribe("b"), x = subscribe("x", Phase::alone);
  start();
  connection->answer_subscribe(0, FakeConnection::refused(0x87, "not authorized"));
  grant(1);
  connection->answer_subscribe(2, FakeConnection::refused(0x87, "not authorized"));
  BOOST_TEST(answers == (Texts{"refused a", "granted b", "refused x"}), per_element());
  BOOST_TEST(told == Texts{"ready"}, per_element());
}

BOOST_AUTO_TEST_CASE(the_outbox_starts_when_it_is_ready_and_not_before) {
  const auto a = subscribe("a");
  send("first");
  start();
  bool sent_before_ready = false;
  const auto listening_first =
      session.ready.connect([&](bool) { sent_before_ready = !connection->publishes.empty(); });
  BOOST_TEST(connection->publishes.empty());
  grant(0);
  BOOST_TEST(!sent_before_ready);
  BOOST_TEST(connection->publishes.size() == 1u);
}

BOOST_AUTO_TEST_CASE(messages_come_to_filters_and_to_all_who_listen) {
  Texts seen;
  const auto a = session.subscriptions().add(
      "/test/+", 0, Phase::before_login, {},
      [&](const transport::Incoming& incoming) { seen.push_back("filter " + incoming.payload); });
  const auto all = session.message.connect(
      [&](const transport::Incoming& incoming) { seen.push_back("all " + incoming.payload); });
  start();
  connection->received.emit({"/test/a", "hi", 0, false, false, {}});
  connection->received.emit({"/other", "ho", 0, false, false, {}});
  BOOST_TEST(seen == (Texts{"filter hi", "all hi", "all ho"}), per_element());
}

BOOST_AUTO_TEST_CASE(a_wrong_password_is_not_tried_again) {
  for (const auto reason :
       {Failure::Reason::wrong_password, Failure::Reason::not_authorized, Failure::Reason::bad_client_id}) {
    session.start(alice());
    fail(reason);
    BOOST_TEST((session.state() == State::off));
  }
  BOOST_TEST(told == (Texts{"failed for good", "failed for good", "failed for good"}), per_element());
  run_for(loop, 1100ms);
  BOOST_TEST(connection->opens.size() == 3u);
}

BOOST_AUTO_TEST_CASE(who_does_not_want_it_gets_no_second_try_of_a_broker_that_was_never_there) {
  session.retry_first(false);
  session.start(alice());
  fail(Failure::Reason::nobody_listens);
  BOOST_TEST(told == Texts{"failed for good"}, per_element());
  session.start(alice());
  open();
  lose();
  BOOST_TEST((session.state() == State::waiting));
}

BOOST_AUTO_TEST_CASE(whoever_is_thrown_out_by_another_client_of_the_same_id_does_not_come_back) {
  start();
  lose(0x8E);
  BOOST_TEST((session.state() == State::off));
  BOOST_TEST(told == (Texts{"ready", "lost for good"}), per_element());
}

BOOST_AUTO_TEST_CASE(a_publish_is_not_kept) {
  start();
  int lost = 0;
  session.publish({"/chat/login", "alice", 2, false, {}}, [&](const transport::Outcome& outcome) {
    lost += outcome.kind == transport::Outcome::Kind::lost;
  });
  lose();
  BOOST_TEST(lost == 1);
  BOOST_REQUIRE(retried(2));
  open();
  BOOST_TEST(connection->publishes.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

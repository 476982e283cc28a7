// SPDX-License-Identifier: GPL-3.0-or-later
// The presence plugin when the line goes and comes, and when it is unloaded and loaded itself.
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/presence_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;
using boost::test_tools::per_element;
using protocol::Status;

BOOST_FIXTURE_TEST_SUITE(presence_line, PresenceFixture)

BOOST_AUTO_TEST_CASE(logins_are_answered_after_an_orderly_reconnect) {
  log_in();
  for (int i = 0; i < 20; ++i) receive("/chat/login", "user" + std::to_string(i));
  session.replan();
  settle();
  connection->finish_close();
  become_ready();
  connection->accept_all();
  sent();
  receive("/chat/login", "bob");
  BOOST_TEST(sent() == active, per_element());
}

BOOST_AUTO_TEST_CASE(after_a_loss_it_logs_in_again_and_everyone_is_as_of_before) {
  log_in();
  receive("/chat/active", "bob");
  receive("/chat/user/carol/status", "AWAY");
  connection->lose();
  BOOST_TEST(here() == (Texts{"bob (frozen)", "carol AWAY (frozen)"}), per_element());
  come_back();
  BOOST_TEST(sent() == Texts{"/chat/login alice"}, per_element());
  receive("/chat/active", "bob");
  receive("/chat/active", "carol");
  BOOST_TEST(here() == (Texts{"bob", "carol"}), per_element());
}

BOOST_AUTO_TEST_CASE(after_an_orderly_reconnect_everyone_is_as_of_before_too) {
  log_in();
  receive("/chat/active", "bob");
  session.replan();
  settle();
  connection->finish_close();
  become_ready();
  BOOST_TEST(here() == Texts{"bob (frozen)"}, per_element());
}

BOOST_AUTO_TEST_CASE(nothing_is_published_while_the_line_is_off) {
  log_in();
  connection->lose();
  type("/away");
  BOOST_TEST(sent().empty());
  BOOST_TEST((network.self_status() == Status::away));
  come_back();
  sent();
  connection->accept_all();
  BOOST_TEST(sent() == Texts{"/chat/user/alice/status AWAY"}, per_element());
}

BOOST_AUTO_TEST_CASE(unloading_logs_out_and_withdraws_the_will_while_chat_goes_on) {
  log_in();
  receive("/chat/active", "bob");
  bool done = false;
  plugins.unload("presence", [&] { done = true; });
  settle();
  BOOST_TEST(sent() == Texts{"/chat/logout alice"}, per_element());
  BOOST_TEST(!done);
  connection->accept_all();
  BOOST_REQUIRE(run_until(
      loop, [&] { return done; }, 1s));
  Texts gone;
  for (const auto& unsubscribe : connection->unsubscribes) gone.push_back(unsubscribe.filter);
  for (const char* filter : {"/chat/login", "/chat/logout", "/chat/active", "/chat/user/+/status"})
    BOOST_TEST(std::count(gone.begin(), gone.end(), filter) == 1, filter);
  BOOST_TEST(here().empty());
  BOOST_TEST(!network.roster_kept);
  settle();
  BOOST_REQUIRE(connection->closes.size() == 1u);
  connection->finish_close();
  BOOST_TEST(!connection->opens.back().will);
  become_ready();
  BOOST_TEST(sent().empty());
  receive("/chat/login", "carol");
  receive("/chat/user/alice/message/bob", "still here?");
  BOOST_TEST(sent().empty());
  BOOST_TEST(said(direct("bob")) == Texts{"bob: still here?"}, per_element());
}

BOOST_AUTO_TEST_CASE(loading_while_connected_logs_in_with_one_reconnect) {
  BOOST_REQUIRE(unload("presence"));
  connect();
  plugins.load("presence");
  settle();
  BOOST_REQUIRE(connection->closes.size() == 1u);
  BOOST_TEST(connection->closes[0]);
  connection->finish_close();
  BOOST_TEST(connection->opens.back().will.has_value());
  become_ready();
  BOOST_TEST(sent() == Texts{"/chat/login alice"}, per_element());
  settle();
  BOOST_TEST(connection->closes.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_reload_costs_one_reconnect) {
  log_in();
  type("/plugin reload presence");
  settle();
  connection->accept_all();
  BOOST_REQUIRE(run_until(
      loop, [&] { return told("Plugin presence is loaded") == 1u; }, 3s));
  settle();
  connection->finish_close();
  become_ready();
  settle();
  BOOST_TEST(connection->opens.size() == 2u);
  BOOST_TEST(connection->opens.back().will.has_value());
  BOOST_TEST(sent() == (Texts{"/chat/logout alice", "/chat/login alice"}), per_element());
}

BOOST_AUTO_TEST_SUITE_END()

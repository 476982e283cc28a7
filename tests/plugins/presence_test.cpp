// SPDX-License-Identifier: GPL-3.0-or-later
// The presence plugin: what it publishes, answers and believes.
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/presence_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;
using boost::test_tools::per_element;
using protocol::Status;

BOOST_FIXTURE_TEST_SUITE(presence, PresenceFixture)

BOOST_AUTO_TEST_CASE(it_subscribes_as_the_protocol_has_it_with_the_statuses_last_and_alone) {
  client.connect(network, alice());
  open();
  std::vector<std::pair<std::string, int>> asked;
  for (const auto& subscribe : connection->subscribes) asked.emplace_back(subscribe.filter, subscribe.qos);
  for (const auto& [filter, qos] :
       {std::pair<const char*, int>{"/chat/login", 2}, {"/chat/logout", 2}, {"/chat/active", 1}})
    BOOST_TEST(std::count(asked.begin(), asked.end(), std::pair<std::string, int>(filter, qos)) == 1, filter);
  BOOST_TEST(asked.size() == 4u);  // and the own inbox
  accept_subscribes();
  BOOST_TEST(connection->subscribes.size() == 6u);  // and, alone, what other devices send
  BOOST_TEST(connection->subscribes.back().filter == "/chat/user/+/status");
  BOOST_TEST(connection->subscribes.back().qos == 0);
}

BOOST_AUTO_TEST_CASE(the_login_goes_out_after_the_last_suback) {
  client.connect(network, alice());
  open();
  for (std::size_t i = 0; i < 5; ++i) connection->answer_subscribe(i, FakeConnection::accepted());
  BOOST_TEST(sent().empty());
  connection->answer_subscribe(5, FakeConnection::accepted());
  BOOST_TEST(sent() == Texts{"/chat/login alice"}, per_element());
  const auto& login = connection->publishes[0].publication;
  BOOST_TEST(login.qos == 2);
  BOOST_TEST(!login.retain);
  BOOST_TEST(login.properties.empty());
}

BOOST_AUTO_TEST_CASE(the_status_follows_the_login_once_the_broker_has_it) {
  connect();
  sent();
  connection->accept_all();
  BOOST_TEST(sent() == Texts{"/chat/user/alice/status ONLINE"}, per_element());
  BOOST_TEST(connection->publishes[1].publication.qos == 0);
  BOOST_TEST(!connection->publishes[1].publication.retain);
}

BOOST_AUTO_TEST_CASE(the_will_is_the_logout) {
  client.connect(network, alice());
  BOOST_REQUIRE(connection->opens[0].will.has_value());
  const auto& will = *connection->opens[0].will;
  BOOST_TEST(will.topic == "/chat/logout");
  BOOST_TEST(will.payload == "alice");
  BOOST_TEST(will.qos == 2);
  BOOST_TEST(!will.retain);
  BOOST_TEST((will.delay == 5s));
}

BOOST_AUTO_TEST_CASE(the_logout_goes_out_and_is_waited_for_before_the_end) {
  log_in();
  client.leave(chat::Cause::quit, [] {});
  connection->accept_all();  // the UNSUBACKs
  settle();
  BOOST_TEST(sent() == Texts{"/chat/logout alice"}, per_element());
  BOOST_TEST(connection->publishes.back().publication.qos == 2);
  BOOST_TEST(!connection->publishes.back().publication.retain);
  BOOST_TEST(connection->closes.empty());
  connection->accept_all();
  settle();
  BOOST_TEST(connection->closes.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_login_is_answered) {
  log_in();
  receive("/chat/login", "bob");
  BOOST_TEST(sent() == active, per_element());
  BOOST_TEST(connection->publishes.back().publication.qos == 1);
  BOOST_TEST(!connection->publishes.back().publication.retain);
  BOOST_TEST(here() == Texts{"bob"}, per_element());
}

BOOST_AUTO_TEST_CASE(whoever_is_away_says_so_after_the_answer) {
  log_in();
  type("/away");
  sent();
  receive("/chat/login", "bob");
  BOOST_TEST(sent() == (Texts{"/chat/active alice", "/chat/user/alice/status AWAY"}), per_element());
  type("/dnd");
  sent();
  receive("/chat/login", "carol");
  BOOST_TEST(sent() == (Texts{"/chat/active alice", "/chat/user/alice/status DO NOT DISTURB"}),
             per_element());
  type("/back");
  sent();
  receive("/chat/login", "dan");
  BOOST_TEST(sent() == active, per_element());
}

BOOST_AUTO_TEST_CASE(the_own_login_is_not_answered_and_shows_that_one_is_here) {
  log_in();
  receive("/chat/login", "alice");
  BOOST_TEST(sent().empty());
  BOOST_TEST(here() == Texts{"alice"}, per_element());
}

BOOST_AUTO_TEST_CASE(actives_logouts_and_statuses_keep_the_roster_and_are_not_answered) {
  log_in();
  receive("/chat/active", "bob");
  receive("/chat/active", "carol");
  receive("/chat/user/bob/status", "AWAY");
  receive("/chat/user/dan/status", "DO NOT DISTURB");
  receive("/chat/logout", "carol");
  BOOST_TEST(here() == (Texts{"bob AWAY", "dan DO NOT DISTURB"}), per_element());
  BOOST_TEST(sent().empty());
}

BOOST_AUTO_TEST_CASE(what_is_no_status_is_ignored) {
  log_in();
  for (const char* payload : {"", "away", "AWAY ", "ONLINE\n", "BUSY"})
    receive("/chat/user/bob/status", payload);
  BOOST_TEST(here().empty());
}

BOOST_AUTO_TEST_CASE(retained_announcements_are_nobodys_news) {
  log_in();
  receive("/chat/active", "carol");
  receive("/chat/login", "bob", {}, true);
  receive("/chat/active", "bob", {}, true);
  receive("/chat/logout", "carol", {}, true);
  receive("/chat/user/carol/status", "AWAY", {}, true);
  receive("/chat/logout", "alice", {}, true);
  BOOST_TEST(here() == Texts{"carol"}, per_element());
  BOOST_TEST(sent().empty());
}

BOOST_AUTO_TEST_CASE(names_that_are_not_allowed_are_dropped_and_not_answered) {
  log_in();
  for (const char* name : {"", "a/b", "*", "a:b", " bob", "\x1b[2J", "\xFF"}) {
    receive("/chat/login", name);
    receive("/chat/active", name);
    receive("/chat/logout", name);
  }
  receive("/chat/user//status", "AWAY");
  receive("/chat/user/a:b/status", "AWAY");
  BOOST_TEST(sent().empty());
  BOOST_TEST(here().empty());
  BOOST_TEST(network.messenger.dropped() == 23u);
}

BOOST_AUTO_TEST_CASE(a_forged_logout_is_contradicted_and_told) {
  log_in();
  receive("/chat/login", "alice");
  receive("/chat/logout", "alice");
  BOOST_REQUIRE(contradicted());
  BOOST_TEST(sent() == active, per_element());
  BOOST_TEST(told("info: Somebody announced that you left") == 1u);
  BOOST_TEST(here() == Texts{"alice"}, per_element());
}

BOOST_AUTO_TEST_CASE(a_contradiction_does_not_overtake_the_logout_at_the_others) {
  log_in();
  const auto from = base::EventLoop::Clock::now();
  receive("/chat/logout", "alice");
  BOOST_TEST(sent().empty());
  BOOST_REQUIRE(contradicted());
  BOOST_TEST((base::EventLoop::Clock::now() - from >= 900ms));
}

BOOST_AUTO_TEST_CASE(a_rush_of_forged_logouts_is_contradicted_once_and_told_once) {
  log_in();
  for (int rush = 0; rush < 2; ++rush) {
    for (int i = 0; i < 100; ++i) receive("/chat/logout", "alice");
    BOOST_REQUIRE(contradicted());
    BOOST_TEST(sent() == active, per_element());
  }
  BOOST_TEST(told("Somebody announced that you left") == 1u);
}

BOOST_AUTO_TEST_CASE(a_logout_that_comes_before_the_end_is_not_contradicted_after_it) {
  log_in();
  receive("/chat/logout", "alice");
  client.leave(chat::Cause::quit, [] {});
  connection->accept_all();
  settle();
  sent();
  BOOST_TEST(!contradicted());
}

BOOST_AUTO_TEST_CASE(whoever_is_not_logged_in_contradicts_nobody) {
  log_in();
  client.leave(chat::Cause::quit, [] {});
  connection->accept_all();
  settle();
  sent();
  receive("/chat/logout", "alice");
  receive("/chat/login", "bob");
  BOOST_TEST(sent().empty());
}

BOOST_AUTO_TEST_CASE(a_rush_of_logins_is_answered_together) {
  log_in();
  for (int i = 0; i < 500; ++i) receive("/chat/login", "user" + std::to_string(i));
  const auto first = sent();
  BOOST_TEST(first.size() == 16u);
  std::size_t all = first.size();
  for (int i = 0; i < 5; ++i) {
    connection->accept_all();
    all += sent().size();
  }
  BOOST_TEST(all == 17u);  // one after the last login tells them all
  BOOST_TEST(here().size() == 500u);
}

BOOST_AUTO_TEST_CASE(the_status_commands_say_it_to_all_and_to_the_user) {
  log_in();
  type("/status away");
  type("/status dnd");
  type("/status online");
  BOOST_TEST(sent() == (Texts{"/chat/user/alice/status AWAY", "/chat/user/alice/status DO NOT DISTURB",
                              "/chat/user/alice/status ONLINE"}),
             per_element());
  BOOST_TEST(told("info: Your status is DO NOT DISTURB.") == 1u);
  BOOST_TEST(refusal("/status busy").starts_with("Usage: /status"));
  BOOST_TEST(refusal("/status").starts_with("Usage: /status"));
  BOOST_TEST(sent().empty());
}

BOOST_AUTO_TEST_CASE(a_status_that_stands_already_is_told_with_its_beginning) {
  log_in();
  type("/away");
  sent();
  type("/away");
  BOOST_TEST(told("info: You are AWAY since ") == 1u);
  BOOST_TEST(told("; /back ends it.") == 1u);
  BOOST_TEST(sent().empty());
  type("/back");
  BOOST_TEST(sent() == (Texts{"/chat/user/alice/status ONLINE"}), per_element());
  type("/back");
  BOOST_TEST(told("info: Your status is ONLINE.") == 2u);
}

BOOST_AUTO_TEST_CASE(before_the_first_connection_there_is_nobody_to_tell) {
  BOOST_TEST(refusal("/away") == "Not connected yet: there is nobody to tell.");
}

BOOST_AUTO_TEST_CASE(statuses_that_are_refused_or_break_the_line_are_told_and_not_asked_for_again) {
  client.connect(network, alice());
  open();
  for (std::size_t i = 0; i < 5; ++i) connection->answer_subscribe(i, FakeConnection::accepted());
  connection->lose();
  BOOST_TEST(told("gives out no statuses") == 1u);
  come_back();
  const auto filters = subscribed(6);
  BOOST_TEST(std::count(filters.begin(), filters.end(), "/chat/user/+/status") == 0);
  BOOST_TEST(sent() == Texts{"/chat/login alice"}, per_element());
}

BOOST_AUTO_TEST_CASE(a_refused_login_is_told) {
  connect();
  connection->answer_publish(0, FakeConnection::refused(0x87, "not authorized"));
  BOOST_TEST(told("info: broker.example refused the login") == 1u);
}

BOOST_AUTO_TEST_CASE(logins_that_may_not_be_read_are_told_once) {
  client.connect(network, alice());
  open();
  for (std::size_t i = 0; i < 4; ++i) connection->answer_subscribe(i, FakeConnection::refused(0x87, ""));
  accept_subscribes();
  BOOST_TEST(told("does not let alice read who logs in and out") == 1u);
  BOOST_TEST(sent() == Texts{"/chat/login alice"}, per_element());
}

BOOST_AUTO_TEST_CASE(two_networks_have_a_presence_each_and_one_status) {
  log_in();
  FakeConnection* const first = connection;
  chat::Network& second = client.add_network();
  chat::Account carol = alice();
  carol.user = "carol";
  client.connect(second, carol);
  become_ready();
  BOOST_TEST(connection->publishes[0].publication.payload == "carol");
  connection->accept_all();
  type("/away");
  BOOST_TEST(first->publishes.back().publication.topic == "/chat/user/alice/status");
  BOOST_TEST(connection->publishes.back().publication.topic == "/chat/user/carol/status");
  BOOST_TEST(connection->publishes.back().publication.payload == "AWAY");
}

BOOST_AUTO_TEST_SUITE_END()

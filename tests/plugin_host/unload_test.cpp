// SPDX-License-Identifier: GPL-3.0-or-later
// A plugin goes with all that it registered, whenever it goes. Runs best under a sanitizer.
#include <boost/test/unit_test.hpp>
#include <string>

#include "support/plugin_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;

BOOST_FIXTURE_TEST_SUITE(unload, PluginFixture)

BOOST_AUTO_TEST_CASE(nothing_of_a_plugin_is_left) {
  connect();
  plugins.load("probe");
  type("/probe subscribe /test");
  accept_subscribes();
  type("/probe roster");
  type("/probe here bob");
  type("/probe timer 50");
  BOOST_REQUIRE(unload("probe"));
  BOOST_TEST(told("probe: leaving, unload") == 1u);
  BOOST_TEST(refusal("/probe print x").starts_with("There is no /probe"));
  BOOST_TEST(refusal("/probe-alias print x").starts_with("There is no /probe-alias"));
  BOOST_TEST(connection->unsubscribes.back().filter == "/test");
  BOOST_TEST(!network.roster_kept);
  const auto before = lines(&network.window()).size();
  receive("/test", "hi");
  run_for(loop, 100ms);
  connection->lose();
  BOOST_TEST(told("probe: off") == 0u);
  BOOST_TEST(told("probe: timer") == 0u);
  BOOST_TEST(lines(&network.window()).size() == before + 1);  // the loss
}

BOOST_AUTO_TEST_CASE(the_core_is_not_asked_to_reconnect_for_a_plugin_without_will) {
  connect();
  plugins.load("probe");
  BOOST_REQUIRE(unload("probe"));
  settle();
  BOOST_TEST(connection->closes.empty());
}

BOOST_AUTO_TEST_CASE(an_unloaded_plugin_can_be_loaded_again) {
  connect();
  plugins.load("probe");
  BOOST_TEST(load_refusal("probe") == "probe is loaded already.");
  BOOST_REQUIRE(unload("probe"));
  BOOST_CHECK_THROW(plugins.unload("probe", {}), base::UserError);
  BOOST_TEST(load_refusal("probe") == "");
  type("/probe print again");
  BOOST_TEST(told("info: again") == 1u);
}

BOOST_AUTO_TEST_CASE(a_reload_runs_the_new_code) {
  const std::filesystem::path built = GNATTER_TEST_PLUGINS;
  put("mine", bytes_of(built / "probe.so"));
  plugins.load("mine");
  BOOST_TEST(refusal("/other print x") != "");
  std::filesystem::remove(directory.path() / "mine.so");
  put("mine", bytes_of(built / "other.so"));
  BOOST_REQUIRE(unload("mine"));
  plugins.load("mine");
  BOOST_TEST(refusal("/other print x") == "");
  BOOST_TEST(refusal("/probe print x") != "");
}

BOOST_AUTO_TEST_CASE(a_suback_may_come_after_the_unload) {
  connect();
  plugins.load("probe");
  type("/probe subscribe /test");
  type("/probe subscribe-alone /alone");
  BOOST_REQUIRE(unload("probe"));
  accept_subscribes();
  connection->lose();
  BOOST_TEST(told("probe: granted") == 0u);
}

BOOST_AUTO_TEST_CASE(the_answer_to_a_publish_may_come_after_the_unload) {
  connect();
  plugins.load("probe");
  type("/probe publish /test");
  type("/probe publish /test");
  BOOST_REQUIRE(unload("probe"));
  connection->answer_publish(0, FakeConnection::accepted());
  connection->lose();
  BOOST_TEST(told("probe: accepted") == 0u);
  BOOST_TEST(told("probe: lost") == 0u);
}

BOOST_AUTO_TEST_CASE(a_plugin_may_be_unloaded_from_within_its_own_command) {
  connect();
  plugins.load("probe");
  bool done = false;
  const auto listening = network.window().appended.connect([&](const chat::Line& line) {
    if (line.text == "now") plugins.unload("probe", [&] { done = true; });
  });
  type("/probe print now");
  BOOST_TEST(!done);
  BOOST_TEST(run_until(
      loop, [&] { return done; }, 2s));
}

BOOST_AUTO_TEST_CASE(a_plugin_may_be_unloaded_from_within_its_own_message_and_timer) {
  for (const char* what : {"/test go", "timer", "accepted 0", "granted 1"}) {
    if (!session.opened().session_present && session.state() != chat::Session::State::ready) connect();
    plugins.load("probe");
    bool done = false;
    const auto listening = network.window().appended.connect([&](const chat::Line& line) {
      if (line.text == "probe: " + std::string(what)) plugins.unload("probe", [&] { done = true; });
    });
    type("/probe subscribe /test");
    accept_subscribes();
    receive("/test", "go");
    if (!done) type("/probe timer 1");
    if (!done) type("/probe publish /test");
    connection->accept_all();
    BOOST_TEST(run_until(
                   loop, [&] { return done; }, 2s),
               what);
  }
}

BOOST_AUTO_TEST_CASE(a_leave_is_waited_for) {
  connect();
  plugins.load("probe");
  type("/probe hold");
  bool done = false;
  plugins.unload("probe", [&] { done = true; });
  settle();
  BOOST_TEST(!done);
  BOOST_TEST(refusal("/plugin load probe") == "");  // once it has gone
  BOOST_CHECK_THROW(plugins.unload("probe", {}), base::UserError);
  type("/probe let-go");
  BOOST_TEST(!done);
  BOOST_TEST(run_until(
      loop, [&] { return done; }, 1s));
  BOOST_TEST(told("info: Plugin probe is loaded.") == 1u);
  type("/probe print alive");
  BOOST_TEST(told("info: alive") == 1u);
}

BOOST_AUTO_TEST_CASE(a_leave_that_never_ends_is_waited_for_two_seconds) {
  connect();
  plugins.load("probe");
  type("/probe hold");
  const auto from = base::EventLoop::Clock::now();
  BOOST_REQUIRE(unload("probe"));
  const auto waited = base::EventLoop::Clock::now() - from;
  BOOST_TEST((waited >= 1900ms && waited < 4s));
}

BOOST_AUTO_TEST_CASE(a_hold_kept_for_ever_does_not_keep_a_session_from_leaving) {
  connect();
  plugins.load("probe");
  type("/probe hold");
  bool left = false;
  client.leave(chat::Cause::quit, [&] { left = true; });
  connection->accept_all();
  settle();
  BOOST_TEST(connection->closes.empty());
  BOOST_REQUIRE(run_until(
      loop, [&] { return !connection->closes.empty(); }, 4s));
  connection->finish_close();
  BOOST_TEST(left);
}

BOOST_AUTO_TEST_CASE(the_will_of_an_unloaded_plugin_goes_in_one_reconnect) {
  plugins.load("probe");
  plugins.load("other");
  type("/probe will of probe");
  type("/other will of other");
  connect();
  BOOST_REQUIRE(unload("other"));  // it has none
  settle();
  BOOST_TEST(connection->closes.empty());
  BOOST_REQUIRE(unload("probe"));
  settle();
  BOOST_REQUIRE(connection->closes.size() == 1u);
  BOOST_TEST(connection->closes[0]);  // the session is kept
  connection->finish_close();
  BOOST_REQUIRE(connection->opens.size() == 2u);
  BOOST_TEST(!connection->opens[1].will);
  BOOST_TEST(connection->opens[1].resume);
}

BOOST_AUTO_TEST_CASE(a_will_set_while_connected_costs_one_reconnect) {
  connect();
  plugins.load("probe");
  type("/probe will of probe");
  type("/probe replan");
  type("/probe replan");
  settle();
  connection->finish_close();
  BOOST_REQUIRE(connection->opens.size() == 2u);
  BOOST_TEST((connection->opens[1].will && connection->opens[1].will->payload == "of probe"));
  become_ready();
  settle();
  BOOST_TEST(connection->opens.size() == 2u);
}

BOOST_AUTO_TEST_CASE(the_next_plugin_gets_the_will_that_became_free) {
  plugins.load("probe");
  plugins.load("other");
  type("/probe will of probe");
  type("/other will of other");
  connect();
  BOOST_REQUIRE(unload("probe"));
  settle();
  connection->finish_close();
  BOOST_REQUIRE(connection->opens.size() == 2u);
  BOOST_TEST((connection->opens[1].will && connection->opens[1].will->payload == "of other"));
}

BOOST_AUTO_TEST_CASE(an_unload_during_an_attempt_takes_its_will_too) {
  plugins.load("probe");
  type("/probe will of probe");
  client.connect(network, alice());
  BOOST_REQUIRE(unload("probe"));
  open();
  settle();
  connection->finish_close();
  BOOST_REQUIRE(connection->opens.size() == 2u);
  BOOST_TEST(!connection->opens[1].will);
}

BOOST_AUTO_TEST_CASE(a_will_that_was_given_up_before_costs_nothing_at_the_unload) {
  plugins.load("probe");
  type("/probe will of probe");
  connect();
  type("/probe will");
  type("/probe replan");
  settle();
  connection->finish_close();
  become_ready();
  BOOST_TEST(!connection->opens.back().will);
  BOOST_REQUIRE(unload("probe"));
  settle();
  BOOST_TEST(connection->closes.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_constructor_that_throws_leaves_nothing_behind) {
  connect();
  BOOST_TEST(load_refusal("failing") == "Plugin failing did not start: there is no \u241B[2Jconfiguration");
  BOOST_TEST(refusal("/failing").starts_with("There is no /failing"));
  BOOST_TEST(connection->unsubscribes.back().filter == "/failing");
  accept_subscribes();
  run_for(loop, 20ms);
  connection->lose();
  BOOST_REQUIRE(run_until(loop, [&] { return connection->opens.size() == 2; }));
  become_ready();
  BOOST_TEST(told("failing: ready") == 0u);
  BOOST_TEST(load_refusal("failing") != "");
}

BOOST_AUTO_TEST_CASE(functions_go_with_their_subscription_and_not_only_at_the_unload) {
  connect();
  plugins.load("probe");
  type("/probe tokens");
  BOOST_TEST(told("info: 1 held") == 1u);
  for (int i = 0; i < 10; ++i) {
    type("/probe subscribe /test");
    accept_subscribes();
    type("/probe publish /test");
    connection->accept_all();
    type("/probe timer 1");
    settle();
    type("/probe unsubscribe /test");
    connection->accept_all();
  }
  type("/probe tokens");
  BOOST_TEST(told("info: 1 held") == 2u);
}

BOOST_AUTO_TEST_CASE(the_set_may_go_with_its_plugins_in_use) {
  connect();
  plugins.load("probe");
  type("/probe will of probe");
  type("/probe hold");
  type("/probe subscribe /test");
  type("/probe publish /test");
  type("/probe timer 1");
  type("/probe roster");
  plugins.unload("probe", {});
  // The fixture goes with the unload, the timer and all answers outstanding.
}

BOOST_AUTO_TEST_SUITE_END()

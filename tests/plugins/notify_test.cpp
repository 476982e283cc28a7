// SPDX-License-Identifier: GPL-3.0-or-later
// The notify plugin: of what it tells, when, and by what.
#include <algorithm>

#include "support/notify_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;
using boost::test_tools::per_element;

BOOST_FIXTURE_TEST_SUITE(notify, NotifyFixture)

BOOST_AUTO_TEST_CASE(a_direct_message_rings_and_is_shown_by_the_terminal) {
  say("bob", "hello");
  BOOST_TEST(rung == 1u);
  BOOST_TEST(commanded == Texts{"9;bob: hello"}, per_element());
}

BOOST_AUTO_TEST_CASE(in_a_group_only_a_mention_is_told) {
  say_in("dev", "bob", "hello");
  BOOST_TEST(rung == 0u);
  say_in("dev", "bob", "alice: hello");
  BOOST_TEST(commanded == Texts{"9;bob in #dev: alice: hello"}, per_element());
}

BOOST_AUTO_TEST_CASE(nothing_is_told_that_somebody_sees) {
  no_folding();
  client.attention.window = &client.buffers.open(network, chat::BufferKind::direct, "bob");
  client.attention.newest = true;
  say("bob", "nobody knows");
  BOOST_TEST(rung == 1u);
  client.attention.focused = true;
  say("bob", "seen");
  BOOST_TEST(rung == 1u);
  say("carol", "elsewhere");
  BOOST_TEST(rung == 2u);
  client.attention.newest = false;
  say("bob", "below");
  BOOST_TEST(rung == 3u);
  client.attention = {nullptr, true, false, client.attention.ring, client.attention.command_terminal};
  say("bob", "away from the terminal");
  BOOST_TEST(rung == 4u);
}

BOOST_AUTO_TEST_CASE(nothing_is_told_while_one_asks_for_quiet) {
  no_folding();
  network.set_self_status(Status::dnd);
  say("bob", "quiet?");
  BOOST_TEST(rung == 0u);
  network.set_self_status(Status::away);
  say("bob", "back?");
  BOOST_TEST(rung == 1u);
}

BOOST_AUTO_TEST_CASE(a_quiet_network_does_not_silence_another) {
  chat::Network& second = client.add_network();
  chat::Account account = alice();
  account.host = "work.example";
  client.connect(second, account);
  become_ready();
  network.set_self_status(Status::dnd);
  say("bob", "hello");  // the later network's connection
  BOOST_TEST(commanded == Texts{"9;bob on work.example: hello"}, per_element());
}

BOOST_AUTO_TEST_CASE(own_automatic_and_ignored_messages_are_not_told) {
  no_folding();
  set("windows", "*");
  say_in("dev", "alice", "from my other device");
  receive("/chat/user/alice/message/robot", "beep", {{"kind", "notice"}});
  type("/ignore eve");
  say("eve", "hello");
  type("/msg bob hello");
  BOOST_TEST(rung == 0u);
  say("bob", "hello");
  BOOST_TEST(rung == 1u);
}

BOOST_AUTO_TEST_CASE(windows_and_an_expression_add_and_take_away) {
  no_folding();
  set("windows", "#dev, !bob");
  say("bob", "hello");
  BOOST_TEST(rung == 0u);
  say_in("dev", "carol", "hello");
  BOOST_TEST(rung == 1u);
  set("windows", "");
  say_in("dev", "carol", "hello");
  BOOST_TEST(rung == 1u);
  set("regex", "^RELEASE|down$");
  say_in("dev", "carol", "release 1.0");
  say_in("dev", "carol", "node2 is down");
  say_in("dev", "carol", "the release");
  BOOST_TEST(rung == 3u);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_meant_is_refused_with_the_reason) {
  for (const auto& [name, value, why] : {std::tuple{"regex", "a(", "("},
                                         {"windows", "#dev, !", "behind a !"},
                                         {"command", "tell 'me", "quote"},
                                         {"fold", "-1", "from 0 to 3600"},
                                         {"fold", "3601", "from 0 to 3600"}})
    BOOST_CHECK_EXCEPTION(set(name, value), base::UserError, [why = why](const auto& error) {
      return std::string(error.what()).find(why) != std::string::npos;
    });
  say_in("dev", "bob", "a(");
  BOOST_TEST(rung == 0u);
}

BOOST_AUTO_TEST_CASE(what_follows_soon_is_told_together) {
  set("fold", "1");
  for (const char* sender : {"bob", "bob", "carol", "eve"}) say(sender, "hello");
  BOOST_TEST(rung == 1u);
  BOOST_TEST(run_until(
      loop, [&] { return rung == 2; }, 5s));
  BOOST_TEST(commanded == (Texts{"9;bob: hello", "9;gnatter: 3 messages from bob, carol and eve"}),
             per_element());
  run_for(loop, 1200ms);
  BOOST_TEST(rung == 2u);
}

BOOST_AUTO_TEST_CASE(what_was_read_meanwhile_is_not_told_any_more) {
  set("fold", "1");
  say("bob", "one");
  say("bob", "two");
  client.attention.window = direct("bob");
  client.attention.newest = true;
  client.attention.focused = true;
  run_for(loop, 1200ms);
  BOOST_TEST(rung == 1u);
}

BOOST_AUTO_TEST_CASE(what_waits_is_not_told_once_one_asks_for_quiet) {
  set("fold", "1");
  say("bob", "one");
  say("bob", "two");
  network.set_self_status(Status::dnd);
  run_for(loop, 1200ms);
  BOOST_TEST(rung == 1u);
}

BOOST_AUTO_TEST_CASE(what_the_broker_had_kept_rings_once) {
  for (int i = 0; i < 400; ++i) keep("user" + std::to_string(i % 12), std::to_string(i));
  BOOST_TEST(rung == 0u);
  BOOST_TEST(run_until(
      loop, [&] { return rung == 1; }, 5s));
  BOOST_TEST(commanded == Texts{"9;gnatter: 400 messages from 12 people"}, per_element());
}

BOOST_AUTO_TEST_CASE(each_way_can_be_switched) {
  no_folding();
  set("bell", "false");
  set("osc777", "true");
  say("bob;eve", "hello");
  BOOST_TEST(rung == 0u);
  BOOST_TEST(commanded == (Texts{"9;bob;eve: hello", "777;notify;bob,eve;hello"}), per_element());
  set("osc9", "false");
  set("osc777", "false");
  say("bob", "hello");
  BOOST_TEST(commanded.size() == 2u);
}

BOOST_AUTO_TEST_CASE(nothing_hostile_gets_into_a_terminals_command) {
  say("bob", "a\nb\x1b]52;c;eA==\x07\u009c$(id)");
  BOOST_REQUIRE(commanded.size() == 1u);
  BOOST_TEST(std::ranges::none_of(commanded[0],
                                  [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }));
  BOOST_TEST(commanded[0].starts_with("9;bob: a b"));
}

BOOST_AUTO_TEST_CASE(the_command_says_what_is_told_and_how) {
  type("/notify");
  BOOST_TEST(told("You are told of direct messages and mentions.") == 1u);
  BOOST_TEST(told("By: bell and osc9. Not by: osc777, notify-send and command.") == 1u);
  set("regex", "down");
  set("windows", "#ops");
  set("command", "tell-me");
  network.set_self_status(Status::dnd);
  type("/notify");
  BOOST_TEST(told("and of what /down/ finds, and as notify.windows says: #ops.") == 1u);
  BOOST_TEST(told("By: bell, osc9 and command. Not by: osc777 and notify-send.") == 1u);
  BOOST_TEST(told("while you are DO NOT DISTURB") == 1u);
  BOOST_TEST(refusal("/notify me") == "Usage: /notify or /notify test");
}

BOOST_AUTO_TEST_CASE(a_test_goes_by_each_way_that_is_on) {
  set("osc777", "true");
  type("/notify test");
  BOOST_TEST(rung == 1u);
  BOOST_TEST(commanded == (Texts{"9;gnatter: This is how you are told.",
                                 "777;notify;gnatter;This is how you are told."}),
             per_element());
  BOOST_TEST(told("info: bell: rung") == 1u);
  BOOST_TEST(told("info: osc9: sent to the terminal") == 1u);
  BOOST_TEST(told("info: osc777: sent to the terminal") == 1u);
}

BOOST_AUTO_TEST_CASE(a_test_without_a_terminal_says_so) {
  client.attention.ring = nullptr;
  client.attention.command_terminal = nullptr;
  type("/notify test");
  BOOST_TEST(told("info: bell: there is no terminal here") == 1u);
  BOOST_TEST(told("info: osc9: there is no terminal here") == 1u);
  say("bob", "hello");
}

BOOST_AUTO_TEST_CASE(a_test_with_nothing_on_says_so) {
  set("bell", "false");
  set("osc9", "false");
  type("/notify test");
  BOOST_TEST(told("Nothing is on.") == 1u);
}

BOOST_AUTO_TEST_CASE(unloaded_it_tells_nothing_and_loaded_again_it_does) {
  set("fold", "1");
  say("bob", "one");
  say("bob", "two");
  BOOST_REQUIRE(unload("notify"));
  say("bob", "three");
  run_for(loop, 1200ms);
  BOOST_TEST(rung == 1u);
  plugins.load("notify");
  say("bob", "four");
  BOOST_TEST(rung == 2u);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
// A broker may grant a forbidden SUBSCRIBE and stay silent: a missing echo is the only sign. One wait of 10
// s.
#include <boost/test/unit_test.hpp>
#include <string>

#include "support/chat_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;

BOOST_FIXTURE_TEST_SUITE(messenger_silence, ChatFixture)

BOOST_AUTO_TEST_CASE(a_group_that_gives_nothing_back_is_told_once) {
  connect();
  FakeConnection* const modern = connection;
  chat::Network& old_network = client.add_network();
  FakeConnection* const old = connection;
  chat::Account account = alice();
  account.host = "old.example";
  client.connect(old_network, account);
  become_ready(4);
  connection = modern;

  const auto say = [](chat::Network& where, const std::string& group) {
    where.messenger.say({chat::BufferKind::group, group}, "hello", protocol::Kind::message);
  };
  for (const char* name : {"silent", "echoing", "left", "refused", "pending"}) network.messenger.join(name);
  accept_subscribes();
  old_network.messenger.join("silent");
  old->accept_all();
  for (const char* name : {"silent", "silent", "echoing", "left", "refused", "not joined"})
    say(network, name);
  say(old_network, "silent");
  network.messenger.say({chat::BufferKind::direct, "bob"}, "hello", protocol::Kind::message);
  modern->answer_publish(4, FakeConnection::refused(0x87, ""));
  modern->accept_all();
  old->accept_all();
  say(network, "pending");
  echo(2);
  network.messenger.part("left");

  const auto told = [&](std::string_view name) { return count(group(name), "gives nothing back"); };
  BOOST_REQUIRE(run_until(
      loop, [&] { return told("silent") > 0; }, 15s));
  run_for(loop, 200ms);
  BOOST_TEST(count(group("silent"),
                   "error: Your line reached broker.example, but #silent gives nothing back: "
                   "you can write there, not read.") == 1u);
  for (const char* name : {"echoing", "left", "refused", "not joined", "pending"})
    BOOST_TEST(told(name) == 0u);
  BOOST_TEST(count(direct("bob"), "gives nothing back") == 0u);
  const auto* old_window = client.buffers.find(old_network, chat::BufferKind::group, "silent");
  BOOST_TEST(count(old_window,
                   "error: #silent gives nothing back: old.example lets you not read there, or not "
                   "write; it does not tell which.") == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

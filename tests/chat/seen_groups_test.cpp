// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/seen_groups.h"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "support/chat_fixture.h"
#include "transport/subscription_identifier.h"

using namespace gnatter;
using namespace gnatter::testing;
using boost::test_tools::per_element;
using Texts = std::vector<std::string>;

namespace {

const std::string all = "/chat/group/+/message/+";

struct Fixture : ChatFixture {
  chat::Messenger& messenger = network.messenger;
  chat::SeenGroups seen;

  static base::Time at(int minute) { return base::Time(std::chrono::minutes(minute)); }
  std::size_t lines_of(const std::string& group) {
    const auto found = messenger.seen_groups().entries().find(group);
    return found == messenger.seen_groups().entries().end() ? 99 : found->second.lines;
  }
  void watch() {
    messenger.watch_groups({});
    accept_subscribes();
  }
  void receive_for(const std::string& filter, const std::string& topic, const std::string& payload) {
    transport::Incoming incoming;
    incoming.topic = topic;
    incoming.payload = payload;
    incoming.subscriptions = {transport::subscription_identifier(filter)};
    connection->received.emit(incoming);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(seen_groups, Fixture)

BOOST_AUTO_TEST_CASE(the_latest_news_come_first_and_the_silent_last) {
  seen.note("zero");
  seen.note_line("dev", "bob", at(1));
  seen.note_line("ops", "carol", at(3));
  seen.note_line("dev", "dan", at(2));
  BOOST_TEST(seen.by_news() == (Texts{"ops", "dev", "zero"}), per_element());
  BOOST_TEST(seen.entries().at("dev").lines == 2u);
  BOOST_TEST(seen.entries().at("dev").last_sender == "dan");
}

BOOST_AUTO_TEST_CASE(a_thousand_are_known_and_the_oldest_goes) {
  for (int i = 0; i < 1500; ++i) seen.note_line("group" + std::to_string(i), "bob", at(i));
  BOOST_TEST(seen.entries().size() == 1000u);
  BOOST_TEST(!seen.entries().contains("group499"));
  BOOST_TEST(seen.entries().contains("group500"));
  seen.note("new");
  BOOST_TEST(seen.entries().contains("new"));
  BOOST_TEST(!seen.entries().contains("group500"));
}

BOOST_AUTO_TEST_CASE(joined_groups_count_their_lines_once) {
  connect();
  messenger.join("dev");
  accept_subscribes();
  BOOST_TEST(lines_of("dev") == 0u);
  receive("/chat/group/dev/message/bob", "one");
  messenger.say({chat::BufferKind::group, "dev"}, "two", protocol::Kind::message);
  BOOST_TEST(lines_of("dev") == 1u);
  echo(0);
  BOOST_TEST(lines_of("dev") == 2u);
  BOOST_TEST(messenger.seen_groups().entries().at("dev").last_sender == "alice");
}

BOOST_AUTO_TEST_CASE(watching_hears_of_groups_and_opens_nothing) {
  connect();
  const auto windows = client.buffers.entries().size();
  receive("/chat/group/ops/message/bob", "not watched");
  BOOST_TEST(lines_of("ops") == 99u);
  watch();
  BOOST_TEST(connection->subscribes.back().filter == all);
  receive("/chat/group/ops/message/bob", "one");
  receive("/chat/group/ops/message/carol", "two");
  receive("/chat/group/old/message/carol", "kept", {}, true);
  BOOST_TEST(lines_of("ops") == 2u);
  BOOST_TEST(lines_of("old") == 0u);
  BOOST_TEST(client.buffers.entries().size() == windows);
  BOOST_TEST(messenger.end_watch());
  BOOST_TEST(!messenger.end_watch());
  BOOST_TEST(connection->unsubscribes.back().filter == all);
  receive("/chat/group/ops/message/bob", "still on its way");
  BOOST_TEST(lines_of("ops") == 2u);
}

BOOST_AUTO_TEST_CASE(a_message_to_a_joined_group_that_is_watched_too_comes_once) {
  connect();
  messenger.join("dev");
  watch();
  receive_for("/chat/group/dev/message/+", "/chat/group/dev/message/bob", "hello");
  receive_for(all, "/chat/group/dev/message/bob", "hello");
  BOOST_TEST(said(group("dev")) == Texts{"bob: hello"}, per_element());
  BOOST_TEST(lines_of("dev") == 1u);
  receive("/chat/group/dev/message/bob", "hello");  // MQTT 3.1.1: one for all filters
  BOOST_TEST(said(group("dev")).size() == 2u);
  BOOST_TEST(lines_of("dev") == 2u);
}

BOOST_AUTO_TEST_CASE(another_account_has_seen_nothing_and_watches_nothing) {
  connect();
  watch();
  receive("/chat/group/ops/message/bob", "one");
  chat::Account bob = alice();
  bob.user = "bob";
  client.connect(network, bob);
  finish_leaving();
  become_ready();
  BOOST_TEST(messenger.seen_groups().entries().empty());
  BOOST_TEST(!messenger.watches_groups());
}

BOOST_AUTO_TEST_SUITE_END()

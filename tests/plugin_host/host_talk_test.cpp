// SPDX-License-Identifier: GPL-3.0-or-later
// What plugins hear of what is said, and what they say.
#include <boost/test/unit_test.hpp>
#include <string>

#include "protocol/message.h"
#include "support/plugin_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using boost::test_tools::per_element;
using namespace std::chrono_literals;

namespace {

using Texts = std::vector<std::string>;

struct Fixture : PluginFixture {
  Fixture() {
    plugins.load("talker");
    connect();
    network.messenger.join("dev");
    accept_subscribes();
  }
  void receive_dated(const std::string& topic, const std::string& text, base::Time sent) {
    protocol::UlidSource ids;
    const auto encoded = protocol::encode({protocol::Kind::message, text, ids.next(sent), sent});
    receive(topic, encoded.payload, encoded.properties);
  }
  /// The line is lost and comes back with the session that was.
  void come_back() {
    connection->lose();
    BOOST_REQUIRE(run_until(loop, [&] { return connection->opens.size() == 2; }));
    open(5, true);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(host_talk, Fixture)

BOOST_AUTO_TEST_CASE(a_message_is_told_with_where_and_who) {
  type("/talker hear live");
  receive("/chat/group/dev/message/bob", "alice: look");
  BOOST_TEST(told("talker: live #dev bob: alice: look mention by /chat/group/dev/message/bob") == 1u);
  receive("/chat/user/alice/message/bob", "hello alice");
  BOOST_TEST(told("talker: live bob bob: hello alice by /chat/user/alice/message/bob") == 1u);
}

BOOST_AUTO_TEST_CASE(only_what_was_wanted_is_told) {
  type("/talker hear group");
  receive("/chat/user/alice/message/bob", "direct");
  receive("/chat/group/dev/message/bob", "in the group");
  BOOST_TEST(told("talker: group") == 1u);
  BOOST_TEST(told("in the group") == 1u);
}

BOOST_AUTO_TEST_CASE(ones_own_is_for_those_who_want_all) {
  type("/talker hear live");
  type("/msg #dev hello");
  BOOST_TEST(told("talker: live") == 0u);
  type("/talker hear all");
  type("/msg #dev hello again");
  BOOST_TEST(told("talker: all #dev alice: hello again mine dated") == 1u);
}

BOOST_AUTO_TEST_CASE(automatic_lines_are_not_live) {
  const auto notice = protocol::encode({protocol::Kind::notice, "I am away", {}, {}});
  type("/talker hear live");
  receive("/chat/user/alice/message/bob", notice.payload, notice.properties);
  BOOST_TEST(told("I am away") == 0u);
  type("/talker hear all");
  receive("/chat/user/alice/message/bob", notice.payload, notice.properties);
  BOOST_TEST(told("talker: all bob bob: I am away automatic") == 1u);
}

BOOST_AUTO_TEST_CASE(a_retained_message_is_not_live) {
  type("/talker hear live");
  receive("/chat/group/dev/message/bob", "old", {}, true);
  BOOST_TEST(told("talker: live") == 0u);
}

BOOST_AUTO_TEST_CASE(what_the_broker_kept_is_not_live_by_its_date) {
  type("/talker hear live");
  const base::Time before = base::now() - 1h;
  come_back();
  receive_dated("/chat/group/dev/message/bob", "while away", before);
  receive_dated("/chat/group/dev/message/bob", "just now", base::now());
  accept_subscribes();
  receive_dated("/chat/group/dev/message/bob", "still while away", before);
  BOOST_TEST(told("while away") == 0u);
  BOOST_TEST(told("talker: live #dev bob: just now") == 1u);
}

BOOST_AUTO_TEST_CASE(what_the_broker_kept_is_not_live_by_when_it_comes) {
  type("/talker hear live");
  come_back();
  receive("/chat/group/dev/message/bob", "kept");
  accept_subscribes();
  receive("/chat/group/dev/message/bob", "kept too");
  BOOST_TEST(told("talker: live") == 0u);
  run_for(loop, 1100ms);
  receive("/chat/group/dev/message/bob", "said now");
  BOOST_TEST(told("talker: live #dev bob: said now") == 1u);
}

BOOST_AUTO_TEST_CASE(on_a_new_session_everything_is_live) {
  type("/talker hear live");
  receive_dated("/chat/group/dev/message/bob", "by a slow clock", base::now() - 1h);
  BOOST_TEST(told("by a slow clock") == 1u);
}

BOOST_AUTO_TEST_CASE(lines_of_groups_and_users_are_told_in_order) {
  type("/talker hear lines");
  receive("/chat/group/dev/message/bob", "one");
  receive("/chat/user/alice/message/bob", "/me waves");
  type("/msg bob two");
  group("dev")->print(chat::LineKind::presence, "bob left");
  network.print(chat::LineKind::info, "of the network");
  BOOST_TEST(told("talker: message #dev bob: one") == 1u);
  BOOST_TEST(told("talker: action bob bob: waves") == 1u);
  BOOST_TEST(told("talker: message bob alice: two mine") == 1u);
  BOOST_TEST(told("talker: presence #dev : bob left") == 1u);
  BOOST_TEST(told("out of order") == 0u);
  BOOST_TEST(told("of the network") == 1u);
}

BOOST_AUTO_TEST_CASE(what_a_plugin_says_goes_the_way_of_a_typed_line) {
  type("/talker say from a plugin");
  BOOST_TEST(connection->publishes.empty());
  settle();
  BOOST_REQUIRE(connection->publishes.size() == 1u);
  BOOST_TEST(connection->publishes[0].publication.topic == "/chat/group/dev/message/alice");
  BOOST_TEST(lines(group("dev")).back() == "alice (pending): from a plugin");
  type("/talker act waves");
  settle();
  BOOST_TEST(lines(group("dev")).back() == "* alice (pending) waves");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_said_is_told) {
  type("/talker say-to bad+name");
  settle();
  BOOST_TEST(told("Plugin talker: \"bad+name\" is no name: must not hold /, + or #") == 1u);
  type("/talker say ");
  settle();
  BOOST_TEST(told("Plugin talker: There is no text to send.") == 1u);
}

BOOST_AUTO_TEST_CASE(a_plugin_does_not_hear_itself_and_a_chain_is_cut) {
  plugins.load("second_talker");
  for (const char* talker : {"/talker", "/second_talker"}) {
    type(talker + std::string(" hear all"));
    type(talker + std::string(" answer"));
  }
  receive("/chat/group/dev/message/bob", "begin");
  run_for(loop, 100ms);
  BOOST_TEST(
      told("Plugin talker answers other plugins in #dev for the ninth time in a row: not sent.") +
          told("Plugin second_talker answers other plugins in #dev for the ninth time in a row: not sent.") ==
      2u);
  BOOST_TEST(connection->publishes.size() == 16u);  // each of the two begins a chain of eight
  BOOST_TEST(told("talker: all #dev alice: talker heard begin") == 1u);  // by the second one alone
}

BOOST_AUTO_TEST_CASE(a_robot_says_five_lines_a_minute_to_one_target) {
  type("/talker hear live");
  type("/talker answer automatically");
  for (int i = 0; i < 7; ++i) receive("/chat/user/alice/message/bob", std::to_string(i));
  receive("/chat/user/alice/message/carol", "another");
  settle();
  BOOST_TEST(connection->publishes.size() == 6u);
  BOOST_TEST(
      told("Plugin talker wants to say more than 5 automatic lines a minute in bob. The rest is not sent.") ==
      1u);
  BOOST_TEST(lines(direct("carol")).back() == "-alice (pending)- talker heard another");
}

BOOST_AUTO_TEST_CASE(ones_own_status_is_told) {
  network.set_self_status(protocol::Status::dnd);
  network.set_self_status(protocol::Status::dnd);
  BOOST_TEST(told("status ONLINE to DO NOT DISTURB") == 1u);
}

BOOST_AUTO_TEST_CASE(three_failures_switch_a_plugin_off) {
  type("/talker hear live");
  for (int i = 0; i < 4; ++i) receive("/chat/group/dev/message/bob", "throw");
  settle();
  BOOST_TEST(told("talker: live") == 3u);
  BOOST_TEST(told("Plugin talker failed three times and is switched off. /plugin reload talker") == 1u);
  BOOST_TEST(refusal("/talker where") ==
             "Plugin talker is switched off. /plugin reload talker starts it again.");
}

BOOST_AUTO_TEST_CASE(nothing_is_told_after_the_unload) {
  type("/talker hear lines");
  type("/talker history past");
  type("/talker setting word");
  BOOST_REQUIRE(unload("talker"));
  const auto before = network.window().end();
  receive("/chat/group/dev/message/bob", "one");
  network.set_self_status(protocol::Status::away);
  BOOST_TEST(!client.backlog.load(network, *group("dev")));
  BOOST_TEST(!client.settings.has("talker.word"));
  BOOST_TEST(network.window().end() == before);
}

BOOST_AUTO_TEST_SUITE_END()

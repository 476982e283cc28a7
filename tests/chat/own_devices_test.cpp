// SPDX-License-Identifier: GPL-3.0-or-later
// What the user's other devices send, and what is said about them.
#include "chat/own_devices.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "chat/activity.h"
#include "support/chat_fixture.h"
#include "transport/subscription_identifier.h"

using namespace gnatter;
using namespace gnatter::testing;
using boost::test_tools::per_element;

namespace {

using Texts = std::vector<std::string>;

const std::string some_id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
const std::string to_bob = "/chat/user/bob/message/alice", to_self = "/chat/user/alice/message/alice";
const std::string inbox = "/chat/user/alice/message/+", copies = "/chat/user/+/message/alice";

struct Fixture : ChatFixture {
  chat::Messenger& messenger = network.messenger;

  void say_to(const std::string& user, std::string_view text) {
    messenger.say({chat::BufferKind::direct, user}, text, protocol::Kind::message);
  }
  std::size_t told(std::string_view words) { return count(&network.window(), words); }
  /// A copy that came for one filter.
  void receive_for(const std::string& filter, const std::string& topic, const std::string& payload) {
    transport::Incoming incoming;
    incoming.topic = topic;
    incoming.payload = payload;
    incoming.subscriptions = {transport::subscription_identifier(filter)};
    connection->received.emit(incoming);
  }
  /// The SUBSCRIBE for the copies is answered so, all others are granted.
  void connect_with_copies(const transport::Outcome& answer) {
    client.connect(network, alice());
    open();
    connection->answer_subscribe(0, FakeConnection::accepted(2));
    BOOST_REQUIRE(connection->subscribes[1].filter == copies);
    connection->answer_subscribe(1, answer);
  }
};

constexpr const char* sentence = "You are here with another device too.";
constexpr const char* without_copies = "does not hand it to your others";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(own_devices, Fixture)

BOOST_AUTO_TEST_CASE(what_another_device_sends_to_one_person_is_an_own_line_in_that_window) {
  connect();
  receive(to_bob, "from my phone", {{"id", some_id}, {"kind", "message"}});
  receive(to_bob, "/me waves", {{"id", "01ARZ3NDEKTSV4RRFFQ69G5FAW"}, {"kind", "action"}});
  receive(to_bob, "by mosquitto_pub");
  BOOST_TEST(said(direct("bob")) == (Texts{"alice (sent): from my phone", "* alice (sent) waves",
                                           "alice (sent): by mosquitto_pub"}),
             per_element());
  BOOST_TEST(!messenger.last_from());
}

BOOST_AUTO_TEST_CASE(an_own_line_does_not_come_back_by_its_copy) {
  for (const int version : {5, 4}) {
    connect(version);
    const std::string text = "hello " + std::to_string(version);
    const std::size_t publish = connection->publishes.size();
    say_to("bob", text);
    echo(publish, version == 5);  // before the broker's PUBCOMP, as it may be
    connection->accept_all();
    BOOST_TEST(said(direct("bob")).back() == "alice (sent): " + text);
    BOOST_TEST(count(direct("bob"), text) == 1u);
    receive(to_bob, text);  // said once more, on another device
    BOOST_TEST(count(direct("bob"), text) == 2u);
    client.leave(chat::Cause::disconnect, [] {});
    finish_leaving();
  }
}

BOOST_AUTO_TEST_CASE(of_a_line_to_oneself_one_copy_counts) {
  connect();
  receive_for(inbox, to_self, "note");
  receive_for(copies, to_self, "note");
  BOOST_TEST(said(direct("alice")) == Texts{"alice (sent): note"}, per_element());
  say_to("alice", "typed");
  receive_for(copies, to_self, "typed");
  receive_for(inbox, to_self, "typed");
  BOOST_TEST(count(direct("alice"), "typed") == 1u);
}

BOOST_AUTO_TEST_CASE(what_others_write_to_others_is_nobodys_business) {
  connect();
  receive("/chat/user/bob/message/carol", "secret");
  BOOST_TEST(direct("bob") == nullptr);
  BOOST_TEST(direct("carol") == nullptr);
}

BOOST_AUTO_TEST_CASE(it_is_nobodys_news) {
  connect();
  chat::Activity activity(client);
  std::vector<bool> mine;
  const auto listening =
      messenger.spoken.connect([&](const chat::Spoken& spoken) { mine.push_back(spoken.mine); });
  receive(to_bob, "hello alice");
  BOOST_TEST(activity.waiting().empty());
  BOOST_TEST(activity.of(*direct("bob")).count == 0u);
  BOOST_TEST((mine == std::vector<bool>{true}));
}

BOOST_AUTO_TEST_CASE(another_device_is_told_once) {
  connect();
  BOOST_TEST(told(sentence) == 0u);
  messenger.own_devices().heard_of_another();
  messenger.own_devices().heard_of_another();
  BOOST_TEST(told(sentence) == 1u);
  BOOST_TEST(told(without_copies) == 0u);
}

BOOST_AUTO_TEST_CASE(refused_copies_are_told_once_there_is_another_device) {
  connect_with_copies(FakeConnection::refused(0x87, "not authorized"));
  BOOST_TEST((session.state() == chat::Session::State::ready));
  BOOST_TEST(told("error: ") == 0u);
  BOOST_TEST(told(without_copies) == 0u);
  messenger.own_devices().heard_of_another();
  BOOST_TEST(told(without_copies) == 1u);
  BOOST_TEST(told("pattern read /chat/user/+/message/%u") == 1u);
  messenger.own_devices().heard_of_another();
  BOOST_TEST(told(without_copies) == 1u);
}

BOOST_AUTO_TEST_CASE(a_broker_that_closes_the_line_at_that_filter_is_not_asked_again) {
  client.connect(network, alice());
  open();
  connection->answer_subscribe(0, FakeConnection::accepted(2));
  BOOST_REQUIRE(connection->subscribes.back().filter == copies);
  connection->lose();
  BOOST_REQUIRE(run_until(loop, [&] { return connection->opens.size() == 2; }));
  const auto before = connection->subscribes.size();
  become_ready();
  BOOST_TEST(subscribed(before) == Texts{inbox}, per_element());
  BOOST_TEST((session.state() == chat::Session::State::ready));
  messenger.own_devices().heard_of_another();
  BOOST_TEST(told(without_copies) == 1u);
}

BOOST_AUTO_TEST_CASE(copies_that_are_granted_and_never_come_are_told_when_it_matters) {
  connect();
  messenger.own_devices().heard_of_another();
  say_to("bob", "hello");
  connection->accept_all();
  BOOST_TEST(told(without_copies) == 0u);
  BOOST_REQUIRE(run_until(
      loop, [&] { return told(without_copies) > 0; }, std::chrono::seconds(15)));
  BOOST_TEST(told(without_copies) == 1u);
  BOOST_TEST(count(direct("bob"), "gives nothing back") == 0u);
}

BOOST_AUTO_TEST_CASE(copies_that_come_are_not_missed) {
  connect();
  messenger.own_devices().heard_of_another();
  receive(to_bob, "from my phone");
  messenger.own_devices().copy_missing();  // one line's copy may get lost with the line
  BOOST_TEST(told(without_copies) == 0u);
}

BOOST_AUTO_TEST_CASE(another_account_hears_of_its_own_devices) {
  connect();
  messenger.own_devices().heard_of_another();
  chat::Account bob = alice();
  bob.user = "bob";
  client.connect(network, bob);
  finish_leaving();
  const auto before = connection->subscribes.size();
  become_ready();
  BOOST_TEST(subscribed(before) == (Texts{"/chat/user/bob/message/+", "/chat/user/+/message/bob"}),
             per_element());
  messenger.own_devices().heard_of_another();
  BOOST_TEST(told(sentence) == 2u);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
// PahoConnection against a real mosquitto: messages and answers.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/mosquitto.h"
#include "support/old_broker.h"
#include "support/paho_fixture.h"
#include "transport/subscription_identifier.h"

using namespace gnatter;
using namespace gnatter::transport;
using namespace std::chrono_literals;
using testing::Mosquitto;
using testing::WatchedConnection;
using Kind = Outcome::Kind;

namespace {
const std::string large(100 * 1024, 'x');
constexpr const char* group = "/chat/group/dev/message/alice";
constexpr const char* text = "gr\u00fc\u00dfe \U0001F600";
const protocol::UserProperties properties{{"id", "01ARZ3NDEKTSV4RRFFQ69G5FAV"}, {"ts", text}, {"id", ""}};
}  // namespace

BOOST_FIXTURE_TEST_SUITE(paho, testing::PahoFixture)

BOOST_AUTO_TEST_CASE(messages_of_mqtt_5_come_with_their_properties) {
  Mosquitto broker;
  broker.start();
  WatchedConnection alice(loop, worker);
  BOOST_REQUIRE(open(alice, plan(broker.port())));
  BOOST_TEST(alice.opened->mqtt_version == 5);
  BOOST_TEST(!alice.opened->session_present);
  BOOST_REQUIRE(subscribe(alice, "/chat/group/+/message/+", 2));
  BOOST_TEST(alice.outcomes[0].code == 2);

  alice.publish({group, text, 1, false, properties});
  alice.publish({group, large, 2, false, {}});
  alice.publish({group, "", 0, false, {}});
  BOOST_REQUIRE(until([&] { return alice.received.size() == 3 && alice.outcomes.size() == 4; }));
  for (const auto& outcome : alice.outcomes) BOOST_TEST((outcome.kind == Kind::accepted));
  BOOST_TEST(alice.received[0].topic == group);
  BOOST_TEST(alice.received[0].payload == text);
  BOOST_TEST(alice.received[0].qos == 1);
  BOOST_TEST(!alice.received[0].retained);
  BOOST_TEST(alice.received[0].has_properties);
  BOOST_TEST((alice.received[0].properties == properties));
  // Which of the two comes first is the broker's affair: one of QoS 2 takes a further round trip.
  const bool large_last = alice.received[1].payload.empty();
  const Incoming& big = alice.received[large_last ? 2 : 1];
  BOOST_TEST(alice.received[large_last ? 1 : 2].payload.empty());
  BOOST_TEST((big.payload == large));
  BOOST_TEST(big.qos == 2);
  BOOST_TEST(!big.has_properties);
  BOOST_TEST(close(alice));
}

BOOST_AUTO_TEST_CASE(messages_of_mqtt_3_1_1_come_without) {
  Mosquitto broker;
  broker.start();
  const testing::OldBroker old(broker.port());
  WatchedConnection alice(loop, worker);
  BOOST_REQUIRE(open(alice, plan(old.port())));
  BOOST_TEST(alice.opened->mqtt_version == 4);
  BOOST_TEST(!alice.opened->maximum_packet_size);
  BOOST_REQUIRE(subscribe(alice, "/chat/group/+/message/+", 2));
  alice.publish({group, text, 1, false, properties});
  alice.publish({group, large, 1, false, {}});
  BOOST_REQUIRE(until([&] { return alice.received.size() == 2 && alice.outcomes.size() == 3; }));
  BOOST_TEST(alice.received[0].payload == text);
  BOOST_TEST(!alice.received[0].has_properties);
  BOOST_TEST((alice.received[1].payload == large));
  BOOST_TEST(close(alice));
}

BOOST_AUTO_TEST_CASE(a_copy_for_each_filter_tells_whose_it_is_on_mqtt_5) {
  Mosquitto broker;
  broker.start();
  WatchedConnection alice(loop, worker);
  BOOST_REQUIRE(open(alice, plan(broker.port())));
  const std::string one = "/chat/group/dev/message/+", all = "/chat/group/+/message/+";
  BOOST_REQUIRE(subscribe(alice, one, 1));
  BOOST_REQUIRE(subscribe(alice, all, 1));
  alice.publish({group, text, 1, false, properties});
  BOOST_REQUIRE(until([&] { return alice.received.size() == 2; }));
  std::vector<std::uint32_t> told;
  for (const Incoming& copy : alice.received) {
    BOOST_REQUIRE(copy.subscriptions.size() == 1u);
    told.push_back(copy.subscriptions.front());
    BOOST_TEST((copy.properties == properties));
  }
  std::vector<std::uint32_t> wanted{subscription_identifier(one), subscription_identifier(all)};
  std::sort(told.begin(), told.end());
  std::sort(wanted.begin(), wanted.end());
  BOOST_TEST(told == wanted, boost::test_tools::per_element());
  BOOST_TEST(close(alice));
}

BOOST_AUTO_TEST_CASE(on_mqtt_3_1_1_one_copy_comes_for_all_filters) {
  Mosquitto broker;
  broker.start();
  const testing::OldBroker old(broker.port());
  WatchedConnection alice(loop, worker);
  BOOST_REQUIRE(open(alice, plan(old.port())));
  BOOST_REQUIRE(subscribe(alice, "/chat/group/dev/message/+", 1));
  BOOST_REQUIRE(subscribe(alice, "/chat/group/+/message/+", 1));
  alice.publish({group, text, 1, false, {}});
  alice.publish({group, "last", 1, false, {}});
  BOOST_REQUIRE(until([&] { return !alice.received.empty() && alice.received.back().payload == "last"; }));
  BOOST_TEST(alice.received.size() == 2u);
  BOOST_TEST(alice.received.front().subscriptions.empty());
}

BOOST_AUTO_TEST_CASE(a_forbidden_publish_is_refused_and_the_line_stands) {
  Mosquitto broker("allow_anonymous true\nacl_file @DIR@/acl\n");
  broker.write_file("acl", "user alice\ntopic readwrite /chat/#\n");
  broker.start();
  WatchedConnection alice(loop, worker);
  BOOST_REQUIRE(open(alice, plan(broker.port())));
  for (const int qos : {1, 2, 0}) alice.publish({"/secret", "x", qos, false, {}});
  alice.publish({group, "x", 1, false, {}});
  BOOST_REQUIRE(until([&] { return alice.outcomes.size() == 4; }));
  int refused = 0;
  for (const auto& outcome : alice.outcomes)
    if (outcome.kind == Kind::refused) {
      ++refused;
      BOOST_TEST(outcome.code == 0x87);
      BOOST_TEST(outcome.reason == "not authorized");
    }
  BOOST_TEST(refused == 2);  // nobody answers QoS 0
  BOOST_TEST(!alice.lost.has_value());
}

BOOST_AUTO_TEST_CASE(a_packet_too_large_for_the_broker_is_not_sent) {
  Mosquitto broker("allow_anonymous true\nmax_packet_size 2000\n");
  broker.start();
  WatchedConnection alice(loop, worker);
  BOOST_REQUIRE(open(alice, plan(broker.port())));
  BOOST_REQUIRE(alice.opened->maximum_packet_size.has_value());
  BOOST_TEST(*alice.opened->maximum_packet_size == 2000u);
  // Fixed header 3, topic 2 + 2, packet id 2, no properties 1.
  alice.publish({"/t", std::string(2000 - 10, 'x'), 1, false, {}});
  alice.publish({"/t", std::string(2000 - 9, 'x'), 1, false, {}});
  alice.publish({"/t", std::string(1950, 'x'), 1, false, properties});
  BOOST_REQUIRE(until([&] { return alice.outcomes.size() == 3; }));
  int accepted = 0;
  for (const auto& outcome : alice.outcomes) {
    if (outcome.kind == Kind::accepted) ++accepted;
    if (outcome.kind != Kind::refused) continue;
    BOOST_TEST(outcome.code == 0x95);
    BOOST_TEST(outcome.reason == "packet too large");
  }
  BOOST_TEST(accepted == 1);
  BOOST_TEST(!alice.lost.has_value());
}

BOOST_AUTO_TEST_CASE(a_burst_beyond_the_receive_maximum_does_not_stall) {
  Mosquitto broker("allow_anonymous true\nmax_inflight_messages 20\n");
  broker.start();
  WatchedConnection alice(loop, worker);
  BOOST_REQUIRE(open(alice, plan(broker.port())));
  for (int i = 0; i < 2000; ++i) alice.publish({"/t", std::to_string(i), 1 + i % 2, false, {}});
  BOOST_TEST(until([&] { return alice.outcomes.size() == 2000; }));
  for (const auto& outcome : alice.outcomes) BOOST_REQUIRE((outcome.kind == Kind::accepted));
}

BOOST_AUTO_TEST_CASE(a_receive_maximum_of_one_is_kept) {
  Mosquitto broker("allow_anonymous true\nmax_inflight_messages 1\n");
  broker.start();
  WatchedConnection alice(loop, worker);
  BOOST_REQUIRE(open(alice, plan(broker.port())));
  for (int i = 0; i < 100; ++i) alice.publish({"/t", std::to_string(i), 2, false, {}});
  BOOST_TEST(until([&] { return alice.outcomes.size() == 100; }));
}

BOOST_AUTO_TEST_CASE(nothing_comes_after_unsubscribe) {
  Mosquitto broker;
  broker.start();
  WatchedConnection alice(loop, worker);
  BOOST_REQUIRE(open(alice, plan(broker.port())));
  BOOST_REQUIRE(subscribe(alice, "/a", 0));
  BOOST_REQUIRE(subscribe(alice, "/b", 0));
  alice.unsubscribe("/a");
  alice.publish({"/a", "x", 1, false, {}});
  alice.publish({"/b", "y", 1, false, {}});
  BOOST_REQUIRE(until([&] { return !alice.received.empty() && alice.outcomes.size() == 5; }));
  BOOST_TEST(alice.received.size() == 1u);
  BOOST_TEST(alice.received[0].payload == "y");
}

BOOST_AUTO_TEST_CASE(unsubscribing_what_was_never_subscribed_is_no_trouble) {
  Mosquitto broker;
  broker.start();
  WatchedConnection alice(loop, worker);
  BOOST_REQUIRE(open(alice, plan(broker.port())));
  bool accepted = false;
  alice.connection->unsubscribe("/never",
                                [&](const Outcome& outcome) { accepted = outcome.kind == Kind::accepted; });
  BOOST_REQUIRE(until([&] { return accepted; }));  // UNSUBACK 0x11
  BOOST_TEST(close(alice));
}

BOOST_AUTO_TEST_CASE(a_retained_message_is_marked) {
  Mosquitto broker;
  broker.start();
  WatchedConnection alice(loop, worker);
  BOOST_REQUIRE(open(alice, plan(broker.port())));
  alice.publish({"/kept", "x", 1, true, {}});
  BOOST_REQUIRE(subscribe(alice, "/kept", 1));
  BOOST_REQUIRE(until([&] { return alice.received.size() == 1; }));
  BOOST_TEST(alice.received[0].retained);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_a_topic_is_refused) {
  Mosquitto broker;
  broker.start();
  WatchedConnection alice(loop, worker);
  BOOST_REQUIRE(open(alice, plan(broker.port())));
  for (const char* topic : {"", "/a/+", "/a/#", "/\xff"}) alice.publish({topic, "x", 1, false, {}});
  for (const char* filter : {"", "/a#", "/#/a", "/\xff", "/+b"}) alice.subscribe(filter, 1);
  alice.unsubscribe("/#/a");
  BOOST_TEST(alice.outcomes.empty());  // never from inside the call
  BOOST_REQUIRE(until([&] { return alice.outcomes.size() == 10; }));
  for (const auto& outcome : alice.outcomes) BOOST_TEST((outcome.kind == Kind::refused));
  alice.publish({"/a", "x", 1, false, {}});
  BOOST_REQUIRE(until([&] { return alice.outcomes.size() == 11; }));
  BOOST_TEST((alice.outcomes.back().kind == Kind::accepted));
}

BOOST_AUTO_TEST_CASE(a_session_is_resumed_or_forgotten_as_asked) {
  Mosquitto broker;
  broker.start();
  WatchedConnection alice(loop, worker);
  WatchedConnection bob(loop, worker);
  auto resuming = plan(broker.port());
  resuming.resume = true;
  resuming.session_expiry = 60s;
  BOOST_REQUIRE(open(bob, plan(broker.port(), "bob")));
  BOOST_REQUIRE(open(alice, resuming));
  BOOST_TEST(!alice.opened->session_present);
  BOOST_REQUIRE(subscribe(alice, "/inbox", 2));
  BOOST_REQUIRE(close(alice, true));

  bob.publish({"/inbox", "while away", 2, false, {}});
  BOOST_REQUIRE(until([&] { return bob.outcomes.size() == 1; }));
  BOOST_REQUIRE(open(alice, resuming));
  BOOST_TEST(alice.opened->session_present);
  BOOST_REQUIRE(until([&] { return alice.received.size() == 1; }));
  BOOST_TEST(alice.received[0].payload == "while away");

  BOOST_REQUIRE(close(alice, false));
  BOOST_REQUIRE(open(alice, resuming));
  BOOST_TEST(!alice.opened->session_present);
}

BOOST_AUTO_TEST_CASE(two_connections_share_the_library) {
  Mosquitto broker;
  broker.start();
  WatchedConnection alice(loop, worker);
  WatchedConnection bob(loop, worker);
  BOOST_REQUIRE(open(alice, plan(broker.port(), "alice")));
  BOOST_REQUIRE(open(bob, plan(broker.port(), "bob")));
  BOOST_REQUIRE(subscribe(bob, "/t", 2));
  for (int i = 0; i < 200; ++i) alice.publish({"/t", std::to_string(i), 1, false, {}});
  BOOST_REQUIRE(until([&] { return bob.received.size() == 200; }));
  for (int i = 0; i < 200; ++i)
    BOOST_TEST(bob.received[static_cast<std::size_t>(i)].payload == std::to_string(i));
}

BOOST_AUTO_TEST_SUITE_END()

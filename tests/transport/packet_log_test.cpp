// SPDX-License-Identifier: GPL-3.0-or-later
// The two halves of a packet, as they come from a real library: see the order in which it tells them.
#include "transport/paho/packet_log.h"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace gnatter::transport;

namespace {

struct Fixture {
  int woken = 0;
  PacketLog log{[this] { ++woken; }};

  Fixture() { log.set_on(true); }
  Packet only() {
    const auto batch = log.take();
    BOOST_REQUIRE(batch.packets.size() == 1u);
    return batch.packets.front();
  }
  static Publication publication(std::string topic, std::string payload, int qos) {
    Publication made;
    made.topic = std::move(topic);
    made.payload = std::move(payload);
    made.qos = qos;
    return made;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(packet_log, Fixture)

BOOST_AUTO_TEST_CASE(a_line_of_the_trace_is_a_packet) {
  const auto sent = parse_trace("-> PUBLISH msgid: 17 qos: 2 retained: 1 rc 0 payload len(5): he): msgid: 3");
  BOOST_REQUIRE(sent.has_value());
  BOOST_TEST((sent->sent && sent->type == "PUBLISH" && sent->retained));
  BOOST_TEST(sent->id == 17);
  BOOST_TEST(sent->qos.value() == 2);
  BOOST_TEST(sent->size.value() == 5u);
  const auto quiet = parse_trace("-> PUBLISH qos: 0 retained: 0 rc: 0 payload len(5): msgid: 9");
  BOOST_TEST((quiet->id == 0 && quiet->qos == 0 && quiet->size == 5u));
  BOOST_TEST(parse_trace("<- PUBCOMP msgid:3")->id == 3);
  BOOST_TEST(parse_trace("<- PUBREL msgid 2")->id == 2);
  BOOST_TEST(parse_trace("<- CONNACK rc: 135")->code.value() == 135);
  BOOST_TEST(parse_trace("<- DISCONNECT (142)")->code.value() == 142);
  BOOST_TEST(!parse_trace("-> DISCONNECT (0)")->code.has_value());
  BOOST_TEST(parse_trace("<- PINGRESP")->type == "PINGRESP");
  for (const char* other : {"", "->", "-> ", "Connecting to serverURI", "-> lower", "<-PINGRESP"})
    BOOST_TEST(!parse_trace(other).has_value(), other);
}

BOOST_AUTO_TEST_CASE(a_publish_gets_its_topic) {
  log.will_send(publication("/a", "first", 1));
  log.will_send(publication("/b", "hello", 1));
  log.seen("-> PUBLISH msgid: 2 qos: 1 retained: 0 rc 0 payload len(5): first");
  BOOST_TEST(woken == 1);
  const Packet packet = only();
  BOOST_TEST(packet.topic == "/a");
  BOOST_TEST(packet.id == 2);
  BOOST_TEST(packet.payload == "first");
  log.seen("-> PUBLISH msgid: 3 qos: 1 retained: 0 rc 0 payload len(5): hello");
  BOOST_TEST(only().topic == "/b");
  BOOST_TEST(woken == 2);
}

BOOST_AUTO_TEST_CASE(what_was_not_asked_for_here_has_no_topic) {
  log.will_send(publication("/a", "first", 1));
  log.seen("-> PUBLISH msgid: 2 qos: 2 retained: 0 rc 0 payload len(7): another");
  const Packet packet = only();
  BOOST_TEST(packet.topic == "");
  BOOST_TEST(packet.size.value() == 7u);
}

BOOST_AUTO_TEST_CASE(what_comes_gets_its_topic_before_it_is_told) {
  log.seen("<- PUBLISH msgid: 5 qos: 1 retained: 0 payload len(5): hello");
  BOOST_TEST(log.take().packets.empty());
  Incoming message;
  message.topic = "/chat/group/dev/message/bob";
  message.payload = "hello";
  message.qos = 1;
  message.properties = {{"id", "X"}, {"ts", "T"}};
  log.received(message);
  log.seen("-> PUBACK msgid: 5 (0)");
  const auto batch = log.take();
  BOOST_REQUIRE(batch.packets.size() == 2u);
  BOOST_TEST(batch.packets[0].topic == message.topic);
  BOOST_TEST(batch.packets[0].details == "id=X, ts=T");
  BOOST_TEST(batch.packets[1].type == "PUBACK");
}

BOOST_AUTO_TEST_CASE(over_3_1_1_it_is_told_with_the_pubrel) {
  log.seen("<- PUBLISH msgid: 5 qos: 2 retained: 0 payload len(5): hello");
  log.seen("-> PUBREC msgid: 5 (0)");
  log.seen("<- PUBREL msgid 5");
  Incoming message;
  message.topic = "/t";
  message.payload = "hello";
  log.received(message);
  const auto batch = log.take();
  BOOST_REQUIRE(batch.packets.size() == 3u);
  BOOST_TEST(batch.packets[0].topic == "");
  BOOST_TEST(batch.packets[2].topic == "/t");
}

BOOST_AUTO_TEST_CASE(answers_get_their_codes_before_or_behind) {
  log.seen("<- PUBACK msgid: 4");
  log.publish_answered(0x87);
  BOOST_TEST(only().code.value() == 0x87);
  log.answered("SUBACK", 1);
  log.seen("<- SUBACK msgid: 6");
  BOOST_TEST(only().code.value() == 1);
  log.seen("<- CONNACK rc: 0");
  log.answered("CONNACK", 0, "session present");
  BOOST_TEST(only().details == "session present");
}

BOOST_AUTO_TEST_CASE(a_connect_has_no_password) {
  ConnectPlan plan;
  plan.client_id = "device";
  plan.user = "alice";
  plan.password = "SECRET";
  plan.will = Will{"/chat/logout", "alice"};
  log.will_connect(plan, 5);
  log.seen("-> CONNECT version 5 clean: 0 (0)");
  const Packet packet = only();
  BOOST_TEST(packet.details.find("client id device, user alice, with a password") != std::string::npos,
             packet.details);
  BOOST_TEST(packet.details.find("SECRET") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(off_it_keeps_nothing) {
  log.set_on(false);
  log.will_send(publication("/a", "hello", 1));
  log.seen("-> PUBLISH msgid: 2 qos: 1 retained: 0 rc 0 payload len(5): hello");
  log.set_on(true);
  BOOST_TEST(log.take().packets.empty());
  log.seen("-> PUBLISH msgid: 3 qos: 1 retained: 0 rc 0 payload len(5): hello");
  BOOST_TEST(only().topic == "");
}

BOOST_AUTO_TEST_CASE(it_is_bounded) {
  for (int i = 0; i < 5000; ++i) log.seen("<- PINGRESP");
  const auto batch = log.take();
  BOOST_TEST(batch.packets.size() == 2000u);
  BOOST_TEST(batch.more == 3000u);
  BOOST_TEST(woken == 1);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/rawlog.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/chat_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;
using boost::test_tools::per_element;
using transport::Packet;
using Texts = std::vector<std::string>;

namespace {

struct Fixture : ChatFixture {
  Fixture() {
    connect();
    client.buffers.show(network.window());
  }
  chat::Buffer* rawlog() { return window(chat::BufferKind::plugin, "rawlog"); }
  static Packet ping() {
    Packet packet;
    packet.sent = true;
    packet.type = "PINGREQ";
    return packet;
  }
  void tell(const std::vector<Packet>& packets, std::size_t more = 0) {
    connection->packets.emit(packets, more);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(rawlog, Fixture)

BOOST_AUTO_TEST_CASE(a_packet_is_a_row) {
  Packet packet;
  packet.sent = true;
  packet.type = "PUBLISH";
  packet.id = 5;
  packet.qos = 1;
  packet.retained = true;
  packet.topic = "/chat/group/dev/message/alice";
  packet.details = "id=X";
  packet.size = 5;
  packet.payload = "hello";
  BOOST_TEST(chat::packet_row(packet) ==
             "-> PUBLISH 5, QoS 1, retained, /chat/group/dev/message/alice, id=X, 5 bytes: hello");
  Packet answer;
  answer.type = "PUBACK";
  answer.id = 5;
  BOOST_TEST(chat::packet_row(answer) == "<- PUBACK 5");
  answer.code = 0;
  BOOST_TEST(chat::packet_row(answer) == "<- PUBACK 5, success");
  answer.code = 0x87;
  BOOST_TEST(chat::packet_row(answer) == "<- PUBACK 5, not authorized (0x87)");
  answer.type = "SUBACK";
  answer.code = 1;
  BOOST_TEST(chat::packet_row(answer) == "<- SUBACK 5, granted QoS 1");
}

BOOST_AUTO_TEST_CASE(what_is_in_it_is_safe_and_short) {
  Packet packet;
  packet.type = "PUBLISH";
  packet.topic = "a\x1b[31m\nb" + std::string(500, 'x');
  packet.size = 300;
  packet.payload = "one\ntwo\x1b" + std::string(248, 'y');
  const std::string row = chat::packet_row(packet);
  BOOST_TEST(row.size() < 500u);
  BOOST_TEST(row.find_first_of("\x1b\n") == std::string::npos);
  BOOST_TEST(row.ends_with("…"));
  packet.topic = "t";
  packet.size = 3;
  packet.payload = std::string("\xff\x00\x01", 3);
  BOOST_TEST(chat::packet_row(packet) == "<- PUBLISH, t, 3 bytes: ff0001");
  packet.size = 0;
  packet.payload.clear();
  BOOST_TEST(chat::packet_row(packet) == "<- PUBLISH, t, 0 bytes");
  for (std::size_t size = 70; size < 90; ++size) {  // no half character at the end
    packet.payload = std::string(size % 3, 'x');
    while (packet.payload.size() < 256) packet.payload += "€";
    packet.size = packet.payload.size();
    BOOST_TEST(chat::packet_row(packet).find("€…") != std::string::npos, size);
  }
}

BOOST_AUTO_TEST_CASE(it_is_off_until_it_is_asked_for) {
  BOOST_TEST(!connection->traced);
  BOOST_TEST(rawlog() == nullptr);
  client.enter("/rawlog on");
  BOOST_TEST(connection->traced);
  BOOST_TEST(client.buffers.current() == rawlog());
  tell({ping(), ping()});
  BOOST_TEST(count(rawlog(), "-> PINGREQ") == 2u);
  client.enter("/rawlog on");
  tell({ping()});
  BOOST_TEST(count(rawlog(), "-> PINGREQ") == 3u);
  BOOST_TEST(count(rawlog(), "Every packet to") == 1u);
  client.enter("/rawlog off");
  BOOST_TEST(!connection->traced);
  tell({ping()});
  BOOST_TEST(count(rawlog(), "-> PINGREQ") == 3u);
  client.enter("/rawlog off");
  BOOST_TEST(lines(rawlog()).back().ends_with("/rawlog on shows them."), lines(rawlog()).back());
}

BOOST_AUTO_TEST_CASE(to_close_its_window_ends_it) {
  client.enter("/rawlog on");
  client.enter("/close");
  BOOST_TEST(!connection->traced);
  BOOST_TEST(rawlog() == nullptr);
  tell({ping()});
  client.enter("/rawlog on");
  BOOST_TEST(connection->traced);
  tell({ping()});
  BOOST_TEST(count(rawlog(), "-> PINGREQ") == 1u);
}

BOOST_AUTO_TEST_CASE(a_flood_is_counted) {
  client.enter("/rawlog on");
  for (int i = 0; i < 100; ++i) tell(std::vector<Packet>(2000, ping()), 500);
  BOOST_TEST(count(rawlog(), "-> PINGREQ") == 50u);
  BOOST_REQUIRE(run_until(
      loop, [this] { return count(rawlog(), "more packets in that second") == 1; }, 3s));
  BOOST_TEST(count(rawlog(), "249950 more packets in that second") == 1u);
  tell({ping()});
  BOOST_TEST(count(rawlog(), "-> PINGREQ") == 51u);
}

BOOST_AUTO_TEST_CASE(it_says_how_it_is_used) {
  for (const char* line : {"/rawlog", "/rawlog yes", "/rawlog on now"})
    BOOST_TEST(refusal(line) == "Usage: /rawlog on|off");
}

BOOST_AUTO_TEST_CASE(each_network_has_its_own) {
  FakeConnection* const first = connection;
  chat::Network& other = client.add_network("work");
  client.enter("/rawlog on");
  BOOST_TEST(first->traced);
  BOOST_TEST(!connection->traced);
  client.buffers.show(other.window());
  client.enter("/rawlog on");
  BOOST_TEST(connection->traced);
  connection->packets.emit({ping()}, 0);
  BOOST_TEST(count(rawlog(), "-> PINGREQ") == 0u);
  BOOST_TEST(count(client.buffers.find(other, chat::BufferKind::plugin, "rawlog"), "-> PINGREQ") == 1u);
  client.enter("/rawlog off");
  BOOST_TEST((first->traced && !connection->traced));
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
// /sub, /unsub, /pub and /broker.
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "chat/completion.h"
#include "support/chat_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using boost::test_tools::per_element;
using chat::BufferKind;
using Texts = std::vector<std::string>;

namespace {

struct Fixture : ChatFixture {
  Fixture() {
    connect();
    client.enter("/join #dev");
    accept_subscribes();
  }
  const transport::Publication& sent() { return connection->publishes.back().publication; }
  std::string last_line(const chat::Buffer* buffer) { return lines(buffer).back(); }
  void answer(const transport::Outcome& outcome) {
    connection->answer_publish(connection->publishes.size() - 1, outcome);
  }
  Texts completed(std::string_view line) { return chat::complete(client, line, line.size()).candidates; }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(topic_commands, Fixture)

BOOST_AUTO_TEST_CASE(sub_opens_and_shows_a_window) {
  client.enter("/sub sensors/# 1");
  chat::Buffer* const sensors = window(BufferKind::topic, "sensors/#");
  BOOST_REQUIRE(sensors);
  BOOST_TEST(client.buffers.current() == sensors);
  BOOST_TEST(sensors->shown_name() == "sensors/#");
  BOOST_TEST(connection->subscribes.back().filter == "sensors/#");
  BOOST_TEST(connection->subscribes.back().qos == 1);
  client.enter("/sub \"a b/#\"");
  BOOST_TEST(connection->subscribes.back().filter == "a b/#");
  BOOST_TEST(connection->subscribes.back().qos == 0);
}

BOOST_AUTO_TEST_CASE(sub_refuses_what_it_cannot_do) {
  BOOST_TEST(refusal("/sub a/# 3").starts_with("A QoS is 0, 1 or 2, not 3."));
  BOOST_TEST(refusal("/sub a b") ==
             "A QoS is 0, 1 or 2, not b. A topic or filter with blanks is written \"in quotes\".");
  BOOST_TEST(refusal("/sub a/# 1 2") == "Usage: /sub FILTER [QOS]");
  BOOST_TEST(refusal("/sub a#").starts_with("a# is no filter"));
}

BOOST_AUTO_TEST_CASE(sub_alone_lists_what_is_subscribed) {
  client.enter("/sub");
  BOOST_TEST(last_line(group("dev")) ==
             "info: No topics are subscribed. /sub FILTER [QOS] does it: /sub sensors/# 1");
  client.enter("/sub a/# 1");
  client.enter("/sub \"b c\"");
  client.enter("/win #dev");
  client.enter("/sub");
  BOOST_TEST(last_line(group("dev")) == "info: Subscribed: a/# (QoS 1), \"b c\" (QoS 0).");
}

BOOST_AUTO_TEST_CASE(unsub_ends_the_one_named_or_the_one_in_view) {
  BOOST_TEST(refusal("/unsub") == "Usage: /unsub FILTER");
  BOOST_TEST(refusal("/unsub a/#") == "a/# is not subscribed. /sub lists what is.");
  client.enter("/sub a/#");
  client.enter("/sub b/#");
  client.enter("/unsub");
  BOOST_TEST(connection->unsubscribes.back().filter == "b/#");
  client.enter("/unsub a/#");
  BOOST_TEST(connection->unsubscribes.back().filter == "a/#");
}

BOOST_AUTO_TEST_CASE(text_without_a_command_is_refused_in_a_window_of_topics) {
  client.enter("/sub a/#");
  BOOST_TEST(refusal("hello").find("/pub TOPIC TEXT publishes") != std::string::npos);
  BOOST_TEST(refusal("/me waves").find("Nothing was sent.") != std::string::npos);
  BOOST_TEST(connection->publishes.empty());
}

BOOST_AUTO_TEST_CASE(pub_sends_the_text_as_it_stands) {
  client.enter("/pub sensors/kitchen  21.5  \"C\" ");
  BOOST_TEST(sent().topic == "sensors/kitchen");
  BOOST_TEST(sent().payload == " 21.5  \"C\" ");
  BOOST_TEST(sent().qos == 0);
  BOOST_TEST(!sent().retain);
  BOOST_TEST(sent().properties.empty());
  client.enter("/quote -q 2 -r \"a b\" -r x");
  BOOST_TEST(sent().topic == "a b");
  BOOST_TEST(sent().payload == "-r x");
  BOOST_TEST(sent().qos == 2);
  BOOST_TEST(sent().retain);
  client.enter("/pub /chat/group/dev/message/alice as mosquitto_pub does");
  BOOST_TEST(sent().topic == "/chat/group/dev/message/alice");
}

BOOST_AUTO_TEST_CASE(pub_r_without_text_ends_what_is_kept) {
  client.enter("/pub -r -q 1 a/b");
  BOOST_TEST(sent().payload == "");
  BOOST_TEST(sent().retain);
  answer(FakeConnection::accepted());
  BOOST_TEST(last_line(group("dev")) == "info: broker.example is to keep nothing on a/b any more.");
}

BOOST_AUTO_TEST_CASE(pub_refuses_what_it_cannot_send) {
  BOOST_TEST(refusal("/pub") == "Usage: /pub [-r] [-q 0|1|2] TOPIC TEXT");
  BOOST_TEST(refusal("/pub a/b") ==
             "There is no text to publish. /pub -r a/b without one ends what the broker keeps there.");
  BOOST_TEST(refusal("/pub -q 5 a b").starts_with("A QoS is 0, 1 or 2, not 5."));
  BOOST_TEST(refusal("/pub -x a b").starts_with("Usage: "));
  BOOST_TEST(refusal("/pub a/# b").find("stands for many topics") != std::string::npos);
  BOOST_TEST(refusal("/pub a \xff") == "The text is not valid UTF-8. Nothing was sent.");
  BOOST_TEST(connection->publishes.empty());
  connection->lose();
  BOOST_TEST(
      refusal("/pub a b").starts_with("broker.example is not connected, and /pub does not wait for it"));
}

BOOST_AUTO_TEST_CASE(what_became_of_it_is_told_where_it_was_typed) {
  client.enter("/pub a b");
  client.enter("/win 1");
  answer(FakeConnection::accepted());
  BOOST_TEST(last_line(group("dev")) == "info: Sent on a with QoS 0, which broker.example does not answer.");
  client.enter("/win #dev");
  client.enter("/pub -q 1 a b");
  answer(FakeConnection::accepted());
  BOOST_TEST(last_line(group("dev")) == "info: broker.example has what you sent on a.");
  client.enter("/pub -q 1 -r a b");
  answer(FakeConnection::accepted());
  BOOST_TEST(last_line(group("dev")) == "info: broker.example has what you sent on a, to be kept.");
  client.enter("/pub -q 1 a b");
  answer(FakeConnection::refused(0x87, "not authorized"));
  BOOST_TEST(last_line(group("dev")) ==
             "error: not sent: broker.example does not let alice write to a (0x87).");
  client.enter("/pub -q 1 a b");
  client.enter("/close");
  answer(FakeConnection::accepted());
  BOOST_TEST(last_line(&network.window()) == "info: broker.example has what you sent on a.");
}

BOOST_AUTO_TEST_CASE(broker_shows_its_status) {
  client.enter("/broker");
  BOOST_TEST(client.buffers.current()->name() == "$SYS/#");
  BOOST_TEST(connection->subscribes.back().filter == "$SYS/#");
}

BOOST_AUTO_TEST_CASE(filters_and_topics_that_were_seen_are_completed) {
  client.enter("/sub sensors/#");
  accept_subscribes();
  receive("sensors/hall", "1");
  receive("sensors/living room", "2");
  BOOST_TEST(completed("/unsub sen") == Texts{"sensors/# "}, per_element());
  BOOST_TEST(completed("/pub s") == (Texts{"\"sensors/living room\" ", "sensors/hall "}), per_element());
  BOOST_TEST(completed("/pub -r -q 1 sensors/h") == Texts{"sensors/hall "}, per_element());
  BOOST_TEST(completed("/pub -q ").empty());
  BOOST_TEST(completed("sens").empty());  // topics are nobody's names
}

BOOST_AUTO_TEST_CASE(help_has_a_heading_for_them) {
  client.enter("/help");
  BOOST_TEST(count(group("dev"), "info: Topics: /broker /pub /sub /unsub") == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

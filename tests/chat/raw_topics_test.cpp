// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/raw_topics.h"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "base/user_error.h"
#include "chat/activity.h"
#include "support/chat_fixture.h"
#include "transport/subscription_identifier.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;
using boost::test_tools::per_element;
using chat::BufferKind;
using chat::SubscribeAnswer;
using Texts = std::vector<std::string>;
using State = chat::RawTopics::State;

namespace {

struct Fixture : ChatFixture {
  chat::RawTopics& topics = network.raw_topics;

  chat::Buffer& subscribe(const std::string& filter, std::optional<int> qos = std::nullopt) {
    chat::Buffer& window = topics.subscribe(filter, qos);
    accept_subscribes();
    return window;
  }
  Texts shown(std::string_view filter) { return lines(window(BufferKind::topic, filter)); }

  std::size_t asked_for(std::string_view filter) {
    std::size_t count = 0;
    for (const auto& call : connection->subscribes) count += call.filter == filter;
    return count;
  }
  /// A copy that came for these filters, as brokers of MQTT 5 tell.
  void receive_for(const std::string& topic, const std::string& payload, const Texts& filters) {
    transport::Incoming incoming;
    incoming.topic = topic;
    incoming.payload = payload;
    for (const std::string& filter : filters)
      incoming.subscriptions.push_back(transport::subscription_identifier(filter));
    connection->received.emit(incoming);
  }
  void refuse_last(int code, std::string reason) {
    connection->answer_subscribe(connection->subscribes.size() - 1, FakeConnection::refused(code, reason));
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(raw_topics, Fixture)

BOOST_AUTO_TEST_CASE(a_filter_has_a_window_with_a_line_a_message) {
  connect();
  subscribe("sensors/#", 1);
  BOOST_TEST(connection->subscribes.back().qos == 1);
  BOOST_TEST(shown("sensors/#") == Texts{"info: Subscribed to sensors/#, QoS 1. Nothing has come yet."},
             per_element());
  receive("sensors/kitchen", "21.5");
  receive("sensors/hall", "", {}, true);
  receive("lights/hall", "on");
  BOOST_TEST(shown("sensors/#") == (Texts{"info: Subscribed to sensors/#, QoS 1.",
                                          "raw sensors/kitchen: 21.5", "retained sensors/hall: (empty)"}),
             per_element());
  BOOST_TEST(topics.description(*window(BufferKind::topic, "sensors/#")).starts_with("QoS 1 · 2 topics"));
}

BOOST_AUTO_TEST_CASE(one_filter_is_subscribed_once_and_anew_with_another_qos) {
  connect();
  chat::Buffer& one = subscribe("a/#");
  BOOST_TEST(&subscribe("a/#") == &one);
  BOOST_TEST(asked_for("a/#") == 1u);
  subscribe("a/#", 2);
  BOOST_TEST(asked_for("a/#") == 2u);
  BOOST_TEST(connection->subscribes.back().qos == 2);
  BOOST_TEST(topics.filters().size() == 1u);
  BOOST_TEST(topics.description(one) == "QoS 2");
}

BOOST_AUTO_TEST_CASE(a_filter_that_is_none_and_a_broker_that_is_not_there_open_no_window) {
  BOOST_CHECK_THROW(topics.subscribe("a/#", 0), base::UserError);
  connect();
  BOOST_CHECK_THROW(topics.subscribe("a/#/b", 0), base::UserError);
  BOOST_TEST(client.buffers.entries().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_refusal_is_told_in_the_window_and_not_asked_for_again_by_itself) {
  connect();
  chat::Buffer& window = topics.subscribe("secret/#", 1);
  BOOST_TEST(topics.description(window) == "QoS 1, asked for");
  BOOST_TEST(topics.nothing_yet(window) == "broker.example is asked for secret/#.");
  refuse_last(0x87, "not authorized");
  BOOST_TEST(
      lines(&window) ==
          Texts{"error: broker.example does not let alice read secret/# (0x87). /sub secret/# asks again."},
      per_element());
  BOOST_TEST(topics.description(window) == "refused");
  connection->lose();
  become_ready();
  BOOST_TEST(asked_for("secret/#") == 1u);
  subscribe("secret/#");
  BOOST_TEST(asked_for("secret/#") == 2u);
  BOOST_TEST((topics.state(window) == State::standing));
}

BOOST_AUTO_TEST_CASE(other_refusals_have_their_reason) {
  connect();
  topics.subscribe("$share/g/a", 0);
  refuse_last(0x9E, "shared subscriptions not supported");
  BOOST_TEST(shown("$share/g/a").back() ==
             "error: broker.example refused $share/g/a: shared subscriptions not supported (0x9E). /sub "
             "$share/g/a asks again.");
}

BOOST_AUTO_TEST_CASE(a_line_that_breaks_at_a_filter_is_told_and_does_not_break_at_it_again) {
  connect();
  chat::Buffer& window = topics.subscribe("#", 0);
  connection->lose();
  BOOST_TEST(
      lines(&window).back() ==
      "error: broker.example closed the line at #, so it is not asked for by itself any more. /sub # asks "
      "again.");
  become_ready();
  BOOST_TEST(asked_for("#") == 1u);
}

BOOST_AUTO_TEST_CASE(it_is_subscribed_again_after_a_loss_without_a_word) {
  connect();
  subscribe("a/#", 1);
  receive("a/b", "1");
  connection->lose();
  become_ready();
  accept_subscribes();
  BOOST_TEST(asked_for("a/#") == 2u);
  receive("a/b", "2");
  BOOST_TEST(shown("a/#") == (Texts{"info: Subscribed to a/#, QoS 1.", "raw a/b: 1", "raw a/b: 2"}),
             per_element());
}

BOOST_AUTO_TEST_CASE(closing_the_window_and_unsub_end_the_subscription) {
  connect();
  chat::Buffer& one = subscribe("a/#");
  subscribe("b/#");
  client.buffers.close(one);
  BOOST_TEST(connection->unsubscribes.back().filter == "a/#");
  BOOST_TEST(topics.unsubscribe("b/#"));
  BOOST_TEST(connection->unsubscribes.back().filter == "b/#");
  BOOST_TEST(!topics.unsubscribe("b/#"));
  BOOST_TEST(!topics.unsubscribe("c/#"));
  BOOST_TEST(topics.description(*window(BufferKind::topic, "b/#")) == "not subscribed");
  receive("b/1", "late");
  BOOST_TEST(shown("b/#").back() == "info: Unsubscribed from b/#. /close closes this window.");
  BOOST_TEST(topics.filters().empty());
}

BOOST_AUTO_TEST_CASE(another_account_begins_without_filters) {
  connect();
  chat::Buffer& window = subscribe("a/#");
  chat::Account bob = alice();
  bob.user = "bob";
  client.connect(network, bob);
  finish_leaving();
  become_ready();
  BOOST_TEST(asked_for("a/#") == 1u);
  BOOST_TEST((topics.state(window) == State::ended));
}

BOOST_AUTO_TEST_CASE(a_filter_that_the_chat_has_too_keeps_the_higher_qos_and_stays_when_it_goes) {
  connect();
  client.enter("/join #dev");
  accept_subscribes();
  const std::string filter = "/chat/group/dev/message/+";
  subscribe(filter, 0);
  BOOST_TEST(connection->subscribes.back().qos == protocol::qos_group_message);
  receive_for("/chat/group/dev/message/bob", "hello", {filter});
  BOOST_TEST(said(group("dev")) == Texts{"bob: hello"}, per_element());
  BOOST_TEST(shown(filter).back() == "raw /chat/group/dev/message/bob: hello");
  topics.unsubscribe(filter);
  BOOST_TEST(connection->unsubscribes.empty());
}

BOOST_AUTO_TEST_CASE(where_it_overlaps_with_the_chat_each_window_has_a_message_once) {
  connect();
  client.enter("/join #dev");
  accept_subscribes();
  subscribe("#");
  const std::string topic = "/chat/group/dev/message/bob";
  receive_for(topic, "ok", {"/chat/group/dev/message/+"});  // a copy for each
  receive_for(topic, "ok", {"#"});
  receive_for(topic, "ok", {"#", "/chat/group/dev/message/+"});  // one for all
  receive_for(topic, "ok", {});                                  // MQTT 3.1.1
  BOOST_TEST(said(group("dev")) == (Texts{"bob: ok", "bob: ok", "bob: ok"}), per_element());
  BOOST_TEST(count(window(BufferKind::topic, "#"), "raw /chat/group/dev/message/bob: ok") == 3u);
}

BOOST_AUTO_TEST_CASE(a_shared_filter_takes_in_what_its_last_part_does) {
  connect();
  subscribe("$share/g/a/+");
  receive("a/b", "1");
  BOOST_TEST(shown("$share/g/a/+").back() == "raw a/b: 1");
}

BOOST_AUTO_TEST_CASE(of_a_flood_some_lines_are_shown_and_the_others_counted_in_place) {
  connect();
  subscribe("f/#");
  for (int i = 0; i < 10'000; ++i) receive("f/" + std::to_string(i), "x");
  chat::Buffer& flood = *window(BufferKind::topic, "f/#");
  BOOST_REQUIRE(run_until(loop, [&] { return count(&flood, "more in this second") > 0; }));
  BOOST_TEST(count(&flood, "raw f/") < 100u);  // two seconds' worth at most
  std::size_t told = count(&flood, "raw f/");
  for (const std::string& line : lines(&flood))
    if (const auto at = line.find(" more in this second"); at != line.npos) {
      std::string number =
          line.substr(std::string("presence: ").size(), at - std::string("presence: ").size());
      std::erase(number, ',');
      told += std::stoul(number);
    }
  BOOST_TEST(told == 10'000u);
  BOOST_TEST(topics.description(flood).starts_with("QoS 0 · 1,000+ topics · "));
  BOOST_TEST(topics.topics().size() == 1000u);
}

BOOST_AUTO_TEST_CASE(a_program_gets_every_line) {
  connect();
  topics.show_every_line(true);
  subscribe("f/#");
  for (int i = 0; i < 500; ++i) receive("f", std::to_string(i));
  BOOST_TEST(count(window(BufferKind::topic, "f/#"), "raw f: ") == 500u);
}

BOOST_AUTO_TEST_CASE(its_window_keeps_two_thousand_lines_and_a_little_more) {
  connect();
  topics.show_every_line(true);
  chat::Buffer& flood = subscribe("f/#");
  const std::string payload(1000, 'x');
  for (int i = 0; i < 20'000; ++i) receive("f", payload);
  BOOST_TEST(flood.end() - flood.first() < 2200);
}

BOOST_AUTO_TEST_CASE(below_sys_each_topic_has_a_row_with_its_latest_value_what_matters_last) {
  connect();
  chat::Buffer& status = subscribe("$SYS/#");
  receive("$SYS/broker/version", "mosquitto version 2.0.11", {}, true);
  receive("$SYS/broker/uptime", "1 seconds", {}, true);
  receive("$SYS/broker/bytes/sent", "10", {}, true);
  receive("$SYS/broker/bytes/received", "11", {}, true);
  receive("$SYS/broker/uptime", "11 seconds", {}, true);
  BOOST_REQUIRE(run_until(loop, [&] { return lines(&status).size() > 1; }));
  BOOST_TEST(lines(&status) == (Texts{"info: Subscribed to $SYS/#, QoS 0.",
                                      "raw $SYS/broker/bytes/received: 11", "raw $SYS/broker/bytes/sent: 10",
                                      "rule: in short", "raw $SYS/broker/version: mosquitto version 2.0.11",
                                      "raw $SYS/broker/uptime: 11 seconds"}),
             per_element());
  receive("$SYS/broker/uptime", "21 seconds");
  BOOST_REQUIRE(run_until(loop, [&] { return lines(&status).back().ends_with("21 seconds"); }));
  BOOST_TEST(lines(&status).size() == 6u);
}

BOOST_AUTO_TEST_CASE(a_status_of_endless_topics_is_bounded) {
  connect();
  chat::Buffer& status = subscribe("$SYS/#");
  for (int i = 0; i < 2000; ++i) receive("$SYS/clients/" + std::to_string(i), "x");
  BOOST_REQUIRE(run_until(loop, [&] { return count(&status, "raw ") > 0; }));
  BOOST_TEST(count(&status, "raw ") == 500u);
  BOOST_TEST(count(&status, "More topics come than the 500 that are shown.") == 1u);
}

BOOST_AUTO_TEST_CASE(a_broker_that_tells_no_status_is_explained) {
  connect();
  chat::Buffer& status = subscribe("$SYS/#");
  BOOST_REQUIRE(run_until(loop, [&] { return lines(&status).size() > 1; }));
  BOOST_TEST(lines(&status).back().starts_with("info: broker.example tells nothing here"));
}

BOOST_AUTO_TEST_CASE(what_comes_there_counts_behind_what_people_say) {
  connect();
  chat::Activity activity(client);
  client.enter("/join #dev");
  accept_subscribes();
  subscribe("a/#");
  client.buffers.show(network.window());
  receive("a/b", "alice");
  receive("/chat/group/dev/message/bob", "hello");
  const auto waiting = activity.waiting();
  BOOST_REQUIRE(waiting.size() == 2u);
  BOOST_TEST(waiting.front() == group("dev"));
  BOOST_TEST((activity.of(*waiting.back()).level == chat::Activity::Level::message));
}

BOOST_AUTO_TEST_SUITE_END()

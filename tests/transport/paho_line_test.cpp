// SPDX-License-Identifier: GPL-3.0-or-later
// How a line ends: lost, closed, destroyed, held back; and what the outbox makes of it.
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <set>
#include <string>

#include "support/fake_broker.h"
#include "support/mosquitto.h"
#include "support/old_broker.h"
#include "support/paho_fixture.h"
#include "support/tcp_proxy.h"
#include "transport/outbox.h"

using namespace gnatter;
using namespace gnatter::transport;
using namespace std::chrono_literals;
using testing::FakeBroker;
using testing::Mosquitto;
using testing::TcpProxy;
using testing::WatchedConnection;
using Kind = Outcome::Kind;

namespace {

struct Fixture : testing::PahoFixture {
  /// Takes the client, then does `then`.
  static FakeBroker::Serve taking(FakeBroker::Serve then) {
    return [then](FakeBroker::Peer& peer) {
      const auto connect = peer.read();
      if (!connect) return;
      peer.send(FakeBroker::version_of(*connect) == 5 ? FakeBroker::connack_5() : FakeBroker::connack_4());
      then(peer);
    };
  }
  /// SUBACK with `code` for the SUBSCRIBE (its first two bytes are the packet id).
  static std::string suback(const FakeBroker::Packet& subscribe, int code, int version) {
    std::string packet{static_cast<char>(0x90), static_cast<char>(version == 5 ? 4 : 3)};
    packet += subscribe.body.substr(0, 2);
    if (version == 5) packet += '\0';
    return packet + static_cast<char>(code);
  }
  Outcome outcome_of_subscribe(WatchedConnection& watched) {
    watched.subscribe("/a", 2);
    BOOST_REQUIRE(until([&] { return watched.outcomes.size() == 1; }));
    return watched.outcomes[0];
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(paho_line, Fixture)

BOOST_AUTO_TEST_CASE(answers_come_as_lost_before_the_loss) {
  FakeBroker broker(taking([](FakeBroker::Peer& peer) { peer.read_until(8); }));  // closes at SUBSCRIBE
  WatchedConnection alice(loop, worker);
  BOOST_REQUIRE(open(alice, plan(broker.port())));
  alice.publish({"/a", "x", 1, false, {}});
  alice.subscribe("/a", 1);
  for (int i = 0; i < 30; ++i) alice.publish({"/a", "y", 1, false, {}});
  BOOST_REQUIRE(until([&] { return alice.lost.has_value(); }));
  BOOST_TEST(alice.outcomes.size() == 32u);
  for (const auto& outcome : alice.outcomes) BOOST_TEST((outcome.kind == Kind::lost));
  BOOST_TEST(alice.story.ends_with("answer-lost lost "));
  BOOST_TEST(alice.lost->code == 0);
  BOOST_TEST(!alice.lost->exactly_once_open);
}

BOOST_AUTO_TEST_CASE(an_open_publish_of_qos_2_is_told) {
  FakeBroker broker(taking([](FakeBroker::Peer& peer) { peer.read_until(3); }));  // closes at PUBLISH
  WatchedConnection alice(loop, worker);
  BOOST_REQUIRE(open(alice, plan(broker.port())));
  alice.publish({"/a", "x", 2, false, {}});
  BOOST_REQUIRE(until([&] { return alice.lost.has_value(); }));
  BOOST_TEST(alice.lost->exactly_once_open);
}

BOOST_AUTO_TEST_CASE(the_word_of_the_brokers_disconnect_is_told) {
  FakeBroker broker(taking([](FakeBroker::Peer& peer) {
    peer.send(std::string{static_cast<char>(0xE0), 2, static_cast<char>(0x8E), 0});
    peer.stay_silent();
  }));
  WatchedConnection alice(loop, worker);
  BOOST_REQUIRE(open(alice, plan(broker.port())));
  BOOST_REQUIRE(until([&] { return alice.lost.has_value(); }));
  BOOST_TEST(alice.lost->code == 0x8E);
}

BOOST_AUTO_TEST_CASE(a_refused_subscription_of_mqtt_5) {
  FakeBroker broker(taking([](FakeBroker::Peer& peer) {
    if (const auto packet = peer.read_until(8)) peer.send(suback(*packet, 0x87, 5));
    peer.stay_silent();
  }));
  WatchedConnection alice(loop, worker);
  BOOST_REQUIRE(open(alice, plan(broker.port())));
  const auto outcome = outcome_of_subscribe(alice);
  BOOST_TEST((outcome.kind == Kind::refused));
  BOOST_TEST(outcome.code == 0x87);
  BOOST_TEST(outcome.reason == "not authorized");
}

BOOST_AUTO_TEST_CASE(a_refused_subscription_of_3_1_1) {
  for (const int code : {0x80, 0x8F}) {
    FakeBroker broker([code](FakeBroker::Peer& peer) {
      const auto connect = peer.read();
      if (!connect || FakeBroker::version_of(*connect) == 5) return;
      peer.send(FakeBroker::connack_4());
      if (const auto packet = peer.read_until(8)) peer.send(suback(*packet, code, 4));
      peer.stay_silent();
    });
    WatchedConnection alice(loop, worker);
    BOOST_REQUIRE(open(alice, plan(broker.port())));
    const auto outcome = outcome_of_subscribe(alice);
    BOOST_TEST((outcome.kind == Kind::refused));
    BOOST_TEST(outcome.code == code);
  }
}

BOOST_AUTO_TEST_CASE(the_will_is_published_when_the_line_is_cut_and_not_when_it_is_closed) {
  Mosquitto broker;
  broker.start();
  TcpProxy proxy(broker.port());
  WatchedConnection bob(loop, worker);
  BOOST_REQUIRE(open(bob, plan(broker.port(), "bob")));
  BOOST_REQUIRE(subscribe(bob, "/chat/logout", 2));
  WatchedConnection alice(loop, worker);
  auto with_will = plan(proxy.port());
  with_will.will = Will{"/chat/logout", "alice \u00fc", 2, false, 0s};
  BOOST_REQUIRE(open(alice, with_will));
  BOOST_REQUIRE(close(alice));
  BOOST_REQUIRE(open(alice, with_will));
  proxy.cut();
  BOOST_REQUIRE(until([&] { return alice.lost && !bob.received.empty(); }));
  bob.publish({"/chat/logout", "last", 2, false, {}});
  BOOST_REQUIRE(until([&] { return bob.received.back().payload == "last"; }));
  BOOST_TEST(bob.received.size() == 2u);
  BOOST_TEST(bob.received[0].payload == "alice \u00fc");
  BOOST_TEST(bob.received[0].qos == 2);
}

BOOST_AUTO_TEST_CASE(a_will_can_wait) {
  Mosquitto broker;
  broker.start();
  TcpProxy proxy(broker.port());
  WatchedConnection bob(loop, worker);
  BOOST_REQUIRE(open(bob, plan(broker.port(), "bob")));
  BOOST_REQUIRE(subscribe(bob, "/chat/logout", 2));
  WatchedConnection alice(loop, worker);
  auto with_will = plan(proxy.port());
  with_will.will = Will{"/chat/logout", "alice", 2, false, 600s};
  with_will.session_expiry = 600s;
  BOOST_REQUIRE(open(alice, with_will));
  proxy.cut();
  BOOST_REQUIRE(until([&] { return alice.lost.has_value(); }));
  bob.publish({"/chat/logout", "last", 2, false, {}});
  BOOST_REQUIRE(until([&] { return !bob.received.empty(); }));
  BOOST_TEST(bob.received[0].payload == "last");
}

BOOST_AUTO_TEST_CASE(the_outbox_survives_the_brokers_death) {
  Mosquitto broker;
  broker.start();
  WatchedConnection alice(loop, worker);
  Outbox outbox(*alice.connection);
  const auto stops = alice.connection->lost.connect([&](const Lost&) { outbox.stop(true); });
  int accepted = 0;
  const auto add = [&](int first, int last) {
    for (int i = first; i < last; ++i)
      outbox.add({"/t", std::to_string(i), 1 + i % 2, false, {}}, [&](const Outcome& outcome) {
        if (outcome.kind == Kind::accepted) ++accepted;
      });
  };
  add(0, 300);
  BOOST_REQUIRE(open(alice, plan(broker.port())));
  outbox.start();
  BOOST_REQUIRE(until([&] { return accepted > 50; }));
  broker.kill9();
  BOOST_REQUIRE(until([&] { return alice.lost.has_value(); }));
  add(300, 400);
  broker.start();
  BOOST_REQUIRE(open(alice, plan(broker.port())));
  outbox.start();
  BOOST_REQUIRE(until([&] { return outbox.empty(); }));
  BOOST_TEST(accepted == 400);
}

BOOST_AUTO_TEST_CASE(requests_on_no_line_come_as_lost_in_a_later_turn) {
  WatchedConnection alice(loop, worker);
  alice.publish({"/a", "x", 1, false, {}});
  alice.connection->publish({"/a", "x", 1, false, {}}, nullptr);
  alice.subscribe("/a", 1);
  alice.unsubscribe("/a");
  BOOST_TEST(alice.outcomes.empty());
  BOOST_REQUIRE(until([&] { return alice.outcomes.size() == 3; }));
  for (const auto& outcome : alice.outcomes) BOOST_TEST((outcome.kind == Kind::lost));
}

BOOST_AUTO_TEST_CASE(closing_what_is_idle_is_told_at_once) {
  WatchedConnection alice(loop, worker);
  alice.connection->close(true);
  BOOST_TEST(alice.closed == 0);
  BOOST_TEST(until([&] { return alice.closed == 1; }));
}

BOOST_AUTO_TEST_CASE(closing_ends_what_is_unanswered) {
  FakeBroker broker(taking([](FakeBroker::Peer& peer) { peer.stay_silent(); }));
  WatchedConnection alice(loop, worker);
  BOOST_REQUIRE(open(alice, plan(broker.port())));
  for (int i = 0; i < 20; ++i) alice.publish({"/a", "x", 1, false, {}});
  alice.connection->close(true);
  alice.connection->close(true);  // once more changes nothing
  alice.publish({"/a", "too late", 1, false, {}});
  BOOST_REQUIRE(until([&] { return alice.closed == 1 && alice.outcomes.size() == 21; }));
  for (const auto& outcome : alice.outcomes) BOOST_TEST((outcome.kind == Kind::lost));
  testing::run_for(loop, 20ms);
  BOOST_TEST(alice.closed == 1);
  BOOST_TEST(!alice.lost.has_value());
}

BOOST_AUTO_TEST_CASE(it_can_be_destroyed_while_open_and_from_its_own_signals) {
  Mosquitto broker;
  broker.start();
  WatchedConnection alice(loop, worker);
  BOOST_REQUIRE(open(alice, plan(broker.port())));
  for (int i = 0; i < 50; ++i) alice.publish({"/t", "x", 1, false, {}});
  alice.connection.reset();

  WatchedConnection bob(loop, worker);
  BOOST_REQUIRE(open(bob, plan(broker.port(), "bob")));
  BOOST_REQUIRE(subscribe(bob, "/t", 1));
  const auto ends = bob.connection->received.connect([&](const Incoming&) { bob.connection.reset(); });
  bob.publish({"/t", "x", 1, false, {}});
  BOOST_REQUIRE(until([&] { return !bob.connection; }));

  WatchedConnection carol(loop, worker);
  const auto at_once = carol.connection->opened.connect([&](const Opened&) { carol.connection.reset(); });
  carol.connection->open(plan(broker.port(), "carol"));
  BOOST_REQUIRE(until([&] { return !carol.connection; }));

  WatchedConnection dave(loop, worker);
  BOOST_REQUIRE(open(dave, plan(broker.port(), "dave")));
  dave.connection->publish({"/t", "x", 2, false, {}}, [&](const Outcome&) { dave.connection.reset(); });
  dave.connection->publish({"/t", "x", 2, false, {}}, [&](const Outcome&) { BOOST_TEST(false); });
  BOOST_REQUIRE(until([&] { return !dave.connection; }));
}

BOOST_AUTO_TEST_CASE(while_held_nothing_is_handed_on_and_memory_is_bounded) {
  Mosquitto broker("allow_anonymous true\nmax_queued_messages 0\n");
  broker.start();
  WatchedConnection alice(loop, worker);
  WatchedConnection bob(loop, worker);
  BOOST_REQUIRE(open(alice, plan(broker.port(), "alice")));
  BOOST_REQUIRE(open(bob, plan(broker.port(), "bob")));
  BOOST_REQUIRE(subscribe(bob, "/t", 1));
  bob.connection->hold(true);
  bob.connection->hold(true);
  for (int i = 0; i < 20; ++i) alice.publish({"/t", std::to_string(i), 1, false, {}});
  bob.publish({"/other", "x", 1, false, {}});
  BOOST_REQUIRE(until([&] { return alice.outcomes.size() == 20; }));
  testing::run_for(loop, 50ms);
  BOOST_TEST(bob.received.empty());
  BOOST_TEST(bob.outcomes.size() == 1u);
  bob.connection->hold(false);
  BOOST_REQUIRE(until([&] { return bob.received.size() == 20 && bob.outcomes.size() == 2; }));
  for (std::size_t i = 0; i < 20; ++i) BOOST_TEST(bob.received[i].payload == std::to_string(i));
}

BOOST_AUTO_TEST_CASE(closing_releases_a_callback_that_waits_for_room) {
  Mosquitto broker;
  broker.start();
  WatchedConnection bob(loop, worker);
  BOOST_REQUIRE(open(bob, plan(broker.port(), "bob")));
  BOOST_REQUIRE(subscribe(bob, "/t", 0));
  bob.connection->hold(true);
  // Three times what the mailbox takes. The sender is a program of its own: the library's lock is held now.
  const std::string command = "head -c 1000000 /dev/zero | tr '\\0' x > " +
                              (broker.folder() / "payload").string() +
                              " && for i in $(seq 48); do mosquitto_pub -p " + std::to_string(broker.port()) +
                              " -t /t -f " + (broker.folder() / "payload").string() + "; done";
  BOOST_REQUIRE(std::system(command.c_str()) == 0);
  for (int i = 0; i < 5; ++i) bob.publish({"/other", "x", 1, false, {}});
  BOOST_TEST(close(bob));
  BOOST_TEST(bob.received.size() < 30u);
  BOOST_TEST(bob.received.size() > 10u);  // what had been taken is handed on
  bob.connection->hold(false);
  BOOST_TEST(open(bob, plan(broker.port(), "bob")));
}

BOOST_AUTO_TEST_SUITE_END()

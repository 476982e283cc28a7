// SPDX-License-Identifier: GPL-3.0-or-later
// Attempts to connect that fail, or succeed only with the older version: against servers of every bad kind.
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <string>

#include "support/fake_broker.h"
#include "support/mosquitto.h"
#include "support/paho_fixture.h"
#include "support/tcp.h"

using namespace gnatter;
using namespace gnatter::transport;
using namespace std::chrono_literals;
using testing::FakeBroker;
using testing::Mosquitto;
using testing::WatchedConnection;
using Reason = Failure::Reason;

namespace {

// The password of alice is "secret".
constexpr const char* password_file =
    "alice:$7$101$eJYo1YkLXFr4pszm$b3pXSBFijbB1sPrQOmNiaNovn1Vhq+zTh/"
    "6MVk9UceDP0nunO+KBCXSizcm1NnoEeBdwIq+gaCTOxrC7Jhv3Ag==\n";

struct Fixture : testing::PahoFixture {
  std::atomic<int> connects_5{0};
  std::atomic<int> connects_4{0};

  /// A server that does `answer_5` on a CONNECT of MQTT 5 and takes any other.
  FakeBroker::Serve knowing_only_3_1_1(FakeBroker::Serve answer_5) {
    return [this, answer_5](FakeBroker::Peer& peer) {
      const auto connect = peer.read();
      if (!connect) return;
      const bool version_5 = FakeBroker::version_of(*connect) == 5;
      ++(version_5 ? connects_5 : connects_4);
      if (version_5) return answer_5(peer);
      peer.send(FakeBroker::connack_4());
      peer.stay_silent();
    };
  }
  FakeBroker::Serve answering(const std::string& bytes) {
    return [this, bytes](FakeBroker::Peer& peer) {
      const auto connect = peer.read();
      if (!connect) return;
      ++(FakeBroker::version_of(*connect) == 5 ? connects_5 : connects_4);
      peer.send(bytes);
      peer.stay_silent();
    };
  }
  Failure failure_at(std::uint16_t port, const std::string& host = "127.0.0.1") {
    WatchedConnection watched(loop, worker);
    auto where = plan(port);
    where.host = host;
    BOOST_TEST(!open(watched, where));
    BOOST_REQUIRE(watched.failed.has_value());
    BOOST_TEST(watched.story == "failed ");
    return *watched.failed;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(paho_attempt, Fixture)

BOOST_AUTO_TEST_CASE(nobody_listens) {
  BOOST_TEST((failure_at(testing::free_port()).reason == Reason::nobody_listens));
}

BOOST_AUTO_TEST_CASE(an_unknown_host) {
  // Longer than a label may be: refused without asking anyone.
  const auto failure = failure_at(1883, std::string(70, 'a'));
  BOOST_TEST((failure.reason == Reason::unknown_host || failure.reason == Reason::other));
  BOOST_TEST(!failure.detail.empty());
}

BOOST_AUTO_TEST_CASE(a_name_that_no_server_knows) {
  const auto reason = failure_at(1883, "no-such-host.invalid").reason;
  BOOST_TEST((reason == Reason::unknown_host || reason == Reason::no_resolver));  // as the machine is set up
}

BOOST_AUTO_TEST_CASE(a_name_is_looked_up) {
  Mosquitto broker;
  broker.start();
  WatchedConnection alice(loop, worker);
  auto by_name = plan(broker.port());
  by_name.host = "localhost";
  BOOST_TEST(open(alice, by_name));
}

BOOST_AUTO_TEST_CASE(a_wrong_password) {
  Mosquitto broker("allow_anonymous false\npassword_file @DIR@/passwords\n");
  broker.write_file("passwords", password_file);
  broker.start();
  WatchedConnection alice(loop, worker);
  auto right = plan(broker.port());
  right.password = "secret";
  BOOST_TEST(open(alice, right));
  BOOST_TEST(close(alice));
  auto wrong = right;
  wrong.password = "guess";
  BOOST_TEST(!open(alice, wrong));
  BOOST_REQUIRE(alice.failed.has_value());
  BOOST_TEST((alice.failed->reason == Reason::not_authorized));  // mosquitto's word for it
  BOOST_TEST(alice.failed->code == 0x87);
  BOOST_TEST(alice.failed->detail == "not authorized");
  BOOST_TEST(open(alice, right));
}

BOOST_AUTO_TEST_CASE(a_server_that_closes_on_mqtt_5) {
  FakeBroker broker(knowing_only_3_1_1([](FakeBroker::Peer&) {}));
  WatchedConnection alice(loop, worker);
  BOOST_TEST(open(alice, plan(broker.port())));
  BOOST_TEST(alice.opened->mqtt_version == 4);
  BOOST_TEST(connects_5 == 1);
}

BOOST_AUTO_TEST_CASE(a_server_that_says_so_as_3_1_1_does) {
  FakeBroker broker(knowing_only_3_1_1([](auto& peer) { peer.send(FakeBroker::connack_4(1)); }));
  WatchedConnection alice(loop, worker);
  BOOST_TEST(open(alice, plan(broker.port())));
  BOOST_TEST(alice.opened->mqtt_version == 4);
}

BOOST_AUTO_TEST_CASE(a_server_that_says_so_as_mqtt_5_does) {
  FakeBroker broker(knowing_only_3_1_1([](auto& peer) { peer.send(FakeBroker::connack_5(0x84)); }));
  WatchedConnection alice(loop, worker);
  BOOST_TEST(open(alice, plan(broker.port())));
  BOOST_TEST(alice.opened->mqtt_version == 4);
}

BOOST_AUTO_TEST_CASE(a_server_that_swallows_mqtt_5_is_asked_twice) {
  FakeBroker broker(knowing_only_3_1_1([](auto& peer) { peer.stay_silent(); }));
  WatchedConnection alice(loop, worker);
  BOOST_TEST(open(alice, plan(broker.port())));
  BOOST_TEST(alice.opened->mqtt_version == 4);
  BOOST_TEST(connects_5 == 2);
  BOOST_TEST(connects_4 == 1);
}

BOOST_AUTO_TEST_CASE(the_version_that_worked_is_remembered) {
  FakeBroker broker(knowing_only_3_1_1([](FakeBroker::Peer&) {}));
  WatchedConnection alice(loop, worker);
  BOOST_TEST(open(alice, plan(broker.port())));
  BOOST_TEST(close(alice));
  BOOST_TEST(open(alice, plan(broker.port())));
  BOOST_TEST(connects_5 == 1);
  BOOST_TEST(connects_4 == 2);
}

BOOST_AUTO_TEST_CASE(a_relay_whose_broker_is_down_does_not_cost_the_session) {
  std::atomic<bool> down{false};
  FakeBroker broker([&](FakeBroker::Peer& peer) {
    const auto connect = peer.read();
    if (!connect || down) return;
    ++(FakeBroker::version_of(*connect) == 5 ? connects_5 : connects_4);
    peer.send(FakeBroker::version_of(*connect) == 5 ? FakeBroker::connack_5() : FakeBroker::connack_4());
    peer.stay_silent();
  });
  WatchedConnection alice(loop, worker);
  BOOST_TEST(open(alice, plan(broker.port())));
  BOOST_TEST(close(alice));
  down = true;
  BOOST_TEST(!open(alice, plan(broker.port())));
  BOOST_TEST((alice.failed->reason == Reason::not_mqtt));
  down = false;
  BOOST_TEST(open(alice, plan(broker.port())));
  BOOST_TEST(alice.opened->mqtt_version == 5);
  BOOST_TEST(connects_4 == 0);
}

BOOST_AUTO_TEST_CASE(a_refusal_is_not_taken_for_an_unknown_version) {
  FakeBroker broker(answering(FakeBroker::connack_5(0x86)));
  const auto failure = failure_at(broker.port());
  BOOST_TEST((failure.reason == Reason::wrong_password));
  BOOST_TEST(failure.code == 0x86);
  BOOST_TEST(connects_5 == 1);
  BOOST_TEST(connects_4 == 0);
}

BOOST_AUTO_TEST_CASE(a_refusal_after_the_step_down) {
  FakeBroker broker([](FakeBroker::Peer& peer) {
    const auto connect = peer.read();
    if (connect && FakeBroker::version_of(*connect) == 4) peer.send(FakeBroker::connack_4(4));
  });
  const auto failure = failure_at(broker.port());
  BOOST_TEST((failure.reason == Reason::wrong_password));
  BOOST_TEST(failure.code == 4);
  BOOST_TEST(failure.detail == "bad user name or password");
}

BOOST_AUTO_TEST_CASE(a_server_that_always_closes) {
  FakeBroker broker([](FakeBroker::Peer& peer) { peer.read(); });
  BOOST_TEST((failure_at(broker.port()).reason == Reason::not_mqtt));
}

BOOST_AUTO_TEST_CASE(a_server_that_closes_at_once) {
  FakeBroker broker([](FakeBroker::Peer&) {});
  BOOST_TEST((failure_at(broker.port()).reason == Reason::not_mqtt));
}

BOOST_AUTO_TEST_CASE(a_silent_server) {
  FakeBroker broker([](FakeBroker::Peer& peer) { peer.stay_silent(); });
  BOOST_TEST((failure_at(broker.port()).reason == Reason::not_mqtt));
}

BOOST_AUTO_TEST_CASE(an_ssh_server) {
  FakeBroker broker([](FakeBroker::Peer& peer) {
    peer.send("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n");
    peer.stay_silent();
  });
  BOOST_TEST((failure_at(broker.port()).reason == Reason::not_mqtt));
}

BOOST_AUTO_TEST_CASE(a_web_server) {
  FakeBroker broker([](FakeBroker::Peer& peer) {
    peer.read();
    peer.send("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
  });
  BOOST_TEST((failure_at(broker.port()).reason == Reason::not_mqtt));
}

BOOST_AUTO_TEST_CASE(an_attempt_can_be_given_up) {
  FakeBroker broker([](FakeBroker::Peer& peer) { peer.stay_silent(); });
  WatchedConnection alice(loop, worker);
  alice.connection->open(plan(broker.port()));
  testing::run_for(loop, 50ms);
  BOOST_TEST(close(alice));
  BOOST_TEST(alice.story == "closed ");
  Mosquitto real;
  real.start();
  BOOST_TEST(open(alice, plan(real.port())));
  BOOST_TEST(alice.story == "closed opened ");
}

BOOST_AUTO_TEST_CASE(a_connection_can_be_destroyed_while_it_connects) {
  FakeBroker broker([](FakeBroker::Peer& peer) { peer.stay_silent(); });
  for (const auto time : {0ms, 1ms, 50ms}) {
    WatchedConnection alice(loop, worker);
    alice.connection->open(plan(broker.port()));
    if (time.count() > 0) testing::run_for(loop, time);
  }
  BOOST_TEST((failure_at(testing::free_port()).reason == Reason::nobody_listens));  // all goes on
}

BOOST_AUTO_TEST_CASE(a_stalled_attempt_does_not_disturb_another_connection) {
  FakeBroker silent([](FakeBroker::Peer& peer) { peer.stay_silent(); });
  Mosquitto real;
  real.start();
  WatchedConnection alice(loop, worker);
  WatchedConnection bob(loop, worker);
  bob.connection->open(plan(silent.port()));
  BOOST_REQUIRE(open(alice, plan(real.port())));
  for (int i = 0; i < 500; ++i) alice.publish({"/t", "x", 1, false, {}});
  BOOST_TEST(until([&] { return alice.outcomes.size() == 500; }, 2s));
  BOOST_TEST(!bob.failed.has_value());
}

BOOST_AUTO_TEST_SUITE_END()

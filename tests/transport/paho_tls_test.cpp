// SPDX-License-Identifier: GPL-3.0-or-later
// Lines over TLS, on real listeners: whom they trust, and that Paho looks for itself.
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>

#include "support/fake_broker.h"
#include "support/mosquitto.h"
#include "support/openssl_certificates.h"
#include "support/paho_fixture.h"
#include "support/tcp.h"

using namespace gnatter;
using namespace gnatter::transport;
using namespace std::chrono_literals;
using testing::Certificates;
using testing::FakeBroker;
using testing::Mosquitto;
using testing::WatchedConnection;
using Reason = Failure::Reason;

namespace {

/// Made once: each costs some processes of openssl.
const Certificates& certificates() {
  static const auto made = [] {
    auto all = std::make_unique<Certificates>();
    all->make_ca("ca");
    all->make_ca("other");
    all->sign("broker", "ca", {});
    all->sign("renewed", "ca", {.key = "RSA:3072"});
    all->sign("swapped", "other", {});
    all->sign("elsewhere", "ca",
              {.subject = "/CN=elsewhere.example", .extensions = "subjectAltName=DNS:elsewhere.example"});
    all->sign("alice", "ca", {.subject = "/CN=alice", .extensions = "extendedKeyUsage=clientAuth"});
    return all;
  }();
  return *made;
}

std::string tls_listener(const std::string& name) {
  return "allow_anonymous true\npersistence true\npersistence_location @DIR@/\nautosave_on_changes true\n"
         "autosave_interval 1\ncertfile " +
         certificates().crt(name).string() + "\nkeyfile " + certificates().key(name).string() + '\n';
}

std::string x509_listener() {
  return tls_listener("broker") + "cafile " + certificates().crt("ca").string() +
         "\nrequire_certificate true\nuse_identity_as_username true\n";
}

struct Fixture : testing::PahoFixture {
  static ConnectPlan tls_plan(std::uint16_t port, const std::string& host = "localhost") {
    ConnectPlan with = plan(port);
    with.host = host;
    with.tls.emplace().ca_file = certificates().crt("ca");
    return with;
  }
  Failure failure_of(const ConnectPlan& with) {
    WatchedConnection watched(loop, worker);
    BOOST_TEST(!open(watched, with));
    BOOST_REQUIRE(watched.failed.has_value());
    return *watched.failed;
  }
  /// Whether the broker took anybody; a further client that it takes is waited for first.
  bool took_nobody(Mosquitto& broker) {
    WatchedConnection fence(loop, worker);
    auto with = tls_plan(broker.port());
    with.client_id = "fence";
    BOOST_REQUIRE(open(fence, with));
    return until([&] { return broker.log().find("as fence") != std::string::npos; }) &&
           broker.log().find("as test-alice") == std::string::npos;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(paho_tls, Fixture)

BOOST_AUTO_TEST_CASE(a_line_over_tls_carries_messages_both_ways) {
  Mosquitto broker(tls_listener("broker"));
  broker.start();
  for (const char* host : {"localhost", "127.0.0.1"}) {
    WatchedConnection watched(loop, worker);
    BOOST_REQUIRE(open(watched, tls_plan(broker.port(), host)));
    BOOST_REQUIRE(subscribe(watched, "/test", 2));
    constexpr std::size_t count = 500;
    for (std::size_t i = 0; i < count; ++i)
      watched.publish({.topic = "/test", .payload = std::to_string(i), .qos = 2, .properties = {}});
    BOOST_TEST(until([&] { return watched.received.size() == count; }, 30s));
    bool in_order = true;
    for (std::size_t i = 0; i < watched.received.size(); ++i)
      in_order = in_order && watched.received[i].payload == std::to_string(i);
    BOOST_TEST(in_order);
    BOOST_TEST(close(watched));
  }
}

BOOST_AUTO_TEST_CASE(what_the_handshake_found_comes_with_the_line) {
  Mosquitto broker(tls_listener("broker"));
  broker.start();
  WatchedConnection watched(loop, worker);
  BOOST_REQUIRE(open(watched, tls_plan(broker.port())));
  BOOST_REQUIRE(watched.opened->tls.has_value());
  const TlsState& tls = *watched.opened->tls;
  BOOST_TEST(tls.protocol == "TLS 1.3");
  BOOST_TEST(tls.cipher.starts_with("TLS_"));
  BOOST_TEST(tls.host == "localhost");
  BOOST_TEST(tls.ca_file == certificates().crt("ca"));
  BOOST_REQUIRE(tls.chain.size() == 2u);
  BOOST_TEST(tls.chain[0].common_name == "localhost");
  BOOST_TEST(tls.chain[1].common_name == "ca");
  BOOST_TEST(!tls.own.has_value());
}

BOOST_AUTO_TEST_CASE(a_certificate_is_the_login) {
  Mosquitto broker(x509_listener());
  broker.start();
  WatchedConnection watched(loop, worker);
  auto with = tls_plan(broker.port());
  with.tls->certificate = certificates().crt("alice");
  with.tls->key = certificates().key("alice");
  BOOST_REQUIRE(open(watched, with));
  BOOST_REQUIRE((watched.opened->tls && watched.opened->tls->own));
  BOOST_TEST(watched.opened->tls->own->common_name == "alice");
  BOOST_TEST(until([&] { return broker.log().find("u'alice'") != std::string::npos; }));
}

BOOST_AUTO_TEST_CASE(an_untrusted_broker_gets_no_byte_of_mqtt) {
  Mosquitto broker(tls_listener("broker"));
  broker.start();
  auto with = tls_plan(broker.port());
  with.tls->ca_file = certificates().crt("other");
  const Failure failure = failure_of(with);
  BOOST_TEST((failure.reason == Reason::untrusted));
  BOOST_REQUIRE(failure.tls.has_value());
  BOOST_TEST(failure.tls->chain.at(failure.certificate).common_name == "localhost");
  BOOST_TEST(took_nobody(broker));
}

BOOST_AUTO_TEST_CASE(a_certificate_for_another_name_gets_no_byte_of_mqtt) {
  Mosquitto broker(tls_listener("elsewhere"));
  broker.start();
  BOOST_TEST((failure_of(tls_plan(broker.port())).reason == Reason::wrong_name));
  BOOST_TEST(broker.log().find("as test-alice") == std::string::npos);
}

/// Behind the address stands the right broker for the handshake that looks, and another for the line itself.
BOOST_AUTO_TEST_CASE(the_line_itself_is_verified_too) {
  for (const char* impostor : {"elsewhere", "swapped"}) {
    Mosquitto right(tls_listener("broker")), wrong(tls_listener(impostor));
    right.start();
    wrong.start();
    std::atomic<int> connections{0};
    const FakeBroker switching([&](FakeBroker::Peer& peer) {
      const auto behind = testing::connect_to(connections++ == 0 ? right.port() : wrong.port());
      if (behind) peer.join_with(behind.get());
    });
    const Failure failure = failure_of(tls_plan(switching.port()));
    const bool other_name = impostor == std::string("elsewhere");
    BOOST_TEST((failure.reason == (other_name ? Reason::wrong_name : Reason::untrusted)));
    BOOST_TEST(connections >= 2);
    BOOST_TEST(wrong.log().find("as test-alice") == std::string::npos, impostor);
    BOOST_TEST(right.log().find("as test-alice") == std::string::npos, impostor);
  }
}

/// Every look finds the right broker, and every line another.
BOOST_AUTO_TEST_CASE(who_passes_the_looks_and_takes_the_lines_is_suspected) {
  Mosquitto right(tls_listener("broker")), wrong(tls_listener("swapped"));
  right.start();
  wrong.start();
  std::atomic<int> connections{0};
  const FakeBroker switching([&](FakeBroker::Peer& peer) {
    const auto behind = testing::connect_to(connections++ % 2 == 0 ? right.port() : wrong.port());
    if (behind) peer.join_with(behind.get());
  });
  const Failure failure = failure_of(tls_plan(switching.port()));
  BOOST_TEST((failure.reason == Reason::other));
  BOOST_TEST(failure.detail.find("somebody may stand in between") != std::string::npos, failure.detail);
  BOOST_TEST(wrong.log().find("as test-alice") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_listener_that_wants_a_certificate) {
  Mosquitto broker(x509_listener());
  broker.start();
  BOOST_TEST((failure_of(tls_plan(broker.port())).reason == Reason::wants_certificate));
}

BOOST_AUTO_TEST_CASE(a_plain_line_to_a_tls_listener) {
  Mosquitto broker(tls_listener("broker"));
  broker.start();
  BOOST_TEST((failure_of(plan(broker.port())).reason == Reason::speaks_tls));
}

BOOST_AUTO_TEST_CASE(tls_to_a_plain_listener_sends_nothing_else) {
  Mosquitto broker;
  broker.start();
  BOOST_TEST((failure_of(tls_plan(broker.port())).reason == Reason::no_tls));
  BOOST_TEST(broker.log().find("as test-alice") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(nobody_listens_there_for_tls) {
  BOOST_TEST((failure_of(tls_plan(testing::free_port())).reason == Reason::nobody_listens));
}

BOOST_AUTO_TEST_CASE(a_session_goes_on_under_a_renewed_certificate_and_no_other) {
  Certificates files;
  const auto use = [&](const std::string& name) {
    files.write("current.crt", certificates().read(name + ".crt"));
    files.write("current.key", certificates().read(name + ".key"));
  };
  use("broker");
  Mosquitto broker("allow_anonymous true\npersistence true\npersistence_location @DIR@/\ncertfile " +
                   files.crt("current").string() + "\nkeyfile " + files.key("current").string() + '\n');
  broker.start();
  WatchedConnection watched(loop, worker);
  auto with = tls_plan(broker.port());
  with.resume = true;
  with.session_expiry = 60s;
  BOOST_REQUIRE(open(watched, with));
  BOOST_REQUIRE(subscribe(watched, "/test", 1));
  broker.stop();
  BOOST_REQUIRE(until([&] { return watched.lost.has_value(); }));
  use("renewed");
  broker.start();
  BOOST_REQUIRE(open(watched, with));
  BOOST_TEST(watched.opened->session_present);
  BOOST_TEST(watched.opened->tls->chain.at(0).key == "RSA 3072 bits");
  broker.stop();
  BOOST_REQUIRE(until([&] { return watched.lost.has_value(); }));
  use("swapped");
  broker.start();
  BOOST_TEST(!open(watched, with));
  BOOST_REQUIRE(watched.failed.has_value());
  BOOST_TEST((watched.failed->reason == Reason::untrusted));
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
// Brokers that want a certificate of ours, and what they say to it.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <chrono>

#include "support/cut_line.h"
#include "support/fake_broker.h"
#include "support/mosquitto.h"
#include "support/tls_fixture.h"

using namespace gnatter;
using namespace gnatter::transport;
using namespace std::chrono_literals;
using testing::CutLine;
using testing::Mosquitto;
using testing::TlsServer;

namespace {

struct Fixture : testing::TlsFixture {
  Fixture() {
    certificates.sign("alice", "ca",
                      {.subject = "/O=Chat/CN=alice", .extensions = "extendedKeyUsage=clientAuth"});
  }

  /// A server that takes none but users of "ca".
  [[nodiscard]] TlsServer strict(const std::string& version) const {
    return TlsServer(certificates, "broker",
                     {"-Verify", "2", "-CAfile", "ca.crt", "-verify_return_error", version});
  }
};

const char* const versions[] = {"-tls1_3", "-tls1_2"};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(tls_own, Fixture)

BOOST_AUTO_TEST_CASE(ours_is_shown_where_it_is_asked_for) {
  for (const char* version : versions) {
    const TlsServer server = strict(version);
    const Handshake found = shake(server.port(), "localhost", plan("ca", "alice"));
    BOOST_TEST(told(found) == "trusted");
    BOOST_TEST_REQUIRE(found.state.own.has_value());
    BOOST_TEST(found.state.own->common_name == "alice");
  }
}

BOOST_AUTO_TEST_CASE(it_is_not_shown_where_nobody_asks) {
  const TlsServer server(certificates, "broker");
  const Handshake found = shake(server.port(), "localhost", plan("ca", "alice"));
  BOOST_TEST(told(found) == "trusted");
  BOOST_TEST(!found.state.own.has_value());
}

BOOST_AUTO_TEST_CASE(a_broker_that_only_asks_takes_us_without) {
  for (const char* version : versions) {
    const TlsServer server(certificates, "broker", {"-verify", "2", "-CAfile", "ca.crt", version});
    BOOST_TEST(told(shake(server.port(), "localhost")) == "trusted");
  }
}

BOOST_AUTO_TEST_CASE(without_one_a_strict_broker_wants_one) {
  for (const char* version : versions) {
    const TlsServer server = strict(version);
    const Handshake found = shake(server.port(), "localhost");
    BOOST_TEST(told(found) == "wants_certificate");
    BOOST_TEST(subjects(found).starts_with("CN=localhost"));
    BOOST_TEST(found.failure->tls.has_value());
  }
}

BOOST_AUTO_TEST_CASE(one_of_another_ca_is_refused) {
  certificates.make_ca("other");
  certificates.sign("mallory", "other", {.subject = "/CN=mallory"});
  for (const char* version : versions) {
    const TlsServer server = strict(version);
    const Handshake found = shake(server.port(), "localhost", plan("ca", "mallory"));
    BOOST_TEST(told(found) == "refused_certificate");
    BOOST_TEST(found.failure->detail == "unknown CA");
    BOOST_TEST(!found.failure->unsaid);
    BOOST_TEST_REQUIRE(found.failure->tls.has_value());
    BOOST_TEST(found.failure->tls->own->subject == "CN=mallory");
  }
}

BOOST_AUTO_TEST_CASE(one_for_another_use_is_refused) {
  certificates.sign("server", "ca", {.subject = "/CN=bob", .extensions = "extendedKeyUsage=serverAuth"});
  for (const char* version : versions) {
    const TlsServer server = strict(version);
    const Handshake found = shake(server.port(), "localhost", plan("ca", "server"));
    BOOST_TEST(told(found) == "refused_certificate");
    BOOST_TEST(found.failure->detail == "not made for this use");
  }
}

BOOST_AUTO_TEST_CASE(one_that_was_revoked_is_refused) {
  certificates.sign("bob", "ca", {.subject = "/CN=bob"});
  certificates.run(
      {"ca", "-config", "ca.cnf", "-cert", "ca.crt", "-keyfile", "ca.key", "-revoke", "bob.crt"});
  certificates.run({"ca", "-config", "ca.cnf", "-cert", "ca.crt", "-keyfile", "ca.key", "-gencrl", "-crldays",
                    "9", "-out", "crl"});
  const TlsServer server(
      certificates, "broker",
      {"-Verify", "2", "-CAfile", "ca.crt", "-verify_return_error", "-CRL", "crl", "-crl_check"});
  BOOST_TEST(told(shake(server.port(), "localhost", plan("ca", "alice"))) == "trusted");
  const Handshake found = shake(server.port(), "localhost", plan("ca", "bob"));
  BOOST_TEST(told(found) == "refused_certificate");
  BOOST_TEST(found.failure->detail == "revoked");
}

BOOST_AUTO_TEST_CASE(a_chain_behind_ours_is_sent_along) {
  certificates.sign("middle", "ca",
                    {.subject = "/CN=middle", .extensions = testing::Certificates::ca_extensions});
  certificates.sign("carol", "middle", {.subject = "/CN=carol"});
  const TlsServer server = strict("-tls1_3");
  BOOST_TEST(told(shake(server.port(), "localhost", plan("ca", "carol"))) == "refused_certificate");
  TlsPlan bundle = plan("ca", "carol");
  bundle.certificate = bundle.key = certificates.join("bundle.pem", {"carol.crt", "middle.crt", "carol.key"});
  BOOST_TEST(told(shake(server.port(), "localhost", bundle)) == "trusted");
}

BOOST_AUTO_TEST_CASE(a_close_without_a_word_after_ours_is_a_refusal) {
  for (const char* version : versions) {
    const TlsServer server = strict(version);
    const CutLine line(server.port(), CutLine::Where::after_second_request);
    const Handshake found = shake(line.port(), "localhost", plan("ca", "alice"));
    BOOST_TEST(told(found) == "refused_certificate");
    BOOST_TEST(found.failure->detail == "it closes the connection");
    BOOST_TEST(found.failure->unsaid);
    const CutLine other(server.port(), CutLine::Where::after_second_request);
    BOOST_TEST(told(shake(other.port(), "localhost")) == "wants_certificate");
  }
}

BOOST_AUTO_TEST_CASE(a_refusal_is_waited_for_over_a_slow_line_too) {
  const TlsServer server = strict("-tls1_3");
  const testing::FakeBroker slow([&](testing::FakeBroker::Peer& peer) {
    const auto behind = testing::connect_to(server.port());
    peer.join_with(behind.get(), 300ms);
  });
  BOOST_TEST(told(shake(slow.port(), "localhost")) == "wants_certificate");
}

BOOST_AUTO_TEST_CASE(a_broker_that_gives_no_ticket_is_waited_for_half_a_second) {
  const TlsServer server(certificates, "broker", {"-Verify", "2", "-CAfile", "ca.crt", "-num_tickets", "0"});
  const auto before = std::chrono::steady_clock::now();
  BOOST_TEST(told(shake(server.port(), "localhost", plan("ca", "alice"))) == "trusted");
  const auto took = std::chrono::steady_clock::now() - before;
  BOOST_TEST((took >= 500ms));
}

BOOST_AUTO_TEST_CASE(encrypted_keys_open_with_their_password) {
  certificates.run({"pkcs8", "-topk8", "-in", "alice.key", "-out", "locked.key", "-passout", "pass:sesame"});
  ::chmod(certificates.key("locked").c_str(), 0600);
  const TlsServer server = strict("-tls1_3");
  TlsPlan locked = plan("ca", "alice");
  locked.key = certificates.key("locked");
  BOOST_TEST(told(shake(server.port(), "localhost", locked)) == "key_password");
  locked.key_password = "sesam";
  BOOST_TEST(told(shake(server.port(), "localhost", locked)) == "key_password");
  locked.key_password = "sesame";
  BOOST_TEST(told(shake(server.port(), "localhost", locked)) == "trusted");
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_used_is_told_before_a_byte_is_sent) {
  const auto listener = testing::listen_on();
  const Handshake found = shake(testing::port_of(listener), "localhost", plan("missing"));
  BOOST_TEST(told(found) == "tls_file");
  BOOST_TEST(found.failure->detail ==
             "The CA file " + certificates.crt("missing").string() +
                 " is not there. --cafile FILE names the one with the CA's certificate.");
  const base::FileDescriptor peer(::accept(listener.get(), nullptr, nullptr));
  BOOST_TEST(testing::receive(peer.get(), 1) == "");
}

BOOST_AUTO_TEST_CASE(mosquitto_wants_ours_and_takes_it_without_delay) {
  for (const char* version : {"tlsv1.3", "tlsv1.2"}) {
    Mosquitto broker(
        "allow_anonymous true\nrequire_certificate true\nuse_identity_as_username true\ntls_version " +
        std::string(version) + "\ncafile " + certificates.crt("ca").string() + "\ncertfile " +
        certificates.crt("broker").string() + "\nkeyfile " + certificates.key("broker").string() + '\n');
    broker.start();
    certificates.make_ca("other");
    certificates.sign("mallory", "other", {.subject = "/CN=mallory"});
    BOOST_TEST(told(shake(broker.port(), "localhost")) == "wants_certificate");
    auto shortest = std::chrono::steady_clock::duration::max();
    for (int tries = 0; tries < 5; ++tries) {  // a machine may be busy once
      const auto before = std::chrono::steady_clock::now();
      BOOST_TEST(told(shake(broker.port(), "localhost", plan("ca", "alice"))) == "trusted");
      shortest = std::min(shortest, std::chrono::steady_clock::now() - before);
    }
    BOOST_TEST((shortest < 400ms));
    const Handshake refused = shake(broker.port(), "localhost", plan("ca", "mallory"));
    BOOST_TEST(told(refused) == "refused_certificate");
    BOOST_TEST(refused.failure->detail == "unknown CA");
  }
}

BOOST_AUTO_TEST_SUITE_END()

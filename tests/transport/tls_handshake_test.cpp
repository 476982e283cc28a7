// SPDX-License-Identifier: GPL-3.0-or-later
// Handshakes with openssl s_server: who is trusted, and what is said of who is not.
#include <boost/test/unit_test.hpp>

#include "support/tls_fixture.h"

using namespace gnatter;
using namespace gnatter::transport;
using namespace std::chrono_literals;
using testing::Certificates;
using testing::TlsServer;
using Reason = Failure::Reason;

BOOST_FIXTURE_TEST_SUITE(tls_handshake, testing::TlsFixture)

BOOST_AUTO_TEST_CASE(a_broker_signed_by_the_ca_file_is_trusted_up_to_the_ca) {
  const TlsServer server(certificates, "broker");
  const Handshake found = shake(server.port(), "localhost");
  BOOST_TEST(told(found) == "trusted");
  BOOST_TEST(found.state.protocol == "TLS 1.3");
  BOOST_TEST(found.state.cipher == "TLS_AES_256_GCM_SHA384");
  BOOST_TEST(found.state.host == "localhost");
  BOOST_TEST(found.state.ca_file == certificates.crt("ca"));
  BOOST_TEST(subjects(found) == "CN=localhost; CN=ca, O=Chat");
  BOOST_TEST(!found.state.own.has_value());
}

BOOST_AUTO_TEST_CASE(a_ca_that_is_not_ours_is_untrusted) {
  certificates.make_ca("other");
  const TlsServer server(certificates, "broker");
  const Handshake found = shake(server.port(), "localhost", plan("other"));
  BOOST_TEST(told(found) == "untrusted");
  BOOST_TEST_REQUIRE(found.failure->tls.has_value());
  BOOST_TEST(found.failure->tls->chain.at(found.failure->certificate).issuer == "CN=ca, O=Chat");
  BOOST_TEST(found.failure->tls->protocol == "TLS 1.3");
}

BOOST_AUTO_TEST_CASE(a_ca_of_the_same_name_with_another_key_is_untrusted) {
  certificates.make_ca("forged", {.subject = "/O=Chat/CN=ca"});
  // Without an identifier of the issuer's key it is only the signature that does not fit.
  for (const std::string more : {"", "\nauthorityKeyIdentifier=none"}) {
    certificates.sign("broker", "forged", {.extensions = "subjectAltName=DNS:localhost" + more});
    const TlsServer server(certificates, "broker");
    BOOST_TEST(told(shake(server.port(), "localhost")) == "untrusted");
  }
}

BOOST_AUTO_TEST_CASE(one_of_several_cas_in_the_file_is_enough) {
  certificates.make_ca("other");
  certificates.join("both.crt", {"other.crt", "ca.crt"});
  const TlsServer server(certificates, "broker");
  BOOST_TEST(told(shake(server.port(), "localhost", plan("both"))) == "trusted");
}

BOOST_AUTO_TEST_CASE(the_cas_of_the_system_are_not_asked) {
  ::setenv("SSL_CERT_FILE", certificates.crt("ca").c_str(), 1);
  certificates.make_ca("other");
  const TlsServer server(certificates, "broker");
  BOOST_TEST(told(shake(server.port(), "localhost", plan("other"))) == "untrusted");
  ::unsetenv("SSL_CERT_FILE");
}

BOOST_AUTO_TEST_CASE(an_expired_broker_is_told_as_such_whatever_its_name) {
  certificates.sign("broker", "ca", {.from = "-30", .to = "-19"});
  const TlsServer server(certificates, "broker");
  for (const char* host : {"localhost", "elsewhere.example"}) {
    const Handshake found = shake(server.port(), host);
    BOOST_TEST(told(found) == "expired");
    BOOST_TEST(found.failure->certificate == 0U);
    const auto days = std::chrono::system_clock::now() - found.state.chain.at(0).not_after;
    BOOST_TEST(std::chrono::round<std::chrono::days>(days).count() == 19);
  }
}

BOOST_AUTO_TEST_CASE(an_expired_ca_is_told_by_its_place_behind_what_was_sent) {
  certificates.make_ca("old", {.subject = "/CN=old", .from = "-30", .to = "-2"});
  certificates.sign("broker", "old", {});
  const TlsServer server(certificates, "broker");
  const Handshake found = shake(server.port(), "localhost", plan("old"));
  BOOST_TEST(told(found) == "expired");
  BOOST_TEST_REQUIRE(found.failure->certificate < found.state.chain.size());
  BOOST_TEST(found.state.chain.at(found.failure->certificate).subject == "CN=old");
}

BOOST_AUTO_TEST_CASE(a_certificate_of_tomorrow_is_not_yet_valid) {
  certificates.sign("broker", "ca", {.from = "2"});
  const TlsServer server(certificates, "broker");
  BOOST_TEST(told(shake(server.port(), "localhost")) == "not_yet_valid");
}

BOOST_AUTO_TEST_CASE(untrusted_goes_before_expired_and_before_the_name) {
  certificates.make_ca("other");
  certificates.sign("broker", "other", {.from = "-30", .to = "-19"});
  const TlsServer server(certificates, "broker");
  BOOST_TEST(told(shake(server.port(), "elsewhere.example")) == "untrusted");
}

BOOST_AUTO_TEST_CASE(an_intermediate_ca_counts_where_it_is_sent) {
  certificates.sign("middle", "ca", {.subject = "/CN=middle", .extensions = Certificates::ca_extensions});
  certificates.sign("broker", "middle", {});
  const TlsServer bare(certificates, "broker");
  const Handshake without = shake(bare.port(), "localhost");
  BOOST_TEST(told(without) == "untrusted");
  BOOST_TEST(subjects(without) == "CN=localhost");
  const TlsServer whole(certificates, "broker", {"-cert_chain", "middle.crt"});
  const Handshake with = shake(whole.port(), "localhost");
  BOOST_TEST(told(with) == "trusted");
  BOOST_TEST(subjects(with) == "CN=localhost; CN=middle; CN=ca, O=Chat");
}

BOOST_AUTO_TEST_CASE(an_intermediate_ca_alone_is_not_trusted) {
  certificates.sign("middle", "ca", {.subject = "/CN=middle", .extensions = Certificates::ca_extensions});
  certificates.sign("broker", "middle", {});
  const TlsServer server(certificates, "broker");
  BOOST_TEST(told(shake(server.port(), "localhost", plan("middle"))) == "untrusted");
}

BOOST_AUTO_TEST_CASE(a_certificate_that_signed_itself_is_trusted_once_it_is_the_ca_file) {
  const std::string names = "subjectAltName=DNS:localhost\n";
  for (const std::string& extensions :
       {names + "basicConstraints=critical,CA:FALSE", names + "basicConstraints=critical,CA:TRUE"}) {
    certificates.sign("alone", "alone", {.extensions = extensions});
    const TlsServer server(certificates, "alone");
    BOOST_TEST(told(shake(server.port(), "localhost")) == "untrusted");
    BOOST_TEST(told(shake(server.port(), "localhost", plan("alone"))) == "trusted");
  }
}

BOOST_AUTO_TEST_CASE(a_certificate_pinned_without_its_ca_is_untrusted) {
  const TlsServer server(certificates, "broker");
  BOOST_TEST(told(shake(server.port(), "localhost", plan("broker"))) == "tls_file");
  certificates.join("pinned.crt", {"broker.crt", "ca.crt"});
  BOOST_TEST(told(shake(server.port(), "localhost", plan("pinned"))) == "trusted");
}

BOOST_AUTO_TEST_CASE(whatever_else_is_wrong_has_the_words_of_openssl) {
  certificates.sign("broker", "ca",
                    {.extensions = "subjectAltName=DNS:localhost\nextendedKeyUsage=clientAuth"});
  const TlsServer server(certificates, "broker");
  const Handshake found = shake(server.port(), "localhost");
  BOOST_TEST(told(found) == "bad_certificate");
  BOOST_TEST(found.failure->detail == "unsuitable certificate purpose");
}

BOOST_AUTO_TEST_CASE(a_user_cannot_sign_a_broker) {
  certificates.sign("alice", "ca", {.subject = "/CN=alice", .extensions = "basicConstraints=CA:FALSE"});
  certificates.sign("broker", "alice", {});
  const TlsServer server(certificates, "broker", {"-cert_chain", "alice.crt"});
  BOOST_TEST((told(shake(server.port(), "localhost")) != "trusted"));
}

BOOST_AUTO_TEST_CASE(keys_of_rsa_4096_and_of_other_curves_work) {
  for (const char* kind : {"RSA:4096", "P-384", "P-521"}) {
    certificates.sign("broker", "ca", {.key = kind});
    const TlsServer server(certificates, "broker");
    BOOST_TEST(told(shake(server.port(), "localhost")) == "trusted");
  }
}

BOOST_AUTO_TEST_CASE(a_key_that_is_too_short_is_bad) {
  certificates.sign("broker", "ca", {.key = "RSA:1024"});
  const TlsServer server(certificates, "broker", {"-cipher", "DEFAULT:@SECLEVEL=0"});
  const Handshake found = shake(server.port(), "localhost");
  BOOST_TEST(told(found) == "bad_certificate");
  BOOST_TEST(found.state.chain.at(0).key == "RSA 1024 bits");
}

BOOST_AUTO_TEST_CASE(a_broker_of_tls_1_2_is_fine_and_one_of_1_1_is_not) {
  const TlsServer server(certificates, "broker", {"-tls1_2"});
  const Handshake found = shake(server.port(), "localhost");
  BOOST_TEST(told(found) == "trusted");
  BOOST_TEST(found.state.protocol == "TLS 1.2");
  const TlsServer old(certificates, "broker", {"-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0"});
  const Handshake none = shake(old.port(), "localhost");
  BOOST_TEST(told(none) == "no_common_tls");
  BOOST_TEST(none.failure->detail == "it knows neither TLS 1.2 nor TLS 1.3");
}

BOOST_AUTO_TEST_CASE(a_broker_without_a_common_cipher_is_told) {
  certificates.sign("broker", "ca", {.key = "RSA:2048"});
  const TlsServer server(certificates, "broker", {"-tls1_2", "-cipher", "NULL-SHA256:@SECLEVEL=0"});
  BOOST_TEST(told(shake(server.port(), "localhost")) == "no_common_tls");
}

BOOST_AUTO_TEST_CASE(many_certificates_are_cut_and_too_many_refused) {
  std::vector<std::string> parts(20, "ca.crt");
  certificates.join("twenty.crt", parts);
  certificates.make_ca("other");
  const TlsServer server(certificates, "broker", {"-cert_chain", "twenty.crt"});
  const Handshake found = shake(server.port(), "localhost", plan("other"));
  BOOST_TEST(told(found) == "untrusted");
  BOOST_TEST(found.state.chain.size() == 10U);
  certificates.make_ca("old", {.subject = "/CN=old", .from = "-30", .to = "-2"});
  certificates.sign("outlived", "old", {});
  const TlsServer late(certificates, "outlived", {"-cert_chain", "twenty.crt"});
  const Handshake expired = shake(late.port(), "localhost", plan("old"));
  BOOST_TEST(told(expired) == "expired");
  BOOST_TEST(expired.state.chain.size() == 10U);
  BOOST_TEST(expired.state.chain.at(expired.failure->certificate).subject == "CN=old");
  certificates.join("many.crt", std::vector<std::string>(300, "ca.crt"));
  const TlsServer huge(certificates, "broker", {"-cert_chain", "many.crt"});
  const Handshake refused = shake(huge.port(), "localhost");
  BOOST_TEST(told(refused) == "bad_certificate");
  BOOST_TEST(refused.failure->detail == "it sends more certificates than can be needed");
}

BOOST_AUTO_TEST_CASE(nothing_but_the_handshake_is_sent) {
  certificates.sign("alice", "ca", {.subject = "/CN=alice"});
  const TlsServer server(certificates, "broker", {"-verify", "1", "-CAfile", "ca.crt"});
  BOOST_TEST(told(shake(server.port(), "localhost")) == "trusted");
  BOOST_TEST(told(shake(server.port(), "localhost", plan("ca", "alice"))) == "trusted");
  BOOST_TEST(told(shake(server.port(), "elsewhere.example")) == "wrong_name");
  // What comes is shown in the order it came: this would stand behind anything of ours.
  testing::Child client({"sh", "-c",
                         "echo hello | openssl s_client -quiet -no_ign_eof -connect 127.0.0.1:" +
                             std::to_string(server.port())},
                        {.folder = certificates.path(""), .output = certificates.path("client")});
  client.wait();
  for (int tries = 0; tries < 500 && server.received().empty(); ++tries) std::this_thread::sleep_for(10ms);
  BOOST_TEST(server.received() == "hello\n");
}

BOOST_AUTO_TEST_CASE(what_is_no_host_is_trusted_nowhere) {
  const TlsServer server(certificates, "broker");
  BOOST_TEST(told(shake(server.port(), "")) == "other");
  BOOST_TEST(told(shake(server.port(), std::string("localhost\0.example", 18))) == "other");
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
// Whom a certificate is for: host names and addresses.
#include <boost/test/unit_test.hpp>

#include "support/tls_fixture.h"

using namespace gnatter;
using namespace gnatter::transport;
using testing::TlsServer;

namespace {

struct Fixture : testing::TlsFixture {
  /// What comes of `host` with a broker whose certificate has these names.
  Handshake with_names(const std::string& host, const std::string& extensions,
                       const std::string& subject = "/CN=Some broker") {
    certificates.sign("named", "ca", {.subject = subject, .extensions = extensions});
    return shake(TlsServer(certificates, "named").port(), host);
  }
  std::string told_of(const std::string& host, const std::string& extensions,
                      const std::string& subject = "/CN=Some broker") {
    return told(with_names(host, extensions, subject));
  }
};

std::string listed(const Handshake& found) {
  std::string text;
  for (const auto& name : found.state.chain.at(0).names) text += (text.empty() ? "" : " ") + name;
  return text;
}

constexpr const char* no_names = "basicConstraints=CA:FALSE";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(tls_names, Fixture)

BOOST_AUTO_TEST_CASE(a_wrong_name_is_told_with_the_names_there_are) {
  const Handshake found =
      with_names("elsewhere.example", "subjectAltName=DNS:mqtt.example,DNS:localhost,IP:127.0.0.1");
  BOOST_TEST(told(found) == "wrong_name");
  BOOST_TEST(found.failure->certificate == 0U);
  BOOST_TEST(listed(found) == "mqtt.example localhost 127.0.0.1");
  BOOST_TEST(found.state.host == "elsewhere.example");
}

BOOST_AUTO_TEST_CASE(any_of_the_names_will_do_in_any_case) {
  BOOST_TEST(told_of("MQTT.Example", "subjectAltName=DNS:localhost,DNS:mqtt.example") == "trusted");
}

BOOST_AUTO_TEST_CASE(the_cn_counts_where_there_is_no_other_name) {
  BOOST_TEST(told_of("mqtt.example", no_names, "/O=Chat/CN=mqtt.example") == "trusted");
  BOOST_TEST(told_of("mqtt.example", "subjectAltName=DNS:other.example", "/CN=mqtt.example") == "wrong_name");
  BOOST_TEST(listed(with_names("localhost", no_names, "/CN=mqtt.example")) == "mqtt.example");
}

BOOST_AUTO_TEST_CASE(a_wildcard_stands_for_one_whole_label) {
  const std::string wildcard = "subjectAltName=DNS:*.chat.example,DNS:mq*.chat.example.org";
  BOOST_TEST(told_of("mqtt.chat.example", wildcard) == "trusted");
  BOOST_TEST(told_of("a.mqtt.chat.example", wildcard) == "wrong_name");
  BOOST_TEST(told_of("chat.example", wildcard) == "wrong_name");
  BOOST_TEST(told_of("mqtt.chat.example.org", wildcard) == "wrong_name");
}

BOOST_AUTO_TEST_CASE(a_name_does_not_end_at_a_zero_byte) {
  // SEQUENCE { dNSName "localhost\0.evil" }
  const std::string hidden = "subjectAltName=DER:30:11:82:0F:6C:6F:63:61:6C:68:6F:73:74:00:2E:65:76:69:6C";
  BOOST_TEST(told_of("localhost", hidden) == "wrong_name");
}

BOOST_AUTO_TEST_CASE(addresses_are_compared_as_addresses) {
  const std::string addresses = "subjectAltName=IP:192.0.2.7,IP:2001:db8::7,IP:fe80::1";
  for (const char* host : {"192.0.2.7", "2001:db8::7", "2001:0DB8:0:0::7", "fe80::1", "fe80::1%eth0"})
    BOOST_TEST(told_of(host, addresses) == "trusted", host);
  for (const char* host : {"192.0.2.8", "2001:db8::8", "localhost"})
    BOOST_TEST(told_of(host, addresses) == "wrong_name", host);
  BOOST_TEST(listed(with_names("192.0.2.7", addresses)) == "Some broker 192.0.2.7 2001:db8::7 fe80::1");
}

BOOST_AUTO_TEST_CASE(an_address_among_the_names_does_not_count_and_that_is_said) {
  for (const char* subject : {"/CN=Some broker", "/CN=192.0.2.7"}) {
    const char* extensions =
        subject == std::string("/CN=192.0.2.7") ? no_names : "subjectAltName=DNS:192.0.2.7";
    const Handshake found = with_names("192.0.2.7", extensions, subject);
    BOOST_TEST(told(found) == "wrong_name");
    BOOST_TEST(found.failure->detail == "it stands in it as a name, not as an address");
    BOOST_TEST(listed(found) == "");
  }
}

BOOST_AUTO_TEST_CASE(the_name_is_sent_so_that_a_server_of_many_finds_its_certificate) {
  certificates.sign("one", "ca", {.extensions = "subjectAltName=DNS:one.example"});
  certificates.sign("two", "ca", {.extensions = "subjectAltName=DNS:two.example,IP:127.0.0.1"});
  const TlsServer server(certificates, "one",
                         {"-servername", "two.example", "-cert2", "two.crt", "-key2", "two.key"});
  BOOST_TEST(told(shake(server.port(), "one.example")) == "trusted");
  BOOST_TEST(told(shake(server.port(), "two.example")) == "trusted");
}

BOOST_AUTO_TEST_CASE(an_address_is_not_sent_as_a_name) {
  for (const char* host : {"127.0.0.1", "2001:db8::7", "fe80::1%eth0", "mqtt.example"}) {
    const auto listener = testing::listen_on();
    shake(testing::port_of(listener), host, plan(), std::chrono::milliseconds(20));
    const base::FileDescriptor peer(::accept(listener.get(), nullptr, nullptr));
    const std::string hello = testing::receive(peer.get(), 65536);
    BOOST_TEST(hello.starts_with("\x16\x03"));
    BOOST_TEST((hello.find(host) != std::string::npos) == (host == std::string("mqtt.example")), host);
  }
}

BOOST_AUTO_TEST_SUITE_END()

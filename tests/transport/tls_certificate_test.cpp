// SPDX-License-Identifier: GPL-3.0-or-later
// Certificates as plain values.
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "base/time_text.h"
#include "support/openssl_certificates.h"
#include "transport/tls/files.h"

using namespace gnatter::transport;
using namespace std::chrono_literals;
using gnatter::testing::Certificates;

namespace {

struct Fixture {
  Certificate made(const Certificates::Wish& wish) {
    certificates.sign("one", "one", wish);
    return read_certificate(certificates.crt("one"));
  }
  Certificates certificates;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(tls_certificate, Fixture)

BOOST_AUTO_TEST_CASE(names_are_written_with_the_most_significant_last) {
  certificates.make_ca("ca", {.subject = "/O=Chat/CN=Our, own CA"});
  certificates.sign("alice", "ca", {.subject = "/O=Chat/CN=alice"});
  const Certificate alice = read_certificate(certificates.crt("alice"));
  BOOST_TEST(alice.subject == "CN=alice, O=Chat");
  BOOST_TEST(alice.issuer == "CN=Our\\, own CA, O=Chat");
  BOOST_TEST(alice.common_name == "alice");
}

BOOST_AUTO_TEST_CASE(the_fingerprint_is_that_of_the_openssl_program) {
  const Certificate one = made({});
  certificates.run({"x509", "-in", "one.crt", "-noout", "-fingerprint", "-sha256", "-out", "print"});
  BOOST_TEST(certificates.read("print") == "sha256 Fingerprint=" + one.fingerprint + '\n');
  BOOST_TEST(one.fingerprint.size() == 95U);
}

BOOST_AUTO_TEST_CASE(validity_is_a_moment) {
  const Certificate one = made({.from = "-19", .to = "11"});
  const auto now = std::chrono::system_clock::now();
  BOOST_TEST(std::chrono::round<std::chrono::days>(now - one.not_before).count() == 19);
  BOOST_TEST(std::chrono::round<std::chrono::days>(one.not_after - now).count() == 11);
}

BOOST_AUTO_TEST_CASE(a_certificate_without_an_end_ends_where_the_clock_does) {
  const Certificate one = made({.to = "2900000"});  // the year 9966
  BOOST_TEST((one.not_after > gnatter::base::now() + std::chrono::years(200)));
}

BOOST_AUTO_TEST_CASE(keys_are_told_by_kind_and_size) {
  BOOST_TEST(made({.key = "P-256"}).key == "EC P-256");
  BOOST_TEST(made({.key = "secp256k1"}).key == "EC secp256k1");
  BOOST_TEST(made({.key = "RSA:2048"}).key == "RSA 2048 bits");
}

BOOST_AUTO_TEST_CASE(a_cn_that_stands_twice_is_none) {
  BOOST_TEST(made({.subject = "/CN=alice/CN=admin"}).common_name == "");
  BOOST_TEST(made({.subject = "/O=Chat"}).common_name == "");
}

BOOST_AUTO_TEST_CASE(utf8_stays_as_it_is) {
  const Certificate one = made({.subject = "/CN=Jörg/O=チャット"});
  BOOST_TEST(one.subject == "O=チャット, CN=Jörg");
  BOOST_TEST(one.common_name == "Jörg");
}

BOOST_AUTO_TEST_CASE(control_characters_of_a_name_are_escaped) {
  const Certificate one = made({.subject = "/CN=al\x1b[31mice\nadmin"});
  BOOST_TEST(one.subject == "CN=al\\1B[31mice\\0Aadmin");
  BOOST_TEST(one.common_name == "al\x1b[31mice\nadmin");  // compared, and made safe before it is shown
}

BOOST_AUTO_TEST_CASE(long_names_are_cut_between_two_characters) {
  std::string name;
  for (int i = 0; i < 5000; ++i) name += "é";
  for (const std::string prefix : {"", "x"}) {
    const Certificate one = made({.subject = "/description=" + prefix + name});
    BOOST_TEST(one.subject.size() <= 256U);
    BOOST_TEST(one.subject.size() >= 253U);
    BOOST_TEST(one.subject.ends_with("é"));
  }
}

BOOST_AUTO_TEST_CASE(at_most_twenty_names_of_256_bytes_are_kept) {
  std::string extensions = "subjectAltName=DNS:" + std::string(1000, 'a');
  for (int i = 0; i < 50; ++i) extensions += ",DNS:n" + std::to_string(i) + ".example";
  const Certificate one = made({.extensions = extensions});
  BOOST_TEST(one.names.size() == 20U);
  BOOST_TEST(one.names.front() == std::string(256, 'a'));
  BOOST_TEST(one.names.back() == "n18.example");
}

BOOST_AUTO_TEST_CASE(a_name_with_a_zero_byte_stays_whole) {
  // SEQUENCE { dNSName "localhost\0.evil" }
  const Certificate one =
      made({.subject = "/CN=one",
            .extensions = "subjectAltName=DER:30:11:82:0F:6C:6F:63:61:6C:68:6F:73:74:00:2E:65:"
                          "76:69:6C"});
  BOOST_TEST_REQUIRE(one.names.size() == 1U);
  BOOST_TEST(one.names.front() == std::string("localhost\0.evil", 15));
}

BOOST_AUTO_TEST_SUITE_END()

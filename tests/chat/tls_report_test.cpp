// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/tls_report.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "base/time_text.h"
#include "support/chat_fixture.h"
#include "support/tls_values.h"

using namespace gnatter;
using namespace gnatter::testing;
using boost::test_tools::per_element;
using chat::Security;
using std::chrono::days;
using Texts = std::vector<std::string>;

namespace {

struct Fixture : ChatFixture {
  void connect_by(Security security, const transport::TlsState& state) {
    chat::Account account = alice();
    account.security = security;
    account.port = chat::default_port(security);
    client.connect(network, account);
    transport::Opened opened;
    opened.tls = state;
    connection->opened.emit(opened);
    accept_subscribes();
  }
  /// What /tls prints.
  Texts report() {
    const auto before = lines(&network.window()).size();
    BOOST_TEST(refusal("/tls") == "");
    Texts all = lines(&network.window());
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(before));
    for (std::string& line : all) {
      BOOST_REQUIRE(line.starts_with("info: "));
      line.erase(0, 6);
    }
    return all;
  }
};

std::string date_in(int count) {
  return base::local_date(base::now() + days(count));
}

/// The rows about a certificate of those in support/tls_values.h.
Texts rows(const std::string& head, const std::string& subject, const std::string& issuer,
           const std::string& names, int left, const std::string& key, const std::string& pair) {
  Texts all{head, "subject  " + subject, "issuer   " + issuer};
  if (!names.empty()) all.push_back("names    " + names);
  all.push_back("valid    " + date_in(-365) + " to " + date_in(left) + ", ends in " + std::to_string(left) +
                " days");
  all.push_back("key      " + key);
  all.push_back("SHA-256  " + fingerprint(pair));
  return all;
}

Texts operator+(Texts one, const Texts& other) {
  one.insert(one.end(), other.begin(), other.end());
  return one;
}

const Texts line{"line     TLS 1.3, TLS_AES_256_GCM_SHA384",
                 "checked  for broker.example, by /etc/gnatter/mqtt_ca.crt"};
Texts broker() {
  return rows("The broker's certificate:", "CN=broker.example, O=Chat", "CN=Foo CA",
              "broker.example and localhost", 100, "RSA 3072 bits", "3F");
}
Texts ca() {
  return rows("The CA that signed it:", "CN=Foo CA", "itself", "", 1000, "EC P-256", "CA");
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(tls_report, Fixture)

BOOST_AUTO_TEST_CASE(an_encrypted_line_has_its_chain) {
  connect_by(Security::tls, tls_state());
  BOOST_TEST(report() ==
                 Texts{"The line to broker.example:8883 is encrypted and the broker's certificate trusted."} +
                     line + broker() + ca(),
             per_element());
}

BOOST_AUTO_TEST_CASE(a_certificate_that_nobody_asked_for_has_proved_nothing) {
  connect_by(Security::certificate, tls_state());
  BOOST_TEST(report().front() ==
             "The line to broker.example:8884 is encrypted and the broker's certificate trusted. It has not "
             "asked for your certificate.");
}

BOOST_AUTO_TEST_CASE(our_certificate_is_shown_where_one_is_used) {
  auto state = tls_state();
  state.own = own_certificate("alice");
  connect_by(Security::certificate, state);
  BOOST_TEST(
      report() == Texts{"The line to broker.example:8884 is encrypted and the broker's certificate "
                        "trusted, you are known by your certificate."} +
                      line + broker() + ca() +
                      rows("Your certificate:", "CN=alice", "CN=Chat CA", "", 100, "RSA 3072 bits", "A1"),
      per_element());
}

BOOST_AUTO_TEST_CASE(a_plain_line_says_so_and_how_to_change_it) {
  connect();
  BOOST_TEST(
      report() == Texts{"PLAIN: the line to broker.example:1883 is not encrypted. Everybody on the way "
                        "can read what you write, your password too. Encrypted: /connect -tls "
                        "broker.example"},
      per_element());
  chat::Account local = alice();
  local.host = "localhost";
  client.connect(client.add_network(), local);
  client.buffers.show(client.networks().back()->window());
  become_ready();
  client.enter("/tls");
  BOOST_TEST(lines(client.buffers.current()).back() ==
             "info: The line to localhost:1883 is not encrypted. It stays on this machine, so nobody reads "
             "along. Encrypted: /connect -tls localhost");
}

BOOST_AUTO_TEST_CASE(a_failed_attempt_shows_what_was_seen_and_why_it_was_refused) {
  BOOST_TEST(report() == Texts{"Not connected."}, per_element());
  connect_by(Security::tls, tls_state());
  connection->lose();
  BOOST_TEST(report() == Texts{"Not connected to broker.example:8883."}, per_element());
  auto state = tls_state();
  state.protocol = state.cipher = "";
  state.chain = {broker_certificate(-days(19))};
  connection->failed.emit(tls_failure(transport::Failure::Reason::expired, 0, state));
  auto told = report();
  BOOST_REQUIRE(told.size() == 9u);
  BOOST_TEST(told[0] == "The certificate of broker.example:8883 expired on " + date_in(-19) +
                            ", 19 days ago. Nothing was sent. Its operator must renew it.");
  BOOST_TEST(told[1] == line[1]);
  BOOST_TEST(told[6] == "valid    " + date_in(-365) + " to " + date_in(-19) + ", expired 19 days ago");
  client.enter("/connect");
  open();
  accept_subscribes();
  BOOST_TEST(report().front().starts_with("PLAIN: "));  // it is the line that counts, not the wish
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/tls_words.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "base/time_text.h"
#include "chat/words.h"
#include "support/tls_values.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;
using boost::test_tools::per_element;
using chat::Account;
using chat::Security;
using Reason = transport::Failure::Reason;
using std::chrono::days;
using Texts = std::vector<std::string>;

namespace {

Account account(Security security = Security::tls) {
  Account account;
  account.host = "broker.example";
  account.port = chat::default_port(security);
  account.user = "alice";
  account.password = "secret";
  account.security = security;
  return account;
}

std::string told(const transport::Failure& failure, const Account& as = account()) {
  return chat::words::failed(as, failure, std::nullopt);
}

std::string told(Reason reason, std::string detail, const Account& as = account()) {
  transport::Failure failure;
  failure.reason = reason;
  failure.detail = std::move(detail);
  return told(failure, as);
}

std::string date_in(int count) {
  return base::local_date(base::now() + days(count));
}

const std::string for_good = " Not tried again by itself: /connect does.";
const std::string of_broker =
    " The certificate: subject \"CN=broker.example, O=Chat\", issuer \"CN=Foo CA\", SHA-256 " +
    fingerprint("3F");

}  // namespace

BOOST_AUTO_TEST_SUITE(tls_words)

BOOST_AUTO_TEST_CASE(a_certificate_that_nobody_trusted_has_signed) {
  const std::string head =
      "broker.example:8883 shows a certificate that nobody you trust has signed. Nothing was sent. You trust "
      "/etc/gnatter/mqtt_ca.crt: if the broker is yours, --cafile names its CA; if it was trusted before, "
      "somebody may stand in between.";
  BOOST_TEST(told(tls_failure(Reason::untrusted)) == head + for_good + of_broker);
  // Who compares, compares the broker's own, whichever one of the chain is the unknown one.
  BOOST_TEST(told(tls_failure(Reason::untrusted, 1)) == head + for_good + of_broker);
}

BOOST_AUTO_TEST_CASE(an_expired_certificate) {
  auto state = tls_state();
  state.chain[0] = broker_certificate(-days(19));
  BOOST_TEST(told(tls_failure(Reason::expired, 0, state)) ==
             "The certificate of broker.example:8883 expired on " + date_in(-19) +
                 ", 19 days ago. Nothing was sent. Its operator must renew it." + for_good + of_broker);
  state.chain[1] = ca_certificate(-days(1));
  BOOST_TEST(told(tls_failure(Reason::expired, 1, state)) ==
             "The certificate of the CA \"CN=Foo CA\", which vouches for broker.example:8883, expired on " +
                 date_in(-1) + ", 1 day ago. Nothing was sent. Its operator must renew it." + for_good +
                 " The certificate: subject \"CN=Foo CA\", issuer \"CN=Foo CA\", SHA-256 " +
                 fingerprint("CA"));
}

BOOST_AUTO_TEST_CASE(a_certificate_of_tomorrow_asks_for_the_clock) {
  auto state = tls_state();
  state.chain[0].not_before = base::now() + days(11);
  const std::string clock = base::local_clock(base::now());
  const std::string sentence = told(tls_failure(Reason::not_yet_valid, 0, state));
  if (base::local_clock(base::now()) != clock) return;  // the minute ended meanwhile
  BOOST_TEST(sentence == "The certificate of broker.example:8883 is not valid yet: it begins on " +
                             date_in(11) +
                             ", in 11 days. Nothing was sent. Is the clock of this machine right? It shows " +
                             date_in(0) + ' ' + clock +
                             ". If it is, its operator must mend the certificate." + for_good + of_broker);
}

BOOST_AUTO_TEST_CASE(a_certificate_for_other_names_says_which) {
  auto state = tls_state();
  state.chain[0].names = {"mqtt.example", "localhost"};
  BOOST_TEST(told(tls_failure(Reason::wrong_name, 0, state)) ==
             "The certificate of broker.example:8883 is for mqtt.example and localhost, not for "
             "broker.example. Nothing was sent. Connect by a name that it has, or its operator must add this "
             "one." +
                 for_good + of_broker);
  state.chain[0].names = {"a", "b", "c", "d", "e", "f"};
  BOOST_TEST(told(tls_failure(Reason::wrong_name, 0, state)).find("is for a, b, c, d and 2 more, not for") !=
             std::string::npos);
  state.chain[0].names = {};
  BOOST_TEST(told(tls_failure(Reason::wrong_name, 0, state)) ==
             "The certificate of broker.example:8883 is not for broker.example. Nothing was sent. Its "
             "operator must put that into it." +
                 for_good + of_broker);
}

BOOST_AUTO_TEST_CASE(a_port_without_tls) {
  Account odd = account();
  odd.port = 1883;
  BOOST_TEST(told(Reason::no_tls, "", odd) ==
             "broker.example:1883 does not speak TLS. Nothing was sent. TLS is usually on 8883. Without it, "
             "/connect -plain broker.example, everybody on the way can read what you write, your password "
             "too." +
                 for_good);
  BOOST_TEST(told(Reason::no_tls, "it closes the line") ==
             "broker.example:8883 does not speak TLS (it closes the line). Nothing was sent. Is TLS switched "
             "on there? Without it, /connect -plain broker.example:8883, everybody on the way can read what "
             "you write, your password too." +
                 for_good);
  odd.host = "localhost";
  odd.port = 1999;
  BOOST_TEST(
      told(Reason::no_tls, "", odd) ==
      "localhost:1999 does not speak TLS. Nothing was sent. TLS is usually on 8883. On this machine it "
      "is not needed: /connect -plain localhost:1999 goes without." +
          for_good);
  transport::Failure again;
  again.reason = Reason::no_tls;
  BOOST_TEST(chat::words::failed(odd, again, 3s)
                 .ends_with("/connect -plain localhost:1999 goes without. Next try in 3 s."));
}

BOOST_AUTO_TEST_CASE(a_plain_try_on_a_port_that_wants_tls_says_what_went_out) {
  Account plain = account(Security::plain);
  plain.port = 8883;
  BOOST_TEST(told(Reason::speaks_tls, "", plain) ==
             "broker.example:8883 wants TLS, and this was a try without: your name and your password went "
             "out readable for everybody on the way. Encrypted it is /connect -tls broker.example, or -v at "
             "the start. Best change the password." +
                 for_good);
  plain.password.clear();
  plain.port = 1999;
  BOOST_TEST(told(Reason::speaks_tls, "", plain) ==
             "broker.example:1999 wants TLS, and this was a try without: your name went out readable for "
             "everybody on the way. Encrypted it is /connect -tls broker.example:1999, or -v at the start." +
                 for_good);
  plain.host = "::1";
  BOOST_TEST(told(Reason::speaks_tls, "", plain) ==
             "[::1]:1999 wants TLS: /connect -tls [::1]:1999, or -v at the start." + for_good);
}

BOOST_AUTO_TEST_CASE(certificates_of_ours) {
  Account other = account();
  other.port = 8884;
  BOOST_TEST(
      told(Reason::wants_certificate, "", other) ==
      "broker.example:8884 wants a certificate of yours, and none was shown. Nothing was sent. /connect "
      "-cert broker.example shows it, or -V at the start." +
          for_good);
  auto state = tls_state();
  state.own = own_certificate("alice");
  auto failure = tls_failure(Reason::refused_certificate, 0, state);
  failure.detail = "unknown CA";
  BOOST_TEST(told(failure, account(Security::certificate)) ==
             "broker.example:8884 does not take your certificate (unknown CA). Nothing else was sent. Its "
             "operator must trust who signed yours, \"CN=Chat CA\", or sign you another." +
                 for_good + " Your certificate: subject \"CN=alice\", issuer \"CN=Chat CA\", SHA-256 " +
                 fingerprint("A1"));
  failure.detail = "revoked";
  BOOST_TEST(
      told(failure, account(Security::certificate))
          .starts_with("broker.example:8884 does not take your certificate (revoked). Nothing else was "
                       "sent. Its operator must sign you another."));
}

BOOST_AUTO_TEST_CASE(files_speak_for_themselves) {
  BOOST_TEST(told(Reason::tls_file, "The CA file /x is not there.") ==
             "The CA file /x is not there." + for_good);
  BOOST_TEST(told(Reason::key_password, "The key /x is encrypted.") == "The key /x is encrypted." + for_good);
}

BOOST_AUTO_TEST_CASE(what_else_is_wrong) {
  BOOST_TEST(told(Reason::no_common_tls, "it knows TLS 1.1 alone") ==
             "broker.example:8883 allows no TLS that is safe enough (it knows TLS 1.1 alone). Nothing was "
             "sent. Its operator must allow TLS 1.2 or newer." +
                 for_good);
  auto failure = tls_failure(Reason::bad_certificate);
  failure.detail = "its key is too short";
  BOOST_TEST(
      told(failure) ==
      "The certificate of broker.example:8883 cannot be used (its key is too short). Nothing was sent. "
      "Its operator must replace it." +
          for_good + of_broker);
}

BOOST_AUTO_TEST_CASE(a_name_that_a_broker_does_not_accept_is_not_a_wrong_password) {
  Account by_certificate = account(Security::certificate);
  by_certificate.tls.certificate = "/home/alice/alice.crt";
  transport::Failure failure;
  failure.code = 0x87;
  for (const Reason reason : {Reason::not_authorized, Reason::wrong_password}) {
    failure.reason = reason;
    BOOST_TEST(told(failure, by_certificate) ==
               "broker.example:8884 refused alice: it does not accept the name of your certificate, "
               "/home/alice/alice.crt (0x87). Its operator must let it in." +
                   for_good);
  }
}

BOOST_AUTO_TEST_CASE(a_broker_that_has_not_asked_for_the_certificate_wants_a_password) {
  transport::Failure failure;
  failure.reason = Reason::not_authorized;
  failure.code = 0x87;
  failure.tls = tls_state();
  BOOST_TEST(told(failure, account(Security::certificate)) ==
             "broker.example:8884 refused alice: it has not asked for your certificate, and wants a password "
             "(0x87). By certificate it is usually port 8884; by password it is /connect -tls "
             "broker.example:8884, or -v at the start." +
                 for_good);
}

BOOST_AUTO_TEST_CASE(a_certificate_cannot_write_its_own_sentences) {
  auto state = tls_state();
  state.chain[0].subject = "CN=x\", issuer \"CN=Your CA\n\x1b[2J\tend";
  state.chain[0].issuer = std::string(300, 'y');
  const std::string sentence = told(tls_failure(Reason::untrusted, 0, state));
  BOOST_TEST(sentence.find("subject \"CN=x', issuer 'CN=Your CA \u241b[2J end\", issuer \"yyy") !=
             std::string::npos);
  BOOST_TEST(sentence.find_first_of("\n\t\x1b") == std::string::npos);
  BOOST_TEST(sentence.find(std::string(95, 'y')) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_failure_of_tls_survives_a_handshake_that_did_not_come_far) {
  for (int reason = static_cast<int>(Reason::speaks_tls);
       reason <= static_cast<int>(Reason::refused_certificate); ++reason) {
    transport::Failure failure;
    failure.reason = static_cast<Reason>(reason);
    failure.detail = "A detail.";
    failure.certificate = 3;
    BOOST_TEST(told(failure).ends_with(for_good));
    failure.tls.emplace();
    BOOST_TEST(told(failure).ends_with(for_good));
  }
}

BOOST_AUTO_TEST_CASE(what_ends_soon_is_told) {
  auto state = tls_state();
  BOOST_TEST(chat::words::certificate_notes(account(), state).empty());
  state.chain[0] = broker_certificate(days(11));
  BOOST_TEST(chat::words::certificate_notes(account(), state) ==
                 Texts{"The certificate of broker.example ends on " + date_in(11) +
                       ", in 11 days: tell its operator."},
             per_element());
  state.chain[1] = ca_certificate(days(1));
  state.own = own_certificate("alice", days(14) - 1h);
  const auto notes = chat::words::certificate_notes(account(Security::certificate), state);
  BOOST_REQUIRE(notes.size() == 2u);
  BOOST_TEST(notes[0] ==
             "The certificate of the CA \"CN=Foo CA\", which vouches for broker.example, ends on " +
                 date_in(1) + ", in 1 day: tell its operator.");
  BOOST_TEST(notes[1].starts_with("Your certificate ends on "));
  BOOST_TEST(notes[1].ends_with(": have \"CN=Chat CA\" sign a new one."));
}

BOOST_AUTO_TEST_CASE(another_name_than_the_certificates_is_told) {
  auto state = tls_state();
  state.own = own_certificate("alice");
  BOOST_TEST(chat::words::certificate_notes(account(Security::certificate), state).empty());
  Account bob = account(Security::certificate);
  bob.user = "bob";
  BOOST_TEST(chat::words::certificate_notes(bob, state) ==
                 Texts{"Your certificate is for alice, and you write as bob: a broker that takes names from "
                       "certificates refuses what is not written as alice."},
             per_element());
}

BOOST_AUTO_TEST_CASE(a_line_says_what_it_is) {
  transport::Opened opened;
  BOOST_TEST(chat::words::protocols(opened) == "MQTT 5");
  opened.tls = tls_state();
  BOOST_TEST(chat::words::protocols(opened) == "MQTT 5, TLS 1.3");
  BOOST_TEST(chat::words::connected(account(), opened)
                 .starts_with("Connected to broker.example:8883 as alice (MQTT 5, TLS 1.3)."));
  BOOST_TEST(!chat::words::plain_line(account()));
  BOOST_TEST(chat::words::plain_line(account(Security::plain)).value() ==
             "PLAIN: everybody on the way to broker.example can read what you write, your password too. "
             "/connect -tls broker.example");
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
// What the screen shows of a line over TLS, and what it asks for.
#include <boost/test/unit_test.hpp>
#include <string>

#include "support/screen_fixture.h"
#include "support/tls_values.h"

using namespace gnatter;
using namespace gnatter::testing;
using chat::Security;
using transport::Failure;
using Reason = transport::Failure::Reason;

namespace {

struct Fixture : ScreenFixture {
  chat::Account by(Security security) {
    chat::Account account = alice();
    account.security = security;
    account.port = chat::default_port(security);
    account.tls.key = "/home/alice/alice.key";
    return account;
  }
  void stand_by(Security security) {
    client.connect(network, by(security));
    transport::Opened opened;
    opened.tls = tls_state();
    if (security == Security::certificate) opened.tls->own = own_certificate("alice");
    connection->opened.emit(opened);
    accept_subscribes();
    settle();
  }
  void fail(Reason reason) {
    Failure failure;
    failure.reason = reason;
    failure.detail = "The key /home/alice/alice.key is encrypted.";
    connection->failed.emit(failure);
    settle();
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(screen_tls, Fixture)

BOOST_AUTO_TEST_CASE(the_status_line_says_how_the_line_is_kept_from_others) {
  stand_by(Security::tls);
  BOOST_TEST(status().find("│ broker.example tls │") != std::string::npos, status());
  connection->lose();
  settle();
  BOOST_TEST(status().find("tls") == std::string::npos, status());
}

BOOST_AUTO_TEST_CASE(a_certificate_has_a_word_of_its_own) {
  stand_by(Security::certificate);
  BOOST_TEST(status().find("│ broker.example cert │") != std::string::npos, status());
}

BOOST_AUTO_TEST_CASE(a_plain_line_is_an_alarm_unless_it_stays_here) {
  connect();
  settle();
  BOOST_TEST(status().find("│ broker.example PLAIN │") != std::string::npos, status());
  chat::Account local = alice();
  local.host = "::1";
  client.connect(client.add_network(), local);
  client.buffers.show(client.networks().back()->window());
  become_ready();
  settle();
  BOOST_TEST(status().find("│ ::1 local │") != std::string::npos, status());
}

BOOST_AUTO_TEST_CASE(what_counts_is_the_line_and_not_the_wish) {
  client.connect(network, by(Security::tls));
  become_ready();
  settle();
  BOOST_TEST(status().find("PLAIN") != std::string::npos, status());
}

BOOST_AUTO_TEST_CASE(the_title_has_the_version_of_tls) {
  stand_by(Security::tls);
  BOOST_TEST(terminal.row(0).find("broker.example:8883 · MQTT 5, TLS 1.3 · since ") != std::string::npos,
             terminal.row(0));
}

BOOST_AUTO_TEST_CASE(the_password_of_a_key_is_asked_for_in_the_prompts_place) {
  client.connect(network, by(Security::certificate));
  fail(Reason::key_password);
  BOOST_TEST(input().starts_with("Password of the key /home/alice/alice.key:"), input());
  type("open sesame");
  BOOST_TEST(!terminal.shows("sesame"));
  type("\r");
  BOOST_REQUIRE(connection->opens.back().tls);
  BOOST_TEST(connection->opens.back().tls->key_password == "open sesame");
  fail(Reason::key_password);  // it was wrong
  BOOST_TEST(input().starts_with("Password of the key"), input());
  const auto before = connection->opens.size();
  type("\x07");
  BOOST_TEST(input() == ">");
  fail(Reason::key_password);
  type("\r");
  BOOST_TEST(connection->opens.size() == before);
}

BOOST_AUTO_TEST_CASE(nobody_is_asked_for_it_when_a_lost_line_comes_back) {
  stand_by(Security::certificate);
  connection->lose();
  fail(Reason::key_password);
  BOOST_TEST(!terminal.shows("Password of the key"));
  BOOST_TEST(count(&network.window(), "is encrypted. Not tried again by itself: /connect does.") == 1u);
  enter("/connect");
  fail(Reason::key_password);
  BOOST_TEST(terminal.shows("Password of the key"));
}

BOOST_AUTO_TEST_CASE(whoever_connects_after_a_stop_is_asked_again) {
  stand_by(Security::tls);
  connection->lose();
  fail(Reason::expired);
  enter("/connect");
  fail(Reason::wrong_password);
  BOOST_TEST(terminal.shows("Password for alice"));
}

BOOST_AUTO_TEST_CASE(a_certificate_that_is_not_let_in_has_no_password_to_ask_for) {
  for (const Reason reason : {Reason::wrong_password, Reason::not_authorized}) {
    client.connect(network, by(Security::certificate));
    fail(reason);
    BOOST_TEST(!terminal.shows("Password"));
  }
  BOOST_TEST(count(&network.window(), "it does not accept the name of your certificate") == 2u);
}

BOOST_AUTO_TEST_CASE(a_file_that_has_gone_meanwhile_is_told) {
  client.connect(network, by(Security::certificate));
  fail(Reason::key_password);
  no_identity = "The key is not there.";
  type("x\r");
  BOOST_TEST(terminal.shows("The key is not there."));
}

BOOST_AUTO_TEST_CASE(certificates_are_aligned_on_a_wide_and_a_narrow_screen) {
  stand_by(Security::tls);
  terminal.resize({80, 60});
  enter("/tls");
  const std::string pairs = "3F:3F:3F:3F:3F:3F:3F:3F:3F:3F:3F:3F:";
  BOOST_TEST(terminal.shows("│ issuer   CN=Foo CA "));
  BOOST_TEST(terminal.shows("│ SHA-256  " + pairs));
  BOOST_TEST(terminal.shows("│          " + pairs));
  BOOST_TEST(terminal.shows("│          3F:3F:3F:3F:3F:3F:3F:3F "));
  terminal.resize({40, 60});
  type(" ");
  BOOST_TEST(terminal.shows(" -- SHA-256  3F:3F:3F:3F:3F:3F:3F:"));
  BOOST_TEST(terminal.shows("                  3F:3F:3F:3F:3F:3F:3F:"));
  terminal.resize({20, 60});
  type(" ");
  BOOST_TEST(terminal.shows("      3F:3F:3F:3F:"));  // no room beside the label
}

BOOST_AUTO_TEST_SUITE_END()

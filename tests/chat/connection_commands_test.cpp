// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/chat_fixture.h"
#include "support/tls_values.h"

using namespace gnatter;
using namespace gnatter::testing;
using boost::test_tools::per_element;
using chat::Security;
using Texts = std::vector<std::string>;

namespace {

struct Fixture : ChatFixture {
  FakeConnection* const first = connection;

  /// As if the options had said so.
  void begin(const std::string& host, Security security, std::uint16_t port = 0) {
    chat::Account account = alice();
    account.host = host;
    account.security = security;
    account.port = port ? port : chat::default_port(security);
    if (security == Security::certificate) account.password.clear();
    account.tls.ca_file = "ca";
    account.tls.certificate = "crt";
    account.tls.key = "key";
    account.tls.key_password = "unlock";
    reach(account);
  }
  void reach(const chat::Account& account) {
    connection = first;
    client.buffers.show(network.window());
    client.connect(network, account);
    finish_leaving();
    opened();
  }
  void opened() {
    transport::Opened opened;
    if (connection->opens.back().tls) opened.tls = tls_state();
    connection->opened.emit(opened);
    accept_subscribes();
  }
  /// Types a /connect; who is connected to then: "host:port security user/password", or the refusal. A
  /// connection of a new network is the one that is meant from then on.
  std::string connected_by(std::string_view line) {
    const FakeConnection* const before = connection;
    const auto opens = connection->opens.size();
    const std::string why = refusal(line);
    if (!why.empty()) return why;
    if (connection != before) {
      opened();
      return written(client.networks().back()->session.account());
    }
    if (connection->opens.size() == opens) finish_leaving();
    if (connection->opens.size() == opens) return "nothing";
    opened();
    return written(client.current_network().session.account());
  }
  static std::string written(const chat::Account& account) {
    static constexpr const char* securities[] = {"plain", "tls", "cert"};
    return account.host + ':' + std::to_string(account.port) + ' ' +
           securities[static_cast<int>(account.security)] + ' ' + account.user + '/' + account.password;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(connection_commands, Fixture)

BOOST_AUTO_TEST_CASE(a_new_host_is_spoken_to_by_tls_unless_it_is_this_machine) {
  begin("broker.example", Security::plain);
  BOOST_TEST(connected_by("/connect other.example") == "other.example:8883 tls alice/alice");
  BOOST_TEST(connected_by("/connect third.example:1999") == "third.example:1999 tls alice/alice");
  BOOST_TEST(connected_by("/server fourth.example 1999 bob") == "fourth.example:1999 tls bob/bob");
  BOOST_TEST(connected_by("/connect localhost") == "localhost:1883 plain bob/bob");
  BOOST_TEST(connected_by("/connect ::1") == "::1:1883 plain bob/bob");
  BOOST_TEST(connected_by("/connect 127.0.0.1 1999") == "127.0.0.1:1999 plain bob/bob");
}

BOOST_AUTO_TEST_CASE(flags_and_schemes_say_otherwise) {
  begin("broker.example", Security::plain);
  BOOST_TEST(connected_by("/connect -plain a.example") == "a.example:1883 plain alice/alice");
  BOOST_TEST(connected_by("/connect b.example 1999 -plain") == "b.example:1999 plain alice/alice");
  BOOST_TEST(connected_by("/connect localhost -tls") == "localhost:8883 tls alice/alice");
  BOOST_TEST(connected_by("/connect mqtt://c.example") == "c.example:1883 plain alice/alice");
  BOOST_TEST(connected_by("/connect mqtts://bob@127.0.0.1") == "127.0.0.1:8883 tls bob/bob");
  BOOST_TEST(connected_by("/connect -tls d.example -user \"Anna Lena\"") ==
             "d.example:8883 tls Anna Lena/Anna Lena");
  BOOST_TEST(connected_by("/connect mqtts://e.example -cert -user bob") == "e.example:8884 cert bob/");
}

BOOST_AUTO_TEST_CASE(the_same_host_keeps_its_security_and_its_port_with_that) {
  begin("broker.example", Security::tls, 1999);
  BOOST_TEST(connected_by("/connect") == "broker.example:1999 tls alice/secret");
  BOOST_TEST(connected_by("/reconnect") == "broker.example:1999 tls alice/secret");
  BOOST_TEST(connected_by("/connect broker.example") == "broker.example:1999 tls alice/secret");
  BOOST_TEST(connected_by("/connect -plain") == "broker.example:1883 plain alice/alice");
  BOOST_TEST(connected_by("/connect broker.example") == "broker.example:1883 plain alice/alice");
  BOOST_TEST(connected_by("/connect mqtt://broker.example:8883") == "broker.example:8883 plain alice/alice");
}

BOOST_AUTO_TEST_CASE(another_port_of_the_host_is_another_network_beside_the_first) {
  begin("broker.example", Security::tls, 1999);
  BOOST_TEST(connected_by("/connect broker.example:1998") == "broker.example:1998 tls alice/alice");
  BOOST_TEST(client.networks().size() == 2u);
  BOOST_TEST(client.networks().back()->name() == "broker.example:1998");
  BOOST_TEST(&client.current_network() == client.networks().back().get());
  BOOST_TEST((session.state() == chat::Session::State::ready));
}

BOOST_AUTO_TEST_CASE(what_never_was_connected_is_used_for_the_next_try) {
  client.enter("/connect brokr.example");
  transport::Failure failure;
  failure.reason = transport::Failure::Reason::unknown_host;
  connection->failed.emit(failure);
  client.enter("/disconnect");
  connection->finish_close();
  client.enter("/connect broker.example");
  BOOST_TEST(client.networks().size() == 1u);
}

BOOST_AUTO_TEST_CASE(where_one_went_by_its_name_is_set_for_save_once_the_broker_has_let_us_in) {
  client.enter("/connect broker.example -user alice");
  BOOST_TEST(client.settings.unsaved().empty());
  BOOST_TEST(!client.settings.has("network.broker.example.host"));
  opened();
  std::vector<std::string> names;
  for (const auto& change : client.settings.unsaved()) names.push_back(change.name);
  BOOST_TEST(names == (Texts{"network.broker.example.host", "network.broker.example.port",
                             "network.broker.example.tls", "network.broker.example.user"}),
             per_element());
}

BOOST_AUTO_TEST_CASE(a_password_is_for_one_broker_and_no_less_safe_a_line) {
  begin("broker.example", Security::plain);
  BOOST_TEST(connected_by("/connect -tls") == "broker.example:8883 tls alice/secret");
  BOOST_TEST(connected_by("/connect -plain") == "broker.example:1883 plain alice/alice");
  begin("broker.example", Security::tls);
  BOOST_TEST(connected_by("/connect other.example") == "other.example:8883 tls alice/alice");
  begin("broker.example", Security::tls);
  BOOST_TEST(connected_by("/connect broker.example:1999") == "broker.example:1999 tls alice/alice");
}

BOOST_AUTO_TEST_CASE(a_certificate_says_who_one_is_and_needs_no_password) {
  begin("broker.example", Security::tls);
  BOOST_TEST(connected_by("/connect -cert") == "broker.example:8884 cert /");  // filled in by Identify
  BOOST_TEST(connected_by("/connect -user alice") == "broker.example:8884 cert alice/");
  BOOST_TEST(connected_by("/connect") == "broker.example:8884 cert alice/");
  BOOST_TEST(connected_by("/connect -cert other.example") == "other.example:8884 cert /");
  BOOST_TEST(connected_by("/connect -cert third.example 1999 bob") == "third.example:1999 cert bob/");
  BOOST_TEST(connected_by("/connect third.example -tls") == "third.example:8883 tls bob/bob");
}

BOOST_AUTO_TEST_CASE(from_a_certificate_to_elsewhere_the_name_is_the_password) {
  begin("broker.example", Security::certificate);
  BOOST_TEST(connected_by("/connect other.example") == "other.example:8883 tls alice/alice");
}

BOOST_AUTO_TEST_CASE(the_plan_has_what_the_security_needs) {
  begin("broker.example", Security::plain);
  BOOST_TEST(!connection->opens.back().tls);
  begin("broker.example", Security::tls);
  BOOST_REQUIRE(connection->opens.back().tls);
  BOOST_TEST((*connection->opens.back().tls == transport::TlsPlan{"ca", {}, {}, {}}));
  begin("broker.example", Security::certificate);
  BOOST_REQUIRE(connection->opens.back().tls);
  BOOST_TEST((*connection->opens.back().tls == transport::TlsPlan{"ca", "crt", "key", "unlock"}));
}

BOOST_AUTO_TEST_CASE(the_files_of_one_host_are_not_those_of_another) {
  begin("broker.example", Security::certificate);
  connected_by("/connect");
  BOOST_TEST(session.account().tls.key_password == "unlock");
  connected_by("/connect -cert other.example");
  BOOST_TEST((client.current_network().session.account().tls == transport::TlsPlan{}));
}

BOOST_AUTO_TEST_CASE(what_contradicts_itself_is_refused) {
  begin("broker.example", Security::plain);
  const auto before = connection->opens.size();
  for (const char* line : {"/connect -tls -plain", "/connect -cert h -tls"})
    BOOST_TEST(refusal(line) == "Only one of -tls, -cert and -plain can be. Nothing was sent.", line);
  BOOST_TEST(refusal("/connect mqtt://h -tls") ==
             "The address says plain, the flag the opposite. Nothing was sent.");
  BOOST_TEST(refusal("/connect -plain mqtts://h") ==
             "The address says TLS, the flag the opposite. Nothing was sent.");
  const std::string usage =
      "Usage: /connect [NETWORK|HOST[:PORT]|URL [PORT [USER]]] [-tls|-cert|-plain] [-user USER]";
  for (const char* line : {"/connect -ssl h", "/connect h -user", "/connect h 1883 bob -user bob",
                           "/connect h 1883 bob more", "/connect -user a -user b"})
    BOOST_TEST(refusal(line) == usage, line);
  BOOST_TEST(refusal("/reconnect h").starts_with("There is no network h: there is broker.example."));
  BOOST_TEST(refusal("/connect gopher://h").starts_with("\"gopher://\" is not known here"));
  BOOST_TEST(connection->opens.size() == before);
}

BOOST_AUTO_TEST_CASE(a_first_connect_needs_a_host) {
  BOOST_TEST(refusal("/connect").starts_with("Usage: /connect"));
  BOOST_TEST(refusal("/connect -tls").starts_with("Usage: /connect"));
  BOOST_TEST(refusal("/reconnect").starts_with("Usage: /connect"));
  BOOST_TEST(connected_by("/connect broker.example") == "broker.example:8883 tls /");
}

BOOST_AUTO_TEST_CASE(after_the_warning_of_a_plain_line_the_same_broker_goes_on_by_tls) {
  begin("broker.example", Security::plain);
  network.messenger.join("dev");
  accept_subscribes();
  connection->lose();
  network.messenger.say({chat::BufferKind::group, "dev"}, "kept", protocol::Kind::message);
  BOOST_TEST(connected_by("/connect -tls broker.example") == "broker.example:8883 tls alice/secret");
  BOOST_TEST(network.messenger.groups() == Texts{"dev"}, per_element());
  BOOST_TEST(published().back() == "/chat/group/dev/message/alice kept");
}

BOOST_AUTO_TEST_CASE(what_was_written_for_tls_never_goes_out_plain) {
  begin("broker.example", Security::tls, 1999);
  connection->lose();
  network.messenger.say({chat::BufferKind::direct, "bob"}, "secret", protocol::Kind::message);
  const std::string refused =
      "1 line waits for broker.example and would be lost. /pending lists them, /discard all forgets them.";
  for (const char* line :
       {"/connect -plain", "/connect -plain broker.example:1999", "/connect mqtt://broker.example:1999"})
    BOOST_TEST(refusal(line) == refused, line);
  client.enter("/discard all");
  BOOST_TEST(connected_by("/connect -plain") == "broker.example:1883 plain alice/alice");
  BOOST_TEST(connection->publishes.empty());
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/network.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "chat/words.h"
#include "support/chat_fixture.h"
#include "support/tls_values.h"

using namespace gnatter;
using namespace gnatter::testing;
using boost::test_tools::per_element;
using chat::Session;
using transport::Failure;

namespace {

using Texts = std::vector<std::string>;

struct Fixture : ChatFixture {
  void fail(Failure::Reason reason, int code = 0) {
    Failure failure;
    failure.reason = reason;
    failure.code = code;
    connection->failed.emit(failure);
  }
  std::size_t told(std::string_view words) { return count(&network.window(), words); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(network, Fixture)

BOOST_AUTO_TEST_CASE(a_connection_is_told_with_what_it_promises) {
  connect();
  BOOST_TEST(told("info: Connected to broker.example:1883 as alice (MQTT 5).") == 1u);
  BOOST_TEST(told("info: PLAIN: everybody on the way to broker.example") == 1u);
  BOOST_TEST(network.name() == "broker.example");
  BOOST_TEST(network.user() == "alice");
}

BOOST_AUTO_TEST_CASE(an_account_may_name_its_network) {
  chat::Account local = alice();
  local.name = "local";
  local.host = "127.0.0.1";
  client.connect(network, local);
  become_ready();
  BOOST_TEST(network.name() == "local");
  BOOST_TEST(told("info: Connected to local as alice (MQTT 5).") == 1u);
  BOOST_TEST(chat::words::failed(local, {Failure::Reason::nobody_listens, 0, {}}, {})
                 .starts_with("Nobody listens on local (127.0.0.1:1883)"));
}

BOOST_AUTO_TEST_CASE(a_network_with_a_name_is_the_same_at_another_port) {
  chat::Account local = alice();
  local.name = "local";
  client.connect(network, local);
  become_ready();
  network.messenger.join("dev");
  accept_subscribes();
  local.port = 1884;
  client.connect(network, local);
  finish_leaving();
  BOOST_TEST(network.messenger.groups() == Texts{"dev"}, per_element());
  local.name.clear();
  become_ready();
  client.connect(network, local);
  finish_leaving();
  BOOST_TEST(network.messenger.groups().empty());
}

BOOST_AUTO_TEST_CASE(the_password_of_a_named_network_stays_there) {
  chat::Account local = alice();
  local.name = "local";
  local.password = "for local alone";
  client.connect(network, local);
  become_ready();
  client.enter("/connect other.example");
  BOOST_TEST(connection->opens.back().host == "other.example");
  BOOST_TEST(connection->opens.back().password == "alice");
  BOOST_TEST(network.name() == "local");
  BOOST_TEST(client.networks().back()->name() == "other.example");
}

BOOST_AUTO_TEST_CASE(on_the_older_protocol_it_is_said_that_refusals_cannot_be_told) {
  connect(4);
  BOOST_TEST(told("(MQTT 3.1.1)") == 1u);
  BOOST_TEST(told("it cannot tell when it refuses or drops something") == 1u);
}

BOOST_AUTO_TEST_CASE(nobody_is_warned_of_loopback) {
  for (const char* host : {"localhost", "127.0.0.1", "::1"}) {
    chat::Account account = alice();
    account.host = host;
    BOOST_TEST(!chat::words::plain_line(account));
  }
}

BOOST_AUTO_TEST_CASE(every_failure_has_its_own_sentence) {
  const auto sentence = [](Failure::Reason reason, int code = 0, std::string detail = {}) {
    return chat::words::failed(alice(), {reason, code, std::move(detail)}, {});
  };
  using Reason = Failure::Reason;
  const Texts sentences = {sentence(Reason::unknown_host),       sentence(Reason::no_resolver),
                           sentence(Reason::nobody_listens),     sentence(Reason::unreachable),
                           sentence(Reason::not_mqtt),           sentence(Reason::wrong_password, 0x86),
                           sentence(Reason::not_authorized, 5),  sentence(Reason::bad_client_id, 2),
                           sentence(Reason::refused, 0x9F, "?"), sentence(Reason::other, 0, "disk full")};
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    BOOST_TEST(sentences[i].find("broker.example") != std::string::npos, sentences[i]);
    for (std::size_t j = 0; j < i; ++j) BOOST_TEST(sentences[i] != sentences[j]);
  }
  BOOST_TEST(sentences[5] ==
             "broker.example:1883 refused alice: wrong name or password (0x86). Not tried again by itself: "
             "/connect does.");
  BOOST_TEST(sentence(Reason::other, 0, "\x1b[2J").find('\x1b') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_next_try_is_told) {
  using namespace std::chrono_literals;
  BOOST_TEST(chat::words::failed(alice(), {Failure::Reason::nobody_listens, 0, {}}, 3100ms)
                 .ends_with(" Next try in 4 s."));
}

BOOST_AUTO_TEST_CASE(a_lost_line_is_told_and_so_is_its_return) {
  connect();
  network.messenger.say({chat::BufferKind::direct, "bob"}, "hello", protocol::Kind::message);
  connection->lose();
  BOOST_TEST(told("error: broker.example: the line is lost. Keep writing") == 1u);
  fail(Failure::Reason::nobody_listens);
  fail(Failure::Reason::nobody_listens);
  BOOST_TEST(told("Nobody listens") == 0u);  // one a minute is wanted by nobody
  BOOST_REQUIRE(run_until(loop, [&] { return connection->opens.size() == 2; }));
  become_ready();
  BOOST_TEST(told("info: broker.example is back: 1 line goes out now.") == 1u);
  BOOST_TEST(told("Connected to") == 1u);
}

BOOST_AUTO_TEST_CASE(a_password_that_became_wrong_is_told_also_after_a_loss) {
  connect();
  connection->lose();
  fail(Failure::Reason::wrong_password, 0x86);
  BOOST_TEST(told("wrong name or password (0x86)") == 1u);
  BOOST_TEST((session.state() == Session::State::off));
}

BOOST_AUTO_TEST_CASE(a_takeover_is_told_and_not_answered) {
  connect();
  connection->lose({0x8E, false});
  BOOST_TEST(told("error: Another program uses this device's client id on broker.example (0x8E)") == 1u);
  BOOST_TEST((session.state() == Session::State::off));
}

BOOST_AUTO_TEST_CASE(a_broker_that_shuts_down_says_so) {
  connect();
  connection->lose({0x8B, false});
  BOOST_TEST(told("broker.example is shutting down (0x8B)") == 1u);
}

BOOST_AUTO_TEST_CASE(connecting_elsewhere_ends_the_old_connection_in_order_first) {
  connect();
  network.messenger.join("dev");
  network.roster.here("bob", chat::Roster::Report::Kind::login);
  chat::Account other = alice();
  other.host = "other.example";
  client.connect(network, other);
  BOOST_TEST(connection->opens.size() == 1u);
  finish_leaving();
  BOOST_REQUIRE(connection->opens.size() == 2u);
  BOOST_TEST(connection->opens[1].host == "other.example");
  BOOST_TEST(!connection->opens[1].resume);
  BOOST_TEST(network.name() == "other.example");
  BOOST_TEST(network.messenger.groups().empty());
  BOOST_TEST(network.roster.entries().empty());
}

BOOST_AUTO_TEST_CASE(connecting_again_to_the_same_keeps_the_groups) {
  connect();
  network.messenger.join("dev");
  accept_subscribes();
  client.connect(network, alice());
  finish_leaving();
  BOOST_TEST(network.messenger.groups() == Texts{"dev"}, per_element());
  const auto before = connection->subscribes.size();
  become_ready();
  BOOST_TEST(subscribed(before) == (Texts{"/chat/user/alice/message/+", "/chat/group/dev/message/+",
                                          "/chat/user/+/message/alice"}),
             per_element());
}

BOOST_AUTO_TEST_CASE(another_name_has_another_inbox) {
  connect();
  chat::Account bob = alice();
  bob.user = "bob";
  client.connect(network, bob);
  finish_leaving();
  const auto before = connection->subscribes.size();
  become_ready();
  BOOST_TEST(subscribed(before) == (Texts{"/chat/user/bob/message/+", "/chat/user/+/message/bob"}),
             per_element());
  receive("/chat/user/bob/message/carol", "for bob");
  receive("/chat/user/alice/message/carol", "for alice");
  BOOST_TEST(said(direct("carol")) == Texts{"carol: for bob"}, per_element());
}

BOOST_AUTO_TEST_CASE(what_waits_for_one_account_never_goes_out_on_another) {
  connect();
  connection->lose();
  network.messenger.say({chat::BufferKind::direct, "bob"}, "for the old broker", protocol::Kind::message);
  chat::Account other = alice();
  other.host = "other.example";
  client.connect(network, other);
  finish_leaving();
  become_ready();
  BOOST_TEST(connection->publishes.empty());
  BOOST_TEST(said(direct("bob")) == Texts{"alice (refused): for the old broker"}, per_element());
  BOOST_TEST(count(direct("bob"), "not sent: broker.example was left") == 1u);
}

BOOST_AUTO_TEST_CASE(dropped_announcements_are_counted_with_dropped_messages) {
  connect();
  network.roster.here("a/b", chat::Roster::Report::Kind::login);
  receive("/chat/user/alice/message/b:ob", "x");
  BOOST_TEST(network.messenger.dropped() == 2u);
}

BOOST_AUTO_TEST_CASE(a_client_leaves_when_all_its_networks_have_left) {
  connect();
  FakeConnection* const first = connection;
  chat::Network& second = client.add_network();
  FakeConnection* const other = connection;
  client.connect(second, alice());
  bool left = false;
  client.leave(chat::Cause::quit, [&] { left = true; });
  settle();
  first->accept_all();
  settle();
  first->finish_close();
  BOOST_TEST(!left);
  other->finish_close();
  BOOST_TEST(left);
}

BOOST_AUTO_TEST_CASE(what_waits_is_not_lost_by_a_connect_to_elsewhere) {
  connect();
  network.messenger.join("dev");
  accept_subscribes();
  connection->lose();
  client.buffers.show(*group("dev"));
  client.enter("hello");
  BOOST_TEST(refusal("/connect -user bob").starts_with("1 line waits for broker.example and would be lost."));
  BOOST_TEST(refusal("/connect") == "");
  client.enter("/discard all");
  BOOST_TEST(refusal("/connect -user bob") == "");
}

BOOST_AUTO_TEST_CASE(a_broker_that_comes_back_with_another_certificate_stops_the_line_and_says_so) {
  connect();
  connection->lose();
  connection->failed.emit(tls_failure(Failure::Reason::no_tls));  // it may still be starting
  connection->failed.emit(tls_failure(Failure::Reason::no_tls));
  BOOST_TEST(told("does not speak TLS") == 1u);  // and not a second time
  connection->failed.emit(tls_failure(Failure::Reason::untrusted));
  BOOST_TEST(told("error: broker.example:1883 shows a certificate that nobody you trust has signed.") == 1u);
  BOOST_TEST(told("Not tried again by itself: /connect does.") == 1u);
  BOOST_TEST((session.state() == Session::State::off));
}

BOOST_AUTO_TEST_CASE(certificates_that_end_are_told_at_a_connect_and_not_at_each_return) {
  chat::Account account = alice();
  account.security = chat::Security::tls;
  client.connect(network, account);
  transport::Opened opened;
  opened.tls = tls_state();
  opened.tls->chain[0] = broker_certificate(std::chrono::days(2));
  connection->opened.emit(opened);
  accept_subscribes();
  BOOST_TEST(told("info: Connected to broker.example:1883 as alice (MQTT 5, TLS 1.3).") == 1u);
  BOOST_TEST(told("PLAIN") == 0u);
  BOOST_TEST(told("info: The certificate of broker.example ends on ") == 1u);
  connection->lose();
  BOOST_REQUIRE(run_until(loop, [&] { return connection->opens.size() == 2; }));
  connection->opened.emit(opened);
  BOOST_TEST(told("The certificate of broker.example ends on ") == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

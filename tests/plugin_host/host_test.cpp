// SPDX-License-Identifier: GPL-3.0-or-later
// What a plugin sees and does while it is loaded.
#include "plugin_host/host.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "support/plugin_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using boost::test_tools::per_element;

namespace {

using Texts = std::vector<std::string>;

struct Fixture : PluginFixture {
  Fixture() { plugins.load("probe"); }
  /// The last SUBSCRIBE, which is the plugin's.
  std::size_t newest() { return connection->subscribes.size() - 1; }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(host, Fixture)

BOOST_AUTO_TEST_CASE(a_plugin_is_told_of_connecting_ready_off_and_leaving) {
  client.connect(network, alice());
  BOOST_TEST(told("probe: connecting") == 1u);
  open();
  BOOST_TEST(told("probe: ready") == 0u);
  accept_subscribes();
  BOOST_TEST(told("probe: ready") == 1u);
  connection->lose();
  BOOST_TEST(told("probe: off") == 1u);
  BOOST_REQUIRE(run_until(loop, [&] { return connection->opens.size() == 2; }));
  BOOST_TEST(told("probe: connecting") == 2u);
  open(5, true);
  accept_subscribes();
  BOOST_TEST(told("probe: ready, session present") == 1u);
  client.leave(chat::Cause::quit, [] {});
  connection->accept_all();
  settle();
  BOOST_TEST(told("probe: leaving") == 1u);
}

BOOST_AUTO_TEST_CASE(a_command_prints_where_it_was_typed_and_refuses) {
  connect();
  client.buffers.show(client.buffers.open(network, chat::BufferKind::direct, "bob"));
  type("/probe print hello  there");
  BOOST_TEST(lines(direct("bob")) == Texts{"info: hello  there"}, per_element());
  type("/probe-alias print \x1b[2J");
  BOOST_TEST(lines(direct("bob")).back() == "info: \u241B[2J");
  BOOST_TEST(refusal("/probe refuse a number is wanted\x07") == "a number is wanted\u2407");
}

BOOST_AUTO_TEST_CASE(the_core_goes_before_a_plugin_and_the_first_plugin_before_the_second) {
  connect();
  plugins.load("other");
  type("/other print its own name");
  BOOST_TEST(told("info: its own name") == 1u);
  put("copy", bytes_of(std::filesystem::path(GNATTER_TEST_PLUGINS) / "probe.so"));
  plugins.load("copy");  // its command is taken
  type("/probe print once");
  BOOST_TEST(told("info: once") == 1u);
  BOOST_REQUIRE(unload("copy"));
  type("/probe print still there");
  BOOST_TEST(told("info: still there") == 1u);
}

BOOST_AUTO_TEST_CASE(help_knows_a_plugins_commands) {
  type("/help probe");
  BOOST_TEST(told("info: /probe WHAT [WITH] - Does what the test says. Also: /probe-alias") == 1u);
}

BOOST_AUTO_TEST_CASE(what_a_callback_throws_is_told_and_life_goes_on) {
  connect();
  type("/probe throw the dice are gone");
  settle();
  BOOST_TEST(told("error: Plugin probe failed in a command: the dice are gone. It goes on.") == 1u);
  type("/probe throw-int");
  settle();
  BOOST_TEST(told("error: Plugin probe failed in a command: an exception without words (int). It goes on.") ==
             1u);
  type("/probe print alive");
  BOOST_TEST(told("info: alive") == 1u);
  type("/probe throw-at off");
  connection->lose();
  settle();
  BOOST_TEST(told("error: Plugin probe failed in on_off: it was asked for.") == 1u);
  BOOST_TEST(told("error: Plugin probe failed three times and is switched off. /plugin reload probe") == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_told_of_a_connection_may_throw) {
  type("/probe throw-at connecting");
  connect();
  type("/probe throw-at granted 1");
  type("/probe subscribe /test");
  accept_subscribes();
  type("/probe throw-at /test hi");
  receive("/test", "hi");
  settle();
  BOOST_TEST(told("failed in on_connecting") == 1u);
  BOOST_TEST(told("failed in a subscription's result") == 1u);
  BOOST_TEST(told("failed in a subscription's message") == 1u);
}

BOOST_AUTO_TEST_CASE(what_comes_later_may_throw) {
  connect();
  type("/probe throw-at accepted 0");
  type("/probe publish /test");
  connection->accept_all();
  type("/probe throw-at timer");
  type("/probe timer 1");
  settle();
  BOOST_TEST(told("failed in a publish's result") == 1u);
  BOOST_TEST(told("failed in a timer") == 1u);
  type("/probe throw-at leaving");
  client.leave(chat::Cause::quit, [] {});
  connection->accept_all();
  settle();
  BOOST_TEST(told("failed in on_leaving") == 1u);
  BOOST_TEST(connection->closes.size() == 1u);  // nobody holds
}

BOOST_AUTO_TEST_CASE(messages_come_to_a_plugin_by_its_filters) {
  connect();
  type("/probe subscribe /test/+");
  BOOST_TEST(connection->subscribes[newest()].filter == "/test/+");
  BOOST_TEST(connection->subscribes[newest()].qos == 1);
  accept_subscribes();
  BOOST_TEST(told("probe: granted 1") == 1u);
  receive("/test/a", "one");
  receive("/other", "two");
  receive("/test/a", "three", {}, true);
  BOOST_TEST(told("probe: /test/a one") == 1u);
  BOOST_TEST(told("two") == 0u);
  BOOST_TEST(told("probe: /test/a three retained") == 1u);
  type("/probe unsubscribe /test/+");
  BOOST_TEST(connection->unsubscribes.back().filter == "/test/+");
  receive("/test/a", "four");
  BOOST_TEST(told("four") == 0u);
}

BOOST_AUTO_TEST_CASE(a_refused_filter_comes_with_its_code) {
  connect();
  type("/probe subscribe /secret");
  connection->answer_subscribe(newest(), FakeConnection::refused(0x87, "not authorized"));
  BOOST_TEST(told("probe: refused 135") == 1u);
}

BOOST_AUTO_TEST_CASE(the_fate_of_a_publish_comes_back) {
  connect();
  for (int i = 0; i < 3; ++i) type("/probe publish /test");
  BOOST_TEST(connection->publishes[0].publication.payload == "from probe");
  BOOST_TEST(connection->publishes[0].publication.qos == 2);
  BOOST_TEST(connection->publishes[0].publication.properties.empty());
  connection->answer_publish(0, FakeConnection::accepted());
  connection->answer_publish(1, FakeConnection::refused(0x97, "quota exceeded"));
  connection->lose();
  BOOST_TEST(told("probe: accepted 0") == 1u);
  BOOST_TEST(told("probe: refused 151") == 1u);
  BOOST_TEST(told("probe: lost 0") == 1u);
}

BOOST_AUTO_TEST_CASE(a_timer_comes_once) {
  connect();
  type("/probe timer 5");
  BOOST_TEST(told("probe: timer") == 0u);
  run_for(loop, std::chrono::milliseconds(60));
  BOOST_TEST(told("probe: timer") == 1u);
}

BOOST_AUTO_TEST_CASE(networks_are_known_by_numbers) {
  type("/probe networks");
  BOOST_TEST(told("info: 1 no 99") == 1u);
  client.add_network();
  type("/probe networks");
  BOOST_TEST(told("info: 2 no 99") == 1u);
}

BOOST_AUTO_TEST_CASE(a_network_that_comes_later_is_told_of_too) {
  chat::Network& later = client.add_network();
  client.connect(later, alice());
  BOOST_TEST(count(&later.window(), "probe: connecting") == 1u);
}

BOOST_AUTO_TEST_CASE(the_roster_has_one_writer) {
  connect();
  plugins.load("other");
  type("/probe roster");
  type("/other roster");
  BOOST_TEST(told("info: claimed") == 1u);
  BOOST_TEST(told("info: somebody has it") == 1u);
  BOOST_TEST(network.roster_kept);
  type("/probe here bob");
  type("/probe here a/b");
  type("/probe set-status");
  BOOST_TEST(told("info: taken") == 1u);
  BOOST_TEST(told("info: refused") == 1u);
  BOOST_TEST(network.roster.entries().size() == 1u);
  type("/other status");
  BOOST_TEST(told("info: AWAY") == 1u);
  type("/probe return-roster");
  BOOST_TEST(!network.roster_kept);
  BOOST_TEST(network.roster.entries().empty());
  type("/other roster");
  BOOST_TEST(told("info: claimed") == 2u);
}

BOOST_AUTO_TEST_CASE(a_connection_has_one_will) {
  plugins.load("other");
  type("/probe will of probe");
  type("/other will of other");
  client.connect(network, alice());
  BOOST_TEST(told("probe: will set") == 1u);
  BOOST_TEST(told("other: will taken") == 1u);
  BOOST_REQUIRE(connection->opens[0].will.has_value());
  const auto& will = *connection->opens[0].will;
  BOOST_TEST(will.topic == "/probe/will");
  BOOST_TEST(will.payload == "of probe");
  BOOST_TEST(will.qos == 1);
  BOOST_TEST((will.delay == std::chrono::seconds(5)));
}

BOOST_AUTO_TEST_CASE(what_a_plugin_prints_is_made_safe) {
  connect();
  type("/probe subscribe /test");
  accept_subscribes();
  receive("/test", "\x1b[2J");
  BOOST_TEST(told("probe: /test \u241B[2J") == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

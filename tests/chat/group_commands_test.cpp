// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/chat_fixture.h"

using namespace gnatter;
using gnatter::testing::ChatFixture;
using gnatter::testing::FakeConnection;

namespace {

struct Fixture : ChatFixture {
  Fixture() {
    connect();
    client.enter("/join #dev");
    accept_subscribes();
    client.buffers.show(network.window());
  }
  void type(std::string_view line) { BOOST_TEST(refusal(line) == ""); }
  std::size_t told(std::string_view words) { return count(&network.window(), words); }
  std::string answer() { return lines(&network.window()).back(); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(group_commands, Fixture)

BOOST_AUTO_TEST_CASE(list_has_the_groups_seen_with_their_lines_and_who_wrote_last) {
  receive("/chat/group/dev/message/bob", "hi");
  receive("/chat/group/dev/message/carol", "hi");
  type("/msg #ops hello");
  type("/join quiet");
  client.buffers.show(network.window());
  type("/list");
  BOOST_TEST(told("info: #dev: joined, 2 lines, carol wrote last, ") == 1u);
  BOOST_TEST(told("info: #ops: not joined, alice wrote last, ") == 1u);
  BOOST_TEST(told("info: #quiet: joined, nobody has spoken yet") == 1u);
  BOOST_TEST(answer() ==
             "info: These are the groups seen here; a broker has no list of all. /list -watch looks at every "
             "group.");
}

BOOST_AUTO_TEST_CASE(of_what_was_not_said_today_the_day_is_told) {
  chat::Line line;
  line.time = base::now() - std::chrono::hours(48);
  line.sender = "bob";
  line.text = "from the log";
  group("dev")->prepend({&line, 1});
  type("/list");
  BOOST_TEST(told("info: #dev: joined, bob wrote last, " + base::local_short_date(line.time) + ' ' +
                  base::local_clock(line.time)) == 1u);
}

BOOST_AUTO_TEST_CASE(watching_lists_groups_that_have_no_window) {
  type("/list -watch");
  accept_subscribes();
  BOOST_TEST(answer().starts_with("info: Every group of broker.example is watched now"));
  receive("/chat/group/ops team/message/carol", "one");
  receive("/chat/group/ops team/message/dan", "two");
  receive("/chat/group/evil\u202e/message/dan", "three");
  BOOST_TEST(group("ops team") == nullptr);
  type("/list");
  BOOST_TEST(told("info: #\"ops team\": not joined, 2 lines, dan wrote last, ") == 1u);
  BOOST_TEST(told("\u202e") == 0u);
  BOOST_TEST(answer().ends_with("Every group is watched; /list -watch off ends that."));
}

BOOST_AUTO_TEST_CASE(watching_ends_when_it_is_typed_again_or_off) {
  type("/list -watch off");
  BOOST_TEST(answer() == "info: They are not watched.");
  type("/list -watch");
  type("/list -watch on");
  BOOST_TEST(answer() == "info: Every group is watched already.");
  type("/list -watch");
  BOOST_TEST(!network.messenger.watches_groups());
  type("/list -watch on");
  BOOST_TEST(network.messenger.watches_groups());
  type("/list -watch off");
  BOOST_TEST(answer() == "info: The groups of broker.example are not watched any more; /list has what came.");
  BOOST_TEST(!network.messenger.watches_groups());
  BOOST_TEST(refusal("/list -watch maybe").starts_with("Usage: /list"));
  BOOST_TEST(refusal("/list dev").starts_with("Usage: /list"));
}

BOOST_AUTO_TEST_CASE(a_broker_that_does_not_let_one_watch_is_told) {
  type("/list -watch");
  connection->answer_subscribe(connection->subscribes.size() - 1, FakeConnection::refused(0x87, ""));
  BOOST_TEST(told("error: broker.example does not let alice read every group (0x87)") == 1u);
}

BOOST_AUTO_TEST_CASE(a_long_list_is_cut) {
  type("/list -watch");
  for (int i = 0; i < 300; ++i) receive("/chat/group/group" + std::to_string(i) + "/message/bob", "x");
  type("/list");
  BOOST_TEST(told("not joined, 1 line, bob wrote last") == 100u);
  BOOST_TEST(told("info: And 201 more, where nothing newer came.") == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

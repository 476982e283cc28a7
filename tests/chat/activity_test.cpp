// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/activity.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/chat_fixture.h"

using namespace gnatter;
using namespace gnatter::chat;
using gnatter::testing::ChatFixture;
using gnatter::testing::run_for;
using Level = Activity::Level;

namespace {

struct Fixture : ChatFixture {
  Activity activity{client};
  Fixture() {
    connect();
    client.enter("/join #dev #ops #x");
    accept_subscribes();
  }
  void say(const std::string& where, const std::string& text) {
    receive("/chat/" + where + "/message/bob", text);
  }
  const Activity::State& of(const Buffer* window) { return activity.of(*window); }
  std::string waiting() {
    std::string out;
    for (const Buffer* window : activity.waiting()) out += (out.empty() ? "" : " ") + window->shown_name();
    return out;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(activity, Fixture)

BOOST_AUTO_TEST_CASE(a_name_is_found_as_a_whole_word_in_any_case) {
  for (const char* text : {"bob: hi", "hi Bob", "BOB", "(bob)", "ask bob, please", "bobby and bob", "'bob's"})
    BOOST_TEST(mentions(text, "bob"), text);
  for (const char* text : {"", "bobby", "xbob", "bob2", "bob_", "b ob", "böbob", "bobé"})
    BOOST_TEST(!mentions(text, "bob"), text);
  BOOST_TEST(mentions("thanks Anna Lena!", "anna lena"));
  BOOST_TEST(!mentions("anything", ""));
  BOOST_TEST(mentions("is c++ here", "c++"));
}

BOOST_AUTO_TEST_CASE(what_others_say_out_of_view_counts_by_its_level) {
  say("group/dev", "hello");
  say("group/dev", "again");
  BOOST_TEST((of(group("dev")).level == Level::message));
  BOOST_TEST(of(group("dev")).count == 2u);
  say("group/dev", "Alice, look");
  BOOST_TEST((of(group("dev")).level == Level::mention));
  say("group/dev", "never mind");
  BOOST_TEST((of(group("dev")).level == Level::mention));
  say("user/alice", "hi alice");
  BOOST_TEST((of(direct("bob")).level == Level::direct));
  say("group/x", "in view");
  BOOST_TEST((of(group("x")).level == Level::none));
}

BOOST_AUTO_TEST_CASE(own_lines_and_notes_do_not_count) {
  client.enter("/msg #dev hello");
  receive("/chat/group/dev/message/alice", "from another device");
  group("dev")->print(LineKind::info, "A sentence.");
  group("dev")->print(LineKind::error, "Trouble.");
  group("dev")->print(LineKind::presence, "bob is here");
  group("dev")->print(LineKind::rule, "off");
  BOOST_TEST(of(group("dev")).count == 0u);
  BOOST_TEST(!of(group("dev")).marker);
}

BOOST_AUTO_TEST_CASE(direct_waits_before_mentions_before_groups_by_the_longest_wait) {
  client.buffers.show(network.window());
  say("group/ops", "first");
  run_for(loop, std::chrono::milliseconds(5));
  say("group/dev", "second");
  BOOST_TEST(waiting() == "#ops #dev");
  say("group/x", "alice!");
  say("user/alice", "psst");
  BOOST_TEST(waiting() == "bob #x #ops #dev");
  client.buffers.show(*direct("bob"));
  BOOST_TEST(waiting() == "#x #ops #dev");
}

BOOST_AUTO_TEST_CASE(the_marker_stands_before_what_came_after_the_window_was_left) {
  client.buffers.show(*group("dev"));
  say("group/dev", "read");
  client.buffers.show(*group("ops"));
  const LineNumber unread = group("dev")->end();
  BOOST_TEST(!of(group("dev")).marker);
  group("dev")->print(LineKind::presence, "bob is here");
  say("group/dev", "new");
  say("group/dev", "newer");
  BOOST_TEST((of(group("dev")).left != base::Time{}));
  client.buffers.show(*group("dev"));
  BOOST_TEST(of(group("dev")).count == 0u);
  BOOST_REQUIRE(of(group("dev")).marker.has_value());
  BOOST_TEST(*of(group("dev")).marker == unread);
  BOOST_TEST(of(group("dev")).marked == 2u);
  say("group/dev", "in view");
  BOOST_TEST(*of(group("dev")).marker == unread);
  BOOST_TEST(of(group("dev")).marked == 2u);
  client.buffers.show(*group("ops"));
  BOOST_TEST(!of(group("dev")).marker);
}

BOOST_AUTO_TEST_CASE(a_window_that_somebody_else_opened_has_no_marker) {
  say("user/alice", "hello");
  client.buffers.show(*direct("bob"));
  BOOST_TEST(!of(direct("bob")).marker);
}

BOOST_AUTO_TEST_CASE(a_group_that_was_joined_and_never_shown_has_its_marker_before_what_was_said) {
  network.messenger.join("quiet");
  client.buffers.open(network, BufferKind::group, "quiet");
  accept_subscribes();
  const LineNumber before = group("quiet")->end();
  say("group/quiet", "hello");
  client.buffers.show(*group("quiet"));
  BOOST_TEST((of(group("quiet")).marker == before));
  BOOST_TEST(of(group("quiet")).marked == 1u);
  BOOST_TEST((of(group("quiet")).left > base::Time()));
}

BOOST_AUTO_TEST_CASE(what_comes_below_the_view_counts_in_the_current_window_too) {
  say("group/x", "read");
  activity.set_followed(false);
  const LineNumber unread = group("x")->end();
  say("group/x", "below");
  BOOST_TEST(of(group("x")).count == 1u);
  BOOST_TEST((of(group("x")).marker == unread));
  activity.set_followed(true);
  BOOST_TEST(of(group("x")).count == 0u);
  BOOST_TEST((of(group("x")).marker == unread));
  activity.set_followed(false);
  say("group/x", "below once more");
  BOOST_TEST((of(group("x")).marker == unread));  // where one is reading, nothing moves
}

BOOST_AUTO_TEST_CASE(another_window_is_followed_when_it_is_shown) {
  activity.set_followed(false);
  client.buffers.show(*group("dev"));
  say("group/dev", "in view");
  BOOST_TEST(of(group("dev")).count == 0u);
}

BOOST_AUTO_TEST_CASE(without_the_focus_the_current_window_is_as_left) {
  say("group/x", "read");
  activity.set_focused(false);
  const LineNumber unread = group("x")->end();
  say("group/x", "new");
  say("group/x", "newer");
  BOOST_TEST(of(group("x")).count == 2u);
  activity.set_focused(true);
  BOOST_TEST(of(group("x")).count == 0u);
  BOOST_TEST((of(group("x")).marker == unread));
  activity.set_focused(false);
  BOOST_TEST(!of(group("x")).marker);
}

BOOST_AUTO_TEST_CASE(a_closed_window_waits_no_longer) {
  say("group/dev", "hello");
  int changes = 0;
  const auto listening = activity.changed.connect([&] { ++changes; });
  client.enter("/close #dev");
  BOOST_TEST(waiting() == "");
  BOOST_TEST(changes == 1);
  client.enter("/close");
  say("group/ops", "hello");
  BOOST_TEST(client.buffers.current() == group("ops"));  // shown before, and so in view
  BOOST_TEST(of(group("ops")).count == 0u);
}

BOOST_AUTO_TEST_CASE(what_a_plugin_writes_is_nobody_speaking) {
  Buffer& search = client.buffers.open(network, BufferKind::plugin, "search");
  Line line;
  line.kind = LineKind::message;
  line.sender = "bob";
  line.text = "alice: that was last year";
  search.append(line);
  BOOST_TEST(activity.of(search).count == 0U);
  BOOST_TEST(activity.waiting().empty());
}

BOOST_AUTO_TEST_SUITE_END()

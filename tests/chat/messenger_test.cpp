// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/messenger.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/chat_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using boost::test_tools::per_element;

namespace {

using Texts = std::vector<std::string>;

const std::string some_id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

struct Fixture : ChatFixture {
  chat::Messenger& messenger = network.messenger;

  void join(const std::string& group) {
    messenger.join(group);
    accept_subscribes();
  }
  void say_in(const std::string& group, std::string_view text,
              protocol::Kind kind = protocol::Kind::message) {
    messenger.say({chat::BufferKind::group, group}, text, kind);
  }
  void say_to(const std::string& user, std::string_view text) {
    messenger.say({chat::BufferKind::direct, user}, text, protocol::Kind::message);
  }
  const transport::Publication& sent(std::size_t index) {
    return connection->publishes.at(index).publication;
  }
};

std::string property(const transport::Publication& publication, std::string_view name) {
  for (const auto& [key, value] : publication.properties)
    if (key == name) return value;
  return {};
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(messenger, Fixture)

BOOST_AUTO_TEST_CASE(the_own_inbox_and_joined_groups_are_subscribed) {
  connect();
  messenger.join("dev");
  BOOST_TEST(subscribed() == (Texts{"/chat/user/alice/message/+", "/chat/user/+/message/alice",
                                    "/chat/group/dev/message/+"}),
             per_element());
  BOOST_TEST(connection->subscribes[0].qos == 2);
  BOOST_TEST(connection->subscribes[1].qos == 2);
  BOOST_TEST(connection->subscribes[2].qos == 1);
}

BOOST_AUTO_TEST_CASE(groups_joined_before_the_connection_are_subscribed_with_it) {
  client.connect(network, alice());
  messenger.join("dev");
  messenger.join("dev");
  open();
  BOOST_TEST(subscribed() == (Texts{"/chat/user/alice/message/+", "/chat/group/dev/message/+"}),
             per_element());
}

BOOST_AUTO_TEST_CASE(a_direct_message_goes_out_as_the_protocol_has_it) {
  connect();
  say_to("bob", " hello\n");
  const auto& publication = sent(0);
  BOOST_TEST(publication.topic == "/chat/user/bob/message/alice");
  BOOST_TEST(publication.payload == " hello\n");
  BOOST_TEST(publication.qos == 2);
  BOOST_TEST(!publication.retain);
  BOOST_TEST(protocol::Ulid::parse(property(publication, "id")).has_value());
  BOOST_TEST(base::parse_utc_rfc3339(property(publication, "ts")).has_value());
  BOOST_TEST(property(publication, "kind") == "message");
}

BOOST_AUTO_TEST_CASE(a_group_message_goes_out_as_the_protocol_has_it) {
  connect();
  join("dev");
  say_in("dev", "hello");
  BOOST_TEST(sent(0).topic == "/chat/group/dev/message/alice");
  BOOST_TEST(sent(0).payload == "hello");
  BOOST_TEST(sent(0).qos == 1);
}

BOOST_AUTO_TEST_CASE(an_own_line_is_pending_until_the_broker_has_it) {
  connect();
  say_to("bob", "hello");
  BOOST_TEST(said(direct("bob")) == Texts{"alice (pending): hello"}, per_element());
  connection->answer_publish(0, FakeConnection::accepted());
  BOOST_TEST(said(direct("bob")) == Texts{"alice (sent): hello"}, per_element());
}

BOOST_AUTO_TEST_CASE(a_refused_line_says_so_and_why) {
  connect();
  join("board");
  say_in("board", "hello");
  connection->answer_publish(0, FakeConnection::refused(0x87, "not authorized"));
  BOOST_TEST(said(group("board")) == Texts{"alice (refused): hello"}, per_element());
  BOOST_TEST(count(group("board"),
                   "error: not sent: broker.example does not let alice write to #board (0x87)") == 1u);
}

BOOST_AUTO_TEST_CASE(other_refusals_give_the_reason_and_the_code) {
  connect();
  say_to("bob", "a"), say_to("bob", "b"), say_to("bob", "c");
  connection->answer_publish(0, FakeConnection::refused(0x97, "quota exceeded"));
  connection->answer_publish(1, FakeConnection::refused(0x95, "packet too large"));
  connection->answer_publish(2, FakeConnection::refused(0, "bell\x07"));
  BOOST_TEST(count(direct("bob"), "not sent: quota exceeded (0x97)") == 1u);
  BOOST_TEST(count(direct("bob"), "not sent: too long for broker.example (0x95)") == 1u);
  BOOST_TEST(count(direct("bob"), "not sent: bell\u2407") == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_no_text_is_not_sent) {
  connect();
  BOOST_CHECK_THROW(say_to("bob", ""), base::UserError);
  BOOST_CHECK_THROW(say_to("bob", "broken\xC3"), base::UserError);
  BOOST_TEST(connection->publishes.empty());
  BOOST_TEST(direct("bob") == nullptr);
}

BOOST_AUTO_TEST_CASE(what_arrives_opens_its_window) {
  connect();
  join("dev");
  receive("/chat/user/alice/message/bob", "to you");
  receive("/chat/group/dev/message/carol", "to all");
  BOOST_TEST(said(direct("bob")) == Texts{"bob: to you"}, per_element());
  BOOST_TEST(said(group("dev")) == Texts{"carol: to all"}, per_element());
  BOOST_TEST(client.buffers.current() == &network.window());
}

BOOST_AUTO_TEST_CASE(text_is_made_safe_before_it_is_shown) {
  connect();
  receive("/chat/user/alice/message/bob", "\x1b[2J\xFF\u202E");
  BOOST_TEST(said(direct("bob")) == Texts{"bob: \u241B[2J\uFFFD\uFFFD"}, per_element());
}

BOOST_AUTO_TEST_CASE(a_book_is_cut_and_the_reader_told) {
  connect();
  receive("/chat/user/alice/message/bob", std::string(1 << 20, 'x'));
  const auto lines = said(direct("bob"));
  BOOST_REQUIRE(lines.size() == 1u);
  BOOST_TEST(lines[0].size() < 300'000u);
  BOOST_TEST(lines[0].ends_with("(cut: it has 1048576 bytes)"));
}

BOOST_AUTO_TEST_CASE(the_own_echo_is_known_by_its_id) {
  connect();
  join("dev");
  say_in("dev", "hello");
  echo(0);
  BOOST_TEST(said(group("dev")) == Texts{"alice (pending): hello"}, per_element());
  connection->answer_publish(0, FakeConnection::accepted());
  BOOST_TEST(said(group("dev")) == Texts{"alice (sent): hello"}, per_element());
}

BOOST_AUTO_TEST_CASE(on_the_older_protocol_the_own_echo_is_known_by_its_text) {
  connect(4);
  join("dev");
  say_in("dev", "hello");
  say_in("dev", "waves", protocol::Kind::action);
  connection->accept_all();
  echo(0, false);
  echo(1, false);
  BOOST_TEST(said(group("dev")) == (Texts{"alice (sent): hello", "* alice (sent) waves"}), per_element());
  receive("/chat/group/dev/message/alice", "hello");
  BOOST_TEST(said(group("dev")).size() == 3u);  // another device of ours
}

BOOST_AUTO_TEST_CASE(an_own_echo_that_comes_twice_is_shown_never) {
  connect();
  join("dev");
  say_in("dev", "hello");
  connection->accept_all();
  echo(0);
  echo(0);
  BOOST_TEST(said(group("dev")).size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_another_device_of_ours_says_is_shown) {
  connect();
  join("dev");
  say_in("dev", "hello");
  receive("/chat/group/dev/message/alice", "hello", {{"id", some_id}});
  receive("/chat/group/dev/message/alice", "from my phone");
  BOOST_TEST(said(group("dev")) ==
                 (Texts{"alice (pending): hello", "alice (sent): hello", "alice (sent): from my phone"}),
             per_element());
}

BOOST_AUTO_TEST_CASE(a_line_to_oneself_is_shown_once) {
  connect();
  say_to("alice", "note");
  connection->accept_all();
  echo(0);
  BOOST_TEST(said(direct("alice")) == Texts{"alice (sent): note"}, per_element());
}

BOOST_AUTO_TEST_CASE(nobody_else_can_pass_for_an_echo) {
  connect();
  join("dev");
  say_in("dev", "hello");
  receive("/chat/group/dev/message/bob", "hello", sent(0).properties);
  BOOST_TEST(said(group("dev")).back() == "bob: hello");
  echo(0);
  BOOST_TEST(said(group("dev")).size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_message_that_comes_again_is_dropped_by_its_id) {
  connect();
  join("dev");
  for (int i = 0; i < 3; ++i) receive("/chat/group/dev/message/bob", "hello", {{"id", some_id}});
  receive("/chat/group/dev/message/carol", "hello", {{"id", some_id}});
  BOOST_TEST(said(group("dev")) == (Texts{"bob: hello", "carol: hello"}), per_element());
}

BOOST_AUTO_TEST_CASE(two_equal_texts_without_ids_are_two_messages) {
  connect();
  receive("/chat/user/alice/message/bob", "hello");
  receive("/chat/user/alice/message/bob", "hello");
  receive("/chat/user/alice/message/bob", "hello", {{"id", "malformed"}});
  receive("/chat/user/alice/message/bob", "hello", {{"id", "malformed"}});
  BOOST_TEST(said(direct("bob")).size() == 4u);
}

BOOST_AUTO_TEST_CASE(actions_are_told_by_their_kind_or_without_properties_by_their_prefix) {
  connect();
  receive("/chat/user/alice/message/bob", "/me waves");
  receive("/chat/user/alice/message/bob", "/me waves", {{"kind", "message"}});
  receive("/chat/user/alice/message/bob", "waves", {{"kind", "action"}});
  receive("/chat/user/alice/message/bob", "I am away", {{"kind", "notice"}});
  BOOST_TEST(
      said(direct("bob")) == (Texts{"* bob waves", "bob: /me waves", "* bob waves", "-bob- I am away"}),
      per_element());
}

BOOST_AUTO_TEST_CASE(the_time_shown_is_the_time_sent) {
  connect();
  receive("/chat/user/alice/message/bob", "late", {{"ts", "2026-01-02T03:04:05.678Z"}});
  receive("/chat/user/alice/message/bob", "now", {{"ts", "1999-01-02T03:04:05.678Z"}});
  const auto& window = *direct("bob");
  BOOST_TEST(base::utc_rfc3339(window.line(0)->time) == "2026-01-02T03:04:05.678Z");
  BOOST_TEST((window.line(1)->time > base::now() - std::chrono::minutes(1)));
}

BOOST_AUTO_TEST_CASE(groups_that_are_not_joined_and_others_messages_are_ignored) {
  connect();
  receive("/chat/group/dev/message/bob", "hello");
  receive("/chat/user/carol/message/bob", "not for alice");
  join("dev");
  messenger.part("dev");
  receive("/chat/group/dev/message/bob", "still on its way");
  BOOST_TEST(direct("bob") == nullptr);
  BOOST_TEST(said(group("dev")).empty());
  BOOST_TEST(messenger.dropped() == 0u);
}

BOOST_AUTO_TEST_CASE(messages_with_names_that_are_not_allowed_are_dropped_and_counted) {
  connect();
  join("dev");
  receive("/chat/user/alice/message/b:ob", "x");
  receive("/chat/user/alice/message/\x1b[2J", "x");
  receive("/chat/user/alice/message/bob/carol", "x");
  receive("/chat/group/dev/message/*", "x");
  receive("/chat/group/dev/message/", "x");
  BOOST_TEST(messenger.dropped() == 5u);
  receive("/test", "x");
  receive("/chat/login", "bob");
  BOOST_TEST(messenger.dropped() == 5u);
  BOOST_TEST(client.buffers.entries().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_group_is_told_as_joined_once) {
  connect();
  join("dev");
  BOOST_TEST(count(group("dev"), "info: #dev is open: everybody on broker.example may join") == 1u);
  connection->lose();
  BOOST_REQUIRE(run_until(loop, [&] { return connection->opens.size() == 2; }));
  become_ready();
  BOOST_TEST(count(group("dev"), "#dev is open") == 1u);
}

BOOST_AUTO_TEST_CASE(a_refused_subscription_is_told_and_everything_else_goes_on) {
  client.connect(network, alice());
  messenger.join("board");
  open();
  connection->answer_subscribe(0, FakeConnection::refused(0x80, ""));
  connection->answer_subscribe(1, FakeConnection::refused(0x87, ""));
  connection->answer_subscribe(2, FakeConnection::refused(0x87, ""));
  BOOST_TEST(count(&network.window(), "error: ") == 1u);
  BOOST_TEST(count(&network.window(),
                   "error: broker.example does not let alice read messages to alice (0x80)") == 1u);
  BOOST_TEST(count(group("board"), "error: broker.example does not let alice read #board (0x87)") == 1u);
  BOOST_TEST((session.state() == chat::Session::State::ready));
  say_in("board", "hello");
  BOOST_TEST(connection->publishes.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_group_with_a_log_is_not_told_as_new) {
  connect();
  chat::Line before;
  before.text = "yesterday";
  client.buffers.open(network, chat::BufferKind::group, "dev").prepend({&before, 1});
  network.messenger.join("dev");
  accept_subscribes();
  BOOST_TEST(count(group("dev"), "is open") == 0u);
}

BOOST_AUTO_TEST_CASE(a_group_that_is_not_joined_gets_its_line_and_a_word_about_it_once) {
  connect();
  say_in("ops team", "hello");
  say_in("ops team", "again");
  BOOST_TEST(count(group("ops team"), "You are not in #\"ops team\"") == 1u);
  BOOST_TEST(connection->publishes.size() == 2u);
  join("ops team");
  say_in("ops team", "joined");
  messenger.part("ops team");
  say_in("ops team", "left");
  BOOST_TEST(count(group("ops team"), "You are not in") == 2u);
}

BOOST_AUTO_TEST_CASE(whoever_writes_to_somebody_not_here_is_told_once) {
  connect();
  say_to("bob", "nobody keeps track");
  BOOST_TEST(count(direct("bob"), "is not here") == 0u);
  network.roster_kept = true;
  say_to("bob", "hello");
  say_to("bob", "again");
  BOOST_TEST(count(direct("bob"), "info: bob is not here.") == 1u);
  network.roster.here("bob", chat::Roster::Report::Kind::login);
  say_to("bob", "there you are");
  network.roster.left("bob");
  say_to("bob", "gone");
  BOOST_TEST(count(direct("bob"), "bob is not here.") == 2u);
}

BOOST_AUTO_TEST_CASE(the_last_correspondents_are_remembered) {
  connect();
  join("dev");
  BOOST_TEST(!messenger.last_from());
  receive("/chat/user/alice/message/bob", "hi");
  receive("/chat/group/dev/message/carol", "hi");
  say_to("dan", "hi");
  say_in("dev", "hi");
  BOOST_TEST(messenger.last_from()->name == "bob");
  BOOST_TEST(messenger.last_to()->name == "dan");
}

BOOST_AUTO_TEST_CASE(parting_unsubscribes_and_keeps_the_window) {
  connect();
  join("dev");
  BOOST_TEST(messenger.part("dev"));
  BOOST_TEST(!messenger.part("dev"));
  BOOST_REQUIRE(connection->unsubscribes.size() == 1u);
  BOOST_TEST(connection->unsubscribes[0].filter == "/chat/group/dev/message/+");
  BOOST_TEST(group("dev") != nullptr);
}

BOOST_AUTO_TEST_CASE(lines_written_while_off_go_out_in_order_when_it_is_back) {
  connect();
  say_to("bob", "one");
  connection->lose();
  say_to("bob", "two");
  say_to("bob", "three");
  BOOST_REQUIRE(run_until(loop, [&] { return connection->opens.size() == 2; }));
  become_ready();
  connection->accept_all();
  BOOST_TEST(published(1) == (Texts{"/chat/user/bob/message/alice one", "/chat/user/bob/message/alice two",
                                    "/chat/user/bob/message/alice three"}),
             per_element());
  BOOST_TEST((sent(0).properties == sent(1).properties));  // the same message, by its id
  BOOST_TEST(said(direct("bob")) == (Texts{"alice (sent): one", "alice (sent): two", "alice (sent): three"}),
             per_element());
}

BOOST_AUTO_TEST_SUITE_END()

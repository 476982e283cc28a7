// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/chat_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using boost::test_tools::per_element;
using chat::BufferKind;

namespace {

using Texts = std::vector<std::string>;

struct Fixture : ChatFixture {
  Fixture() { connect(); }
  /// Types a line that must be taken.
  void type(std::string_view line) { BOOST_TEST(refusal(line) == ""); }
  /// "topic payload" of the last publish; empty when there was none since the last look.
  std::string sent() {
    if (connection->publishes.size() == looked_) return {};
    looked_ = connection->publishes.size();
    return published().back();
  }
  std::string kind_sent() {
    for (const auto& [name, value] : connection->publishes.back().publication.properties)
      if (name == "kind") return value;
    return {};
  }
  std::string current() { return client.buffers.current()->shown_name(); }
  /// The last line of the current window.
  std::string answer() {
    const auto all = lines(client.buffers.current());
    return all.empty() ? std::string() : all.back();
  }

 private:
  std::size_t looked_ = 0;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(commands, Fixture)

BOOST_AUTO_TEST_CASE(msg_sends_to_a_user_or_a_group_and_shows_neither) {
  type("/msg bob hello there");
  BOOST_TEST(sent() == "/chat/user/bob/message/alice hello there");
  type("/m #dev  two blanks ");
  BOOST_TEST(sent() == "/chat/group/dev/message/alice  two blanks ");
  type("/msg \"Anna Lena\" hi");
  BOOST_TEST(sent() == "/chat/user/Anna Lena/message/alice hi");
  type("/msg #\"ops team\" hi");
  BOOST_TEST(sent() == "/chat/group/ops team/message/alice hi");
  BOOST_TEST(client.buffers.current() == &network.window());
  BOOST_TEST(direct("bob") != nullptr);
}

BOOST_AUTO_TEST_CASE(msg_takes_the_short_forms_of_targets) {
  BOOST_TEST(refusal("/msg , hi") == "Nobody has written to you yet.");
  BOOST_TEST(refusal("/msg . hi") == "You have not written to anybody yet.");
  receive("/chat/user/alice/message/carol", "hi");
  type("/msg bob hi");
  type("/msg , to carol");
  BOOST_TEST(sent() == "/chat/user/carol/message/alice to carol");
  type("/msg . again");
  BOOST_TEST(sent() == "/chat/user/carol/message/alice again");
  type("/query dan");
  type("/msg * here");
  BOOST_TEST(sent() == "/chat/user/dan/message/alice here");
  type("/msg \",\" quoted");
  BOOST_TEST(sent() == "/chat/user/,/message/alice quoted");
}

BOOST_AUTO_TEST_CASE(msg_without_target_or_text_says_what_is_missing) {
  BOOST_TEST(refusal("/msg") == "A target is missing: #GROUP or USER.");
  BOOST_TEST(refusal("/msg bob").starts_with("Usage: /msg"));
  BOOST_TEST(refusal("/msg bob ").starts_with("Usage: /msg"));
  BOOST_TEST(refusal("/join #x/y").find("network") == std::string::npos);
  BOOST_TEST(refusal("/msg a/b hi") == "There is no network a: there is broker.example. Nothing was sent.");
  BOOST_TEST(refusal("/msg \"a/b\" hi").find("must not hold") != std::string::npos);
  BOOST_TEST(refusal("/msg \"bob hi").find("not closed") != std::string::npos);
  BOOST_TEST(sent() == "");
}

BOOST_AUTO_TEST_CASE(query_opens_and_shows_and_may_send) {
  type("/query bob");
  BOOST_TEST(current() == "bob");
  BOOST_TEST(sent() == "");
  type("/q carol hello");
  BOOST_TEST(current() == "carol");
  BOOST_TEST(sent() == "/chat/user/carol/message/alice hello");
  BOOST_TEST(refusal("/query #dev").find("/join #dev") != std::string::npos);
  BOOST_TEST(refusal("/query") != "");
}

BOOST_AUTO_TEST_CASE(text_goes_to_the_windows_target) {
  BOOST_TEST(refusal("hello").find("This window has nobody to talk to") == 0u);
  type("/join #dev");
  type("hello");
  BOOST_TEST(sent() == "/chat/group/dev/message/alice hello");
  type("/query bob");
  type(" leading blank");
  BOOST_TEST(sent() == "/chat/user/bob/message/alice  leading blank");
}

BOOST_AUTO_TEST_CASE(a_text_that_begins_with_a_slash_is_doubled) {
  type("/query bob");
  type("//etc/passwd");
  BOOST_TEST(sent() == "/chat/user/bob/message/alice /etc/passwd");
  type("///x");
  BOOST_TEST(sent() == "/chat/user/bob/message/alice //x");
  type("//me waves");
  BOOST_TEST(sent() == "/chat/user/bob/message/alice /me waves");
  BOOST_TEST(kind_sent() == "message");
  BOOST_TEST(said(direct("bob")).back() == "alice (pending): /me waves");
}

BOOST_AUTO_TEST_CASE(me_says_what_one_does) {
  type("/query bob");
  type("/me waves  twice");
  BOOST_TEST(sent() == "/chat/user/bob/message/alice /me waves  twice");
  BOOST_TEST(kind_sent() == "action");
  BOOST_TEST(said(direct("bob")).back() == "* alice (pending) waves  twice");
  BOOST_TEST(refusal("/me").starts_with("Usage: /me"));
  client.buffers.show(network.window());
  BOOST_TEST(refusal("/me waves").starts_with("This window has nobody"));
}

BOOST_AUTO_TEST_CASE(what_is_no_command_is_sent_to_nobody) {
  type("/query bob");
  for (const char* line : {"/quetry bob", "/etc/passwd", "/\x1b[2J"})
    BOOST_TEST(refusal(line).starts_with("There is no /"));
  for (const char* line : {"/", "/ me"})
    BOOST_TEST(refusal(line).starts_with("A command stands right after"));
  BOOST_TEST(sent() == "");
}

BOOST_AUTO_TEST_CASE(what_is_no_command_says_how_it_goes_as_text) {
  type("/query bob");
  BOOST_TEST(refusal("/quetry bob") == "There is no /quetry (/query?). Nothing was sent. As text: //quetry");
  BOOST_TEST(refusal("/etc/passwd").ends_with("Nothing was sent. As text: //etc/passwd"));
}

BOOST_AUTO_TEST_CASE(a_command_after_a_blank_is_not_said_aloud) {
  type("/query bob");
  for (const char* line : {" /msg carol secret", "   /quit", " /etc/passwd"})
    BOOST_TEST(refusal(line).starts_with("A blank stands before /"), line);
  BOOST_TEST(refusal(" /msg carol secret").ends_with("As text: //msg"));
  BOOST_TEST(sent() == "");
  type(" / or //");
  type(" // a comment");
  type("and/or");
  BOOST_TEST(sent() == "/chat/user/bob/message/alice and/or");
}

BOOST_AUTO_TEST_CASE(say_sends_the_text_as_it_stands) {
  BOOST_TEST(refusal("/say hello").starts_with("This window has nobody"));
  type("/query bob");
  type("/say  /quit is a command");
  BOOST_TEST(sent() == "/chat/user/bob/message/alice  /quit is a command");
  BOOST_TEST(refusal("/say").starts_with("Usage: /say"));
}

BOOST_AUTO_TEST_CASE(notice_is_marked_as_an_automatic_reply) {
  type("/notice bob I am away");
  BOOST_TEST(sent() == "/chat/user/bob/message/alice I am away");
  BOOST_TEST(kind_sent() == "notice");
  BOOST_TEST(refusal("/notice bob").starts_with("Usage: /notice"));
}

BOOST_AUTO_TEST_CASE(join_takes_groups_with_and_without_their_mark) {
  type("/join #dev ops \"#a b\" \"c d\"");
  BOOST_TEST(network.messenger.groups() == (Texts{"a b", "c d", "dev", "ops"}), per_element());
  BOOST_TEST(current() == "#c d");
  type("/j dev");
  BOOST_TEST(current() == "#dev");
  BOOST_TEST(count(group("c d"), "info: You are in #dev.") == 1u);
}

BOOST_AUTO_TEST_CASE(join_checks_every_name_before_it_joins_any) {
  BOOST_TEST(refusal("/join #dev a/b") != "");
  BOOST_TEST(network.messenger.groups().empty());
  BOOST_TEST(refusal("/join").starts_with("Usage: /join"));
  BOOST_TEST(refusal("/join #a,#b") != "");
  BOOST_TEST(refusal("/join \"\"") != "");
}

BOOST_AUTO_TEST_CASE(part_leaves_the_window_it_is_typed_in_or_those_named) {
  type("/join #dev #ops #x");
  type("/part");
  BOOST_TEST(network.messenger.groups() == (Texts{"dev", "ops"}), per_element());
  BOOST_TEST(answer() == "info: You left #x.");
  type("/leave #dev ops");
  BOOST_TEST(network.messenger.groups().empty());
  BOOST_TEST(count(group("ops"), "You left #ops.") == 1u);
  BOOST_TEST(refusal("/part #dev") == "You are not in #dev.");
  client.buffers.show(network.window());
  BOOST_TEST(refusal("/part").starts_with("Usage: /part"));
}

BOOST_AUTO_TEST_CASE(names_lists_who_is_here_quoted_where_needed) {
  type("/names");
  BOOST_TEST(answer() == "info: Nobody keeps track of who is here: presence is not loaded.");
  network.roster_kept = true;
  network.roster.here("Anna Lena", chat::Roster::Report::Kind::login);
  network.roster.set_status("bob", protocol::Status::away);
  network.roster.set_status("carol", protocol::Status::online);
  type("/n");
  BOOST_TEST(answer() == "info: Here on broker.example: \"Anna Lena\" bob (AWAY) carol");
}

BOOST_AUTO_TEST_CASE(names_of_a_group_are_those_who_spoke) {
  type("/join #dev");
  accept_subscribes();
  type("/names dev");
  BOOST_TEST(answer() == "info: Nobody has spoken in #dev yet.");
  receive("/chat/group/dev/message/bob", "hi");
  receive("/chat/group/dev/message/Anna Lena", "hi");
  type("/names #dev");
  BOOST_TEST(answer() == "info: Spoke in #dev: \"Anna Lena\" bob");
}

BOOST_AUTO_TEST_CASE(who_tells_of_those_who_match) {
  network.roster_kept = true;
  for (const char* name : {"bob", "bobby", "carol"})
    network.roster.here(name, chat::Roster::Report::Kind::login);
  network.roster.set_status("bobby", protocol::Status::dnd);
  network.roster.freeze();
  network.roster.here("bob", chat::Roster::Report::Kind::active);
  const auto before = lines(&network.window()).size();
  type("/who bob*");
  const auto told = lines(&network.window());
  BOOST_REQUIRE(told.size() == before + 2);
  BOOST_TEST(told[before].starts_with("info: bob: here, status unknown since "));
  BOOST_TEST(told[before + 1].starts_with("info: bobby: DO NOT DISTURB since "));
  BOOST_TEST(told[before + 1].ends_with(", as of when the line was lost"));
  type("/who zoe");
  BOOST_TEST(answer() == "info: Nobody here is called like that.");
}

BOOST_AUTO_TEST_CASE(who_counts_what_was_dropped_when_asked) {
  network.roster_kept = true;
  network.roster.here("a/b", chat::Roster::Report::Kind::login);
  type("/who -v");
  BOOST_TEST(answer() ==
             "info: Dropped since the start: 1 announcement or message with a name that is not allowed.");
}

BOOST_AUTO_TEST_CASE(connect_takes_host_port_and_user) {
  type("/disconnect");
  connection->accept_all();
  settle();
  connection->finish_close();
  type("/connect other.example 1999 bob");
  BOOST_REQUIRE(client.networks().size() == 2u);
  BOOST_REQUIRE(connection->opens.size() == 1u);
  const auto& plan = connection->opens.front();
  BOOST_TEST(plan.host == "other.example");
  BOOST_TEST(plan.port == 1999);
  BOOST_TEST(plan.user == "bob");
  BOOST_TEST(plan.password != "secret");  // alice's
  BOOST_TEST(plan.client_id == "device");
}

BOOST_AUTO_TEST_CASE(connect_refuses_what_is_no_port_or_name) {
  for (const char* line :
       {"/connect h 0", "/connect h 65536", "/connect h x", "/connect h 18x", "/connect h -1",
        "/connect h 1883 a/b", "/connect h 1883 #dev", "/connect h 1883 bob more"})
    BOOST_TEST(refusal(line) != "", line);
  BOOST_TEST(connection->opens.size() == 1u);
}

BOOST_AUTO_TEST_CASE(disconnect_leaves_in_order_and_connect_takes_it_up_again) {
  type("/disconnect");
  connection->accept_all();
  settle();
  BOOST_TEST(connection->closes.size() == 1u);
  connection->finish_close();
  BOOST_TEST(answer().starts_with("info: Disconnected from broker.example."));
  type("/disconnect");
  BOOST_TEST(answer() == "info: Not connected.");
  type("/connect");
  BOOST_REQUIRE(connection->opens.size() == 2u);
  BOOST_TEST(connection->opens[1].password == "secret");
}

BOOST_AUTO_TEST_CASE(quit_and_disconnect_have_no_prefixes) {
  int asked = 0;
  const auto listening = client.quit_asked.connect([&] { ++asked; });
  for (const char* line : {"/qui", "/disc", "/disconn"}) BOOST_TEST(refusal(line) != "", line);
  BOOST_TEST(asked == 0);
  type("/quit");
  type("/bye");
  type("/EXIT");
  BOOST_TEST(asked == 3);
}

BOOST_AUTO_TEST_CASE(what_irc_has_and_mqtt_has_not_is_refused_with_the_reason) {
  BOOST_TEST(refusal("/nick carol").find("the one the broker knows you by") != std::string::npos);
  BOOST_TEST(refusal("/topic x").starts_with("Groups have no topic here."));
  for (const char* line : {"/kick bob", "/ban bob", "/op bob", "/mode +o", "/invite bob"})
    BOOST_TEST(refusal(line).starts_with("There are no operators"), line);
}

BOOST_AUTO_TEST_CASE(help_lists_every_command_with_its_usage) {
  type("/help -v");
  for (const char* line :
       {"info: /join #GROUP", "info: /msg TARGET TEXT - ", "info: /quit - ", "info: /who [-v]"})
    BOOST_TEST(count(&network.window(), line) == 1u, line);
}

BOOST_AUTO_TEST_CASE(help_is_grouped_and_each_line_short) {
  type("/help");
  for (const char* heading : {"Talk: /", "People: /", "Windows: /", "Else: /"})
    BOOST_TEST(count(&network.window(), std::string("info: ") + heading) == 1u, heading);
  type("/help -v");
  for (const std::string& line : lines(&network.window()))
    if (line.starts_with("info: /") && line.find(" - ") != line.npos) BOOST_TEST(line.size() <= 72u, line);
}

BOOST_AUTO_TEST_CASE(help_tells_about_one_command_with_its_other_names) {
  type("/help part");
  BOOST_TEST(answer().starts_with("info: /part [#GROUP"));
  BOOST_TEST(answer().ends_with("Also: /leave, /p"));
  type("/help /Q");
  BOOST_TEST(answer().starts_with("info: /query USER"));
  BOOST_TEST(refusal("/help xyzzy").starts_with("There is no /xyzzy"));
}

BOOST_AUTO_TEST_CASE(help_of_what_is_refused_is_one_sentence_well_ended) {
  const std::string refused = refusal("/help topic");
  const std::string text = refused.empty() ? answer() : refused;
  BOOST_TEST(text.find("Groups have no topic here.") != std::string::npos);
  BOOST_TEST(text.find("..") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

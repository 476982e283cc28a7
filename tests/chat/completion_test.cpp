// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/completion.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/chat_fixture.h"

using namespace gnatter;
using gnatter::testing::ChatFixture;

namespace {

struct Fixture : ChatFixture {
  Fixture() {
    connect();
    client.enter("/join #ops #dev");
    accept_subscribes();
    for (const char* name : {"bob", "Anna Lena", "bertha"}) say(name);
    for (const char* name : {"zoe", "Bill", "alice", "bob"})
      network.roster.here(name, chat::Roster::Report::Kind::login);
  }
  void say(const std::string& name) { receive("/chat/group/dev/message/" + name, "hi"); }
  /// The line as each candidate makes it, the cursor standing at `|` or at the end; with bars between them.
  std::string completed(std::string line) {
    const std::size_t bar = line.find('|');
    const std::size_t cursor = std::min(bar, line.size());
    if (bar != line.npos) line.erase(bar, 1);
    const chat::Completion found = chat::complete(client, line, cursor);
    std::string out;
    for (const std::string& candidate : found.candidates)
      out += (out.empty() ? "" : "|") + line.substr(0, found.from) + candidate + line.substr(found.to);
    return out;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(completion, Fixture)

BOOST_AUTO_TEST_CASE(in_text_who_spoke_last_comes_first_then_who_is_here) {
  BOOST_TEST(completed("b") == "bertha: |bob: |Bill: ");
  BOOST_TEST(completed("") == "bertha: |Anna Lena: |bob: |Bill: |zoe: ");
  BOOST_TEST(completed("hi B") == "hi bertha |hi bob |hi Bill ");
  say("bob");
  BOOST_TEST(completed("hi ").starts_with("hi bob |hi bertha |"));
}

BOOST_AUTO_TEST_CASE(one_is_not_offered_oneself) {
  say("alice");
  BOOST_TEST(completed("ali") == "");
  BOOST_TEST(completed("/msg ali") == "");
}

BOOST_AUTO_TEST_CASE(a_name_with_blanks_stands_bare_in_text_and_quoted_as_a_target) {
  BOOST_TEST(completed("ann") == "Anna Lena: ");
  BOOST_TEST(completed("thanks anna l") == "thanks Anna Lena ");
  BOOST_TEST(completed("/msg ann") == "/msg \"Anna Lena\" ");
  BOOST_TEST(completed("/msg \"Anna L") == "/msg \"Anna Lena\" ");
  BOOST_TEST(completed("/msg bob anna l") == "/msg bob Anna Lena ");
}

BOOST_AUTO_TEST_CASE(commands_are_completed_by_name_and_alias) {
  BOOST_TEST(completed("/jo") == "/join ");
  BOOST_TEST(completed("/J") == "/join ");
  BOOST_TEST(completed("/wc") == "/close ");
  BOOST_TEST(completed("/quit") == "/quit");
  BOOST_TEST(completed("/w") == "/who |/whois |/win ");
  BOOST_TEST(completed("/nick") == "");  // refused anyway
  client.enter("/alias wave me waves at");
  BOOST_TEST(completed("/wav") == "/wave ");
  BOOST_TEST(completed("/wave bo") == "/wave bob ");
  BOOST_TEST(completed("/help jo") == "/help join ");
  BOOST_TEST(completed("/help /jo") == "/help join ");
  BOOST_TEST(completed("//jo") == "");
}

BOOST_AUTO_TEST_CASE(a_target_is_a_person_or_a_group) {
  BOOST_TEST(completed("/msg #") == "/msg #dev |/msg #ops ");
  BOOST_TEST(completed("/m #D") == "/m #dev ");
  BOOST_TEST(completed("/msg bo") == "/msg bob ");
  BOOST_TEST(completed("/msg ").find("/msg bertha |") == 0u);
  BOOST_TEST(completed("/msg ").ends_with("|/msg #dev |/msg #ops "));
  BOOST_TEST(completed("/msg bob be") == "/msg bob bertha ");
  client.enter("/msg quinn hello");
  BOOST_TEST(completed("/msg qu") == "/msg quinn ");
  BOOST_TEST(completed("/query bo") == "/query bob ");
  BOOST_TEST(completed("/query #") == "");
}

BOOST_AUTO_TEST_CASE(groups_repeat_and_need_no_mark) {
  client.enter("/join \"#the team\"");
  BOOST_TEST(completed("/part d") == "/part #dev ");
  BOOST_TEST(completed("/part #dev o") == "/part #dev #ops ");
  BOOST_TEST(completed("/join the") == "/join #\"the team\" ");
  BOOST_TEST(completed("/join #\"the t") == "/join #\"the team\" ");
}

BOOST_AUTO_TEST_CASE(alternatives_flags_and_windows) {
  BOOST_TEST(completed("/discard a") == "/discard all ");
  BOOST_TEST(completed("/clear -") == "/clear -all ");
  BOOST_TEST(completed("/who -") == "/who -v ");
  BOOST_TEST(completed("/who -v bo") == "/who -v bob ");
  BOOST_TEST(completed("/win d") == "/win #dev ");
  client.buffers.open(network, chat::BufferKind::group, "team  two");
  client.buffers.open(network, chat::BufferKind::direct, "Zoe \"Z\"");
  BOOST_TEST(completed("/win te") == "/win #\"team  two\" ");
  BOOST_TEST(completed("/close zo") == "/close \"Zoe \\\"Z\\\"\" ");
  BOOST_TEST(completed("/win 2") == "/win 2 ");
  BOOST_TEST(completed("/win n") == "/win next ");
  BOOST_TEST(completed("/close br") == "/close broker.example ");
  BOOST_TEST(completed("/nosuch b") == "");
  BOOST_TEST(completed("/pending b") == "");
}

BOOST_AUTO_TEST_CASE(in_the_middle_of_a_line_only_what_is_before_the_cursor_counts) {
  BOOST_TEST(completed("/jo| x") == "/join x");
  BOOST_TEST(completed("ask bo| about it") == "ask bob about it");
  BOOST_TEST(completed("ask bo|") == "ask bob ");
}

BOOST_AUTO_TEST_CASE(a_name_that_would_not_show_is_not_offered) {
  network.roster.here("bx\xe2\x80\xaey", chat::Roster::Report::Kind::login);
  BOOST_TEST(completed("bx") == "");
}

BOOST_AUTO_TEST_CASE(a_cursor_past_the_end_is_at_the_end) {
  BOOST_TEST(chat::complete(client, "bo", 99).to == 2u);
}

BOOST_AUTO_TEST_CASE(targets_on_another_network_are_offered_behind_its_name) {
  chat::Network& work = client.add_network("work");
  work.roster.here("walter", chat::Roster::Report::Kind::login);
  client.buffers.open(work, chat::BufferKind::group, "release");
  BOOST_TEST(completed("/msg work/w") == "/msg work/walter ");
  BOOST_TEST(completed("/msg work/#") == "/msg work/#release ");
  BOOST_TEST(completed("/join work/r") == "/join work/#release ");
  BOOST_TEST(completed("/msg wo") == "/msg work/");
  BOOST_TEST(completed("/network connect w") == "/network connect work ");
  BOOST_TEST(completed("/connect wo") == "/connect work ");
  BOOST_TEST(completed("/msg nowhere/") == "");
}

BOOST_AUTO_TEST_CASE(settings_and_their_values_are_offered) {
  const Subscription rows[] = {client.settings.add({"logger.lines", std::int64_t{500}, "Lines"}),
                               client.settings.add({"logger.on", true, "Switch"}),
                               client.settings.add({"answer.text", std::string("I am away"), "Text"})};
  BOOST_TEST(completed("/set ").find("/set answer.text |") != std::string::npos);
  BOOST_TEST(completed("/set ").find("network.") == std::string::npos);
  client.add_settings_of("broker.example");
  BOOST_TEST(completed("/set network.broker.example.po") == "/set network.broker.example.port ");
  BOOST_TEST(completed("/set keys ") == "/set keys gnatter |/set keys irssi ");
  BOOST_TEST(completed("/toggle LOG") == "/toggle logger.lines |/toggle logger.on ");
  BOOST_TEST(completed("/help logger.l") == "/help logger.lines ");
  BOOST_TEST(completed("/set logger.on ") == "/set logger.on false |/set logger.on true ");
  BOOST_TEST(completed("/set logger.on t") == "/set logger.on true ");
  BOOST_TEST(completed("/set logger.lines ") == "/set logger.lines 500 ");
  BOOST_TEST(completed("/set answer.text I") == "/set answer.text \"I am away\" ");
  BOOST_TEST(completed("/set nothing.here ") == "");
  BOOST_TEST(completed("/set logger.on true ") == "");
}

BOOST_AUTO_TEST_SUITE_END()

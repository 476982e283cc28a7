// SPDX-License-Identifier: GPL-3.0-or-later
#include "headless/attach_commands.h"

#include <sys/wait.h>

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/chat_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;
using boost::test_tools::per_element;
using Texts = std::vector<std::string>;

namespace {

bool has_children() {
  siginfo_t info{};
  return ::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

struct Fixture : ChatFixture {
  headless::AttachCommands attached{client};
  chat::Buffer& own = network.window();

  Fixture() {
    connect();
    client.buffers.show(own);
  }
  bool says(std::string_view words) {
    return run_until(loop, [this, words] { return count(&own, words) > 0; });
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(attach_commands, Fixture)

BOOST_AUTO_TEST_CASE(a_program_hears_what_happens_and_answers) {
  client.enter(R"(/attach sh -c 'while IFS="	" read -r time kind window sender text; do
    case $kind,$text in message,*ping*) echo "/notice $sender pong";; esac; done')");
  BOOST_TEST(lines(&own).back().starts_with("info: sh is attached, pid "), lines(&own).back());
  receive("/chat/user/alice/message/bob", "ping");
  BOOST_REQUIRE(run_until(loop, [this] { return connection->publishes.size() == 1; }));
  BOOST_TEST(published() == Texts{"/chat/user/bob/message/alice pong"}, per_element());
}

BOOST_AUTO_TEST_CASE(what_is_told_about_programs_does_not_reach_them) {
  client.enter("/attach sh -c 'while read -r line; do echo \"$line\" >&2; done'");
  receive("/chat/user/alice/message/bob", "first");
  BOOST_REQUIRE(says("first"));
  receive("/chat/user/alice/message/bob", "second");
  BOOST_REQUIRE(says("second"));
  settle();
  BOOST_TEST(count(&own, "first") == 1u);
  BOOST_TEST(count(&own, "second") == 1u);
}

BOOST_AUTO_TEST_CASE(they_are_listed) {
  client.enter("/attach");
  BOOST_TEST(lines(&own).back() == "info: No program is attached. /attach COMMAND runs one.");
  client.enter("/attach cat /dev/null -");
  client.enter("/attach 'cat' '-'");
  client.enter("/attach");
  const Texts all = lines(&own);
  const std::string first = all.at(all.size() - 2), second = all.back();
  BOOST_TEST(first.starts_with("info: 1 cat: pid "), first);
  BOOST_TEST(first.ends_with(": cat /dev/null -"), first);
  BOOST_TEST(first.find(", runs since ") != std::string::npos);
  BOOST_TEST(second.starts_with("info: 2 cat-2: pid "), second);
}

BOOST_AUTO_TEST_CASE(one_is_ended_by_number_or_name) {
  for (const char* line : {"/attach cat", "/attach cat", "/attach sleep 100"}) client.enter(line);
  for (const char* which : {"2", "cat", "sleep"}) {
    client.enter(std::string("/attach -stop ") + which);
    BOOST_TEST(lines(&own).back().ends_with("is not attached any more."), lines(&own).back());
  }
  BOOST_TEST(refusal("/attach -stop cat") == "No program cat is attached. /attach lists those that are.");
  BOOST_TEST(refusal("/attach -stop 4").starts_with("No program 4"));
  BOOST_TEST(refusal("/attach -stop").starts_with("Usage: /attach"));
  BOOST_TEST(refusal("/attach -x").starts_with("Usage: /attach"));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_run_is_refused) {
  BOOST_TEST(refusal("/attach gnatter-no-such") ==
             "There is no program gnatter-no-such: not in PATH, or not at that place.");
  BOOST_TEST(refusal("/attach 'sh") == "A quote is not closed in the command.");
  BOOST_TEST(refusal("/attach ''").starts_with("Usage: /attach"));
  client.enter("/attach");
  BOOST_TEST(lines(&own).back().starts_with("info: No program"));
}

BOOST_AUTO_TEST_CASE(a_program_may_end_itself_and_attach_others) {
  client.enter(
      "/attach sh -c 'echo \"/attach cat\"; echo \"/attach -stop sh\"; echo \"bob never\"; sleep 100'");
  BOOST_REQUIRE(says("sh is not attached any more."));
  settle();
  BOOST_TEST(published().empty());
  client.enter("/attach");
  BOOST_TEST(lines(&own).back().starts_with("info: 1 cat: "), lines(&own).back());
}

BOOST_AUTO_TEST_CASE(a_program_that_attaches_itself_without_end_comes_to_one) {
  attached.attach_all({"sh -c 'while :; do echo \"/attach cat\"; done'"});
  BOOST_REQUIRE(says("32 programs are attached, and no more can be."));
}

BOOST_AUTO_TEST_CASE(those_of_the_start_are_told_where_they_fail_and_the_others_run) {
  attached.attach_all({"gnatter-no-such", "'", "sh -c 'echo \"bob here\"; cat >/dev/null'"});
  BOOST_TEST(count(&own, "error: There is no program gnatter-no-such") == 1u);
  BOOST_TEST(count(&own, "error: A quote is not closed") == 1u);
  BOOST_TEST(run_until(loop, [this] { return connection->publishes.size() == 1; }));
}

BOOST_AUTO_TEST_CASE(at_the_end_they_read_the_end_of_their_input) {
  client.enter("/attach sh -c 'cat >/dev/null; exit 0'");
  const auto from = base::EventLoop::Clock::now();
  attached.end();
  BOOST_TEST((base::EventLoop::Clock::now() - from < 600ms));
  BOOST_TEST(!has_children());
}

BOOST_AUTO_TEST_CASE(at_the_end_nobody_waits_for_the_stubborn) {
  client.enter("/attach sh -c 'trap \"\" TERM; echo \"bob up\"; while :; do sleep 1; done'");
  BOOST_REQUIRE(run_until(loop, [this] { return connection->publishes.size() == 1; }));
  const auto from = base::EventLoop::Clock::now();
  attached.end();
  BOOST_TEST((base::EventLoop::Clock::now() - from < 2s));
}

BOOST_AUTO_TEST_CASE(lines_of_the_start_are_entered_in_order) {
  headless::run_lines(client, {"/join #dev", "bob hello", "/nosuch", "#dev last", ""});
  BOOST_TEST(
      published() == (Texts{"/chat/user/bob/message/alice hello", "/chat/group/dev/message/alice last"}),
      per_element());
  BOOST_TEST(count(group("dev"), "error: /nosuch: There is no /nosuch.") == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/chat_fixture.h"

using namespace gnatter;
using gnatter::testing::ChatFixture;
using Kind = chat::Roster::Report::Kind;

namespace {

struct Fixture : ChatFixture {
  Fixture() {
    connect();
    client.enter("/join #dev");
    accept_subscribes();
    client.buffers.show(network.window());
  }
  void type(std::string_view line) { BOOST_TEST(refusal(line) == ""); }
  std::string answer() { return lines(&network.window()).back(); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(people_commands, Fixture)

BOOST_AUTO_TEST_CASE(whois_tells_what_is_known_of_one) {
  network.roster_kept = true;
  network.roster.set_status("bob", protocol::Status::away);
  receive("/chat/group/dev/message/bob", "in the group");
  receive("/chat/user/alice/message/bob", "to alice");
  type("/wi bob");
  BOOST_TEST(count(&network.window(), "info: bob: AWAY since ") == 1u);
  BOOST_TEST(count(&network.window(), "info: Spoke in: #dev") == 1u);
  BOOST_TEST(answer().starts_with("info: Last line: "));
  BOOST_TEST(answer().ends_with(" in bob: \"to alice\""));
  type("/whois zoe");
  BOOST_TEST(count(&network.window(), "info: zoe is not here.") == 1u);
  BOOST_TEST(answer() == "info: No line of zoe has been seen.");
  BOOST_TEST(refusal("/whois #dev").starts_with("Usage: /whois USER"));
}

BOOST_AUTO_TEST_CASE(of_what_was_not_said_today_the_day_is_told) {
  chat::Line line;
  line.time = base::now() - std::chrono::hours(48);
  line.sender = "bob";
  line.text = "from the log";
  group("dev")->prepend({&line, 1});
  const std::string when = base::local_short_date(line.time) + ' ' + base::local_clock(line.time);
  type("/whois bob");
  BOOST_TEST(answer() == "info: Last line: " + when + " in #dev: \"from the log\"");
}

BOOST_AUTO_TEST_CASE(lines_of_those_ignored_do_not_appear) {
  type("/ignore BO*");
  receive("/chat/group/dev/message/bob", "hidden");
  receive("/chat/user/alice/message/Bobby", "hidden too");
  receive("/chat/group/dev/message/carol", "seen");
  BOOST_TEST(said(group("dev")) == (std::vector<std::string>{"carol: seen"}),
             boost::test_tools::per_element());
  BOOST_TEST(direct("Bobby") == nullptr);
  BOOST_TEST(group("dev")->speakers().size() == 1u);
  type("/ignore");
  BOOST_TEST(answer() == "info: Ignored until you quit: BO*");
  type("/unignore BO*");
  receive("/chat/group/dev/message/bob", "back");
  BOOST_TEST(said(group("dev")).back() == "bob: back");
  BOOST_TEST(refusal("/unignore BO*").starts_with("BO* is not ignored."));
  type("/ignore -list");
  BOOST_TEST(answer() == "info: Nobody is ignored.");
}

BOOST_AUTO_TEST_CASE(ignoring_everybody_does_not_hide_oneself) {
  type("/ignore *");
  type("/msg #dev hello");
  receive("/chat/group/dev/message/alice", "from another device");
  BOOST_TEST(said(group("dev")).size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/presence_notes.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/chat_fixture.h"

using namespace gnatter;
using namespace gnatter::chat;
using boost::test_tools::per_element;
using gnatter::testing::ChatFixture;
using gnatter::testing::run_until;
using Kind = Roster::Report::Kind;

namespace {

using Texts = std::vector<std::string>;

struct Fixture : ChatFixture {
  Fixture() { connect(); }
  PresenceNotes notes{loop, client, std::chrono::milliseconds(20)};

  void here(std::string_view name) { network.roster.here(name, Kind::login); }
  /// The notes of a window, once the network's own has `count` of them.
  Texts told(std::size_t count, const Buffer* window = nullptr) {
    BOOST_REQUIRE(run_until(loop, [&] { return notes_of(&network.window()).size() == count; }));
    return notes_of(window ? window : &network.window());
  }
  static Texts notes_of(const Buffer* window) {
    Texts out;
    for (const std::string& line : lines(window))
      if (line.starts_with("presence: ")) out.push_back(line.substr(10));
    return out;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(presence_notes, Fixture)

BOOST_AUTO_TEST_CASE(what_happens_at_about_the_same_time_is_one_line) {
  here("frank");
  BOOST_TEST(told(1) == (Texts{"frank is here"}), per_element());
  here("eve");
  here("dan");
  network.roster.left("frank");
  BOOST_TEST(told(2).back() == "eve and dan are here, frank left");
}

BOOST_AUTO_TEST_CASE(of_many_the_first_are_named) {
  for (const char* name : {"bob", "carol", "dan", "eve"}) here(name);
  BOOST_TEST(told(1).back() == "bob, carol, dan and eve are here");
  for (int i = 0; i < 15; ++i) here("user" + std::to_string(i));
  BOOST_TEST(told(2).back() == "user0, user1, user2 and 12 more are here");
}

BOOST_AUTO_TEST_CASE(oneself_is_nobodys_news_and_neither_is_who_came_and_went) {
  here("alice");
  here("bob");
  network.roster.left("bob");
  here("carol");
  BOOST_TEST(told(1).back() == "carol is here");
}

BOOST_AUTO_TEST_CASE(groups_hear_of_those_who_spoke_there_and_direct_windows_of_their_own) {
  client.enter("/join #dev #ops");
  accept_subscribes();
  client.enter("/query carol");
  receive("/chat/group/dev/message/bob", "hi");
  here("bob");
  here("carol");
  BOOST_TEST(told(1).back() == "bob and carol are here");
  BOOST_TEST(notes_of(group("dev")) == (Texts{"bob is here"}), per_element());
  BOOST_TEST(notes_of(group("ops")).empty());
  BOOST_TEST(notes_of(direct("carol")) == (Texts{"carol is here"}), per_element());
}

BOOST_AUTO_TEST_CASE(statuses_stand_in_the_persons_window_and_the_networks) {
  client.enter("/join #dev");
  accept_subscribes();
  receive("/chat/group/dev/message/bob", "hi");
  client.enter("/query bob");
  here("bob");
  network.roster.set_status("bob", protocol::Status::online);
  BOOST_TEST(told(1).back() == "bob is here");
  network.roster.set_status("bob", protocol::Status::away);
  BOOST_TEST(told(2).back() == "bob is AWAY");
  BOOST_TEST(notes_of(direct("bob")).back() == "bob is AWAY");
  BOOST_TEST(notes_of(group("dev")) == (Texts{"bob is here"}), per_element());
  network.roster.set_status("bob", protocol::Status::online);
  BOOST_TEST(told(3).back() == "bob is ONLINE");
}

BOOST_AUTO_TEST_CASE(who_is_still_here_after_an_outage_is_no_news) {
  here("bob");
  here("carol");
  BOOST_TEST(told(1).size() == 1u);
  network.roster.freeze();
  network.roster.here("bob", Kind::active);
  network.roster.drop_frozen();
  BOOST_TEST(told(2).back() == "carol left");
}

BOOST_AUTO_TEST_CASE(who_is_ignored_is_not_told_of) {
  client.enter("/ignore BOB*");
  here("bobby");
  here("carol");
  BOOST_TEST(told(1).back() == "carol is here");
}

BOOST_AUTO_TEST_SUITE_END()

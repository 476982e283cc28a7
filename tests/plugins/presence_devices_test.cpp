// SPDX-License-Identifier: GPL-3.0-or-later
// The presence plugin where a user has several devices: the own ones (P2a, X5), and those of others.
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/presence_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;
using boost::test_tools::per_element;
using protocol::Status;

namespace {

constexpr const char* here_too = "You are here with another device too.";
constexpr const char* forged = "Somebody announced that you left";

struct Fixture : PresenceFixture {
  /// Logged in, and the broker has handed the own login and status back.
  void come() {
    log_in();
    receive("/chat/login", "alice");
    receive("/chat/user/alice/status", "ONLINE");
  }
  /// Another device logs in, as gnatter does; its login is answered.
  void other_comes() {
    receive("/chat/login", "alice");
    sent();
    receive("/chat/active", "alice");  // the own answer comes back
  }
  bool wait_for(std::string_view words, std::chrono::milliseconds limit = 5s) {
    return run_until(
        loop, [&] { return told(words) > 0; }, limit);
  }
  bool is_here(const std::string& name) { return network.roster.entries().contains(name); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(presence_devices, Fixture)

BOOST_AUTO_TEST_CASE(a_login_that_is_not_ours_is_another_device_and_learns_of_this_one) {
  come();
  BOOST_TEST(told(here_too) == 0u);
  receive("/chat/login", "alice");
  BOOST_TEST(told(here_too) == 1u);
  BOOST_TEST(sent() == active, per_element());
  receive("/chat/active", "alice");
  receive("/chat/login", "alice");
  BOOST_TEST(sent().empty());  // once a minute: anybody may say so
  BOOST_TEST(told(here_too) == 1u);
}

BOOST_AUTO_TEST_CASE(an_active_that_is_not_ours_is_another_device) {
  come();
  receive("/chat/login", "bob");
  BOOST_TEST(sent() == active, per_element());
  receive("/chat/active", "alice");
  BOOST_TEST(told(here_too) == 0u);
  receive("/chat/active", "alice");
  BOOST_TEST(told(here_too) == 1u);
  BOOST_TEST(sent().empty());
}

BOOST_AUTO_TEST_CASE(the_own_login_after_a_lost_line_is_no_other_device) {
  come();
  connection->lose();
  come_back();
  receive("/chat/login", "alice");
  BOOST_TEST(told(here_too) == 0u);
}

BOOST_AUTO_TEST_CASE(of_another_device_that_leaves_just_that_is_told) {
  come();
  other_comes();
  receive("/chat/logout", "alice");
  BOOST_REQUIRE(contradicted());
  BOOST_TEST(sent() == active, per_element());
  receive("/chat/active", "alice");
  BOOST_TEST(wait_for("Your other device has left. You are still here"));
  BOOST_TEST(told(forged) == 0u);
  BOOST_TEST(here() == Texts{"alice ONLINE"}, per_element());
}

BOOST_AUTO_TEST_CASE(one_that_leaves_twice_within_seconds_is_contradicted_twice) {
  come();
  other_comes();
  for (int times = 0; times < 2; ++times) {
    receive("/chat/logout", "alice");
    BOOST_REQUIRE(contradicted());
    BOOST_TEST(sent() == active, per_element());
    receive("/chat/active", "alice");
  }
  BOOST_TEST(wait_for("Your other device has left. You are still here"));
  BOOST_TEST(told(forged) == 0u);
}

BOOST_AUTO_TEST_CASE(a_logout_that_two_devices_contradict_was_of_a_third_or_forged) {
  come();
  other_comes();
  receive("/chat/logout", "alice");
  BOOST_REQUIRE(contradicted());
  receive("/chat/active", "alice");
  receive("/chat/active", "alice");  // the other one's
  BOOST_TEST(wait_for("One of your devices has left, or somebody announced it"));
  BOOST_TEST(told("Your other device has left") == 0u);
}

BOOST_AUTO_TEST_CASE(after_the_other_device_has_left_a_logout_is_somebodys) {
  come();
  other_comes();
  receive("/chat/logout", "alice");
  BOOST_REQUIRE(wait_for("Your other device has left"));
  sent();
  receive("/chat/active", "alice");
  receive("/chat/logout", "alice");
  BOOST_REQUIRE(contradicted());
  BOOST_TEST(told("Your other device has left") == 1u);
}

BOOST_AUTO_TEST_CASE(what_another_device_says_of_the_status_holds_here_too) {
  come();
  receive("/chat/user/alice/status", "AWAY");
  BOOST_REQUIRE(wait_for("You are AWAY now, as your other device has it; /back ends it on both."));
  BOOST_TEST((network.self_status() == Status::away));
  BOOST_TEST(sent().empty());  // who follows says nothing: none answers the other for ever
  type("/away");
  BOOST_TEST(told("info: You are AWAY since ") == 1u);
  BOOST_TEST(sent().empty());
  type("/back");
  BOOST_TEST(sent() == Texts{"/chat/user/alice/status ONLINE"}, per_element());
  receive("/chat/user/alice/status", "ONLINE");
  receive("/chat/user/alice/status", "DO NOT DISTURB");
  BOOST_REQUIRE(wait_for("You are DO NOT DISTURB now"));
  receive("/chat/login", "bob");
  BOOST_TEST(sent() == (Texts{"/chat/active alice", "/chat/user/alice/status DO NOT DISTURB"}),
             per_element());
}

BOOST_AUTO_TEST_CASE(the_own_statuses_that_come_back_late_change_nothing) {
  come();
  type("/away");
  type("/back");
  type("/dnd");
  sent();
  receive("/chat/user/alice/status", "AWAY");
  run_for(loop, 1200ms);  // longer than the decision takes: the others are still on their way
  receive("/chat/user/alice/status", "ONLINE");
  receive("/chat/user/alice/status", "DO NOT DISTURB");
  run_for(loop, 1200ms);
  BOOST_TEST((network.self_status() == Status::dnd));
  BOOST_TEST(told("as your other device has it") == 0u);
}

BOOST_AUTO_TEST_CASE(of_two_that_say_something_at_once_the_last_word_counts) {
  come();
  type("/away");
  receive("/chat/user/alice/status", "DO NOT DISTURB");  // the other one's came first
  receive("/chat/user/alice/status", "AWAY");
  run_for(loop, 1200ms);
  BOOST_TEST((network.self_status() == Status::away));
  type("/back");
  receive("/chat/user/alice/status", "ONLINE");
  receive("/chat/user/alice/status", "DO NOT DISTURB");
  BOOST_TEST(wait_for("You are DO NOT DISTURB now"));
}

BOOST_AUTO_TEST_CASE(who_comes_gives_way_to_who_was_there) {
  come();
  run_for(loop, 3200ms);  // no newcomer itself any more
  type("/away");
  receive("/chat/user/alice/status", "AWAY");
  other_comes();
  receive("/chat/user/alice/status", "AWAY");  // said with the answer, and back
  receive("/chat/user/alice/status", "ONLINE");
  const std::size_t before = connection->publishes.size();
  BOOST_REQUIRE(run_until(
      loop, [&] { return connection->publishes.size() > before; }, 5s));
  BOOST_TEST(sent() == Texts{"/chat/user/alice/status AWAY"}, per_element());
  receive("/chat/user/alice/status", "AWAY");
  BOOST_TEST((network.self_status() == Status::away));
  receive("/chat/user/alice/status", "ONLINE");  // typed there, then
  BOOST_REQUIRE(wait_for("You are ONLINE again, as your other device has it."));
}

BOOST_AUTO_TEST_CASE(what_was_typed_gives_way_to_nobody_who_comes) {
  come();
  type("/away");  // within seconds of the own login
  receive("/chat/user/alice/status", "AWAY");
  other_comes();
  receive("/chat/user/alice/status", "AWAY");
  receive("/chat/user/alice/status", "ONLINE");
  const std::size_t before = connection->publishes.size();
  BOOST_REQUIRE(run_until(
      loop, [&] { return connection->publishes.size() > before; }, 5s));
  BOOST_TEST(sent() == Texts{"/chat/user/alice/status AWAY"}, per_element());
  BOOST_TEST((network.self_status() == Status::away));
}

BOOST_AUTO_TEST_CASE(somebody_with_two_devices_is_not_lost_while_one_leaves) {
  come();
  receive("/chat/login", "bob");
  receive("/chat/login", "bob");
  receive("/chat/logout", "bob");
  BOOST_TEST(is_here("bob"));
  run_for(loop, 1s);
  receive("/chat/active", "bob");
  run_for(loop, 2700ms);
  BOOST_TEST(is_here("bob"));
  receive("/chat/logout", "bob");
  BOOST_TEST(is_here("bob"));
  BOOST_TEST(run_until(
      loop, [&] { return !is_here("bob"); }, 5s));
}

BOOST_AUTO_TEST_CASE(who_answers_a_login_twice_has_two_devices) {
  come();
  for (const char* name : {"bob", "bob", "carol"}) receive("/chat/active", name);
  receive("/chat/logout", "carol");
  BOOST_TEST(!is_here("carol"));
  receive("/chat/logout", "bob");
  BOOST_TEST(is_here("bob"));
  BOOST_TEST(run_until(
      loop, [&] { return !is_here("bob"); }, 5s));
  receive("/chat/login", "bob");
  receive("/chat/logout", "bob");
  BOOST_TEST(!is_here("bob"));  // one that came back alone
}

BOOST_AUTO_TEST_CASE(what_is_held_back_ends_with_the_plugin) {
  come();
  receive("/chat/login", "bob");
  receive("/chat/login", "bob");
  receive("/chat/logout", "bob");
  receive("/chat/logout", "alice");
  receive("/chat/user/alice/status", "AWAY");
  plugins.unload("presence", [] {});
  connection->accept_all();
  settle();
  connection->accept_all();
  run_for(loop, 3s);
  BOOST_TEST(told("as your other device has it") == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/notify/fold.h"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace notify;
using namespace std::chrono_literals;

namespace {

struct Folding {
  Fold fold{10s};
  const Fold::Clock::time_point start = Fold::Clock::now();

  static Fold::Message message(const std::string& sender, const std::string& window, bool kept = false) {
    const bool group = window.starts_with('#');
    return {1,
            static_cast<gnatter::WindowId>(std::hash<std::string>()(window)),
            kept,
            {sender, window, "home", group ? "in " + window : "", "hello", false, false}};
  }
  bool add(Fold::Clock::duration at, const std::string& sender, const std::string& window = {}) {
    return fold.add(message(sender, window.empty() ? sender : window), start + at);
  }
  bool keep(Fold::Clock::duration at, const std::string& sender, const std::string& window = {}) {
    return fold.add(message(sender, window.empty() ? sender : window, true), start + at);
  }
  /// What is told when the waiting is over; "nothing".
  std::string end() {
    const auto due = fold.due();
    if (!due) return "nothing waits";
    const auto notice = fold.take(*due, [](auto, auto) { return true; });
    return notice ? notice->title() + ": " + notice->body() : "nothing";
  }
  Fold::Clock::duration due() { return fold.due().value() - start; }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(notify_fold, Folding)

BOOST_AUTO_TEST_CASE(the_first_is_told_at_once_and_nothing_waits) {
  BOOST_TEST(add(0s, "bob"));
  BOOST_TEST(!fold.due().has_value());
}

BOOST_AUTO_TEST_CASE(what_follows_is_told_together_at_the_end_of_the_pause) {
  BOOST_TEST(add(0s, "bob"));
  for (const char* sender : {"bob", "carol", "eve", "carol", "bob"}) BOOST_TEST(!add(3s, sender));
  BOOST_TEST((due() == 10s));
  BOOST_TEST(end() == "gnatter: 5 messages from bob, carol and eve");
  BOOST_TEST(!fold.due().has_value());
}

BOOST_AUTO_TEST_CASE(many_people_are_a_number) {
  add(0s, "bob", "#dev");
  for (const char* sender : {"bob", "carol", "eve", "dan"}) add(1s, sender, "#dev");
  BOOST_TEST(end() == "gnatter: 4 messages from 4 people in #dev");
}

BOOST_AUTO_TEST_CASE(one_alone_is_told_as_it_is) {
  add(0s, "bob");
  add(1s, "carol", "#dev");
  BOOST_TEST(end() == "carol in #dev: hello");
}

BOOST_AUTO_TEST_CASE(the_pause_begins_again_with_what_is_told_at_its_end) {
  add(0s, "bob");
  add(9s, "bob");
  BOOST_TEST(end() == "bob: hello");
  BOOST_TEST(!add(11s, "bob"));
  BOOST_TEST((due() == 20s));
  end();
  BOOST_TEST(add(30s, "bob"));
}

BOOST_AUTO_TEST_CASE(after_a_quiet_pause_the_next_is_told_at_once) {
  add(0s, "bob");
  BOOST_TEST(add(10s, "bob"));
}

BOOST_AUTO_TEST_CASE(without_a_pause_each_is_told) {
  fold.set_pause(0s);
  for (int i = 0; i < 5; ++i) BOOST_TEST(add(0s, "bob"));
}

BOOST_AUTO_TEST_CASE(what_the_broker_had_kept_is_told_once) {
  for (int i = 0; i < 400; ++i) BOOST_TEST(!keep(1ms * i, "user" + std::to_string(i % 3)));
  BOOST_TEST((due() == 2s));
  BOOST_TEST(end() == "gnatter: 400 messages from user0, user1 and user2");
}

BOOST_AUTO_TEST_CASE(what_the_broker_had_kept_is_told_once_without_a_pause_too) {
  fold.set_pause(0s);
  for (int i = 0; i < 400; ++i) BOOST_TEST(!keep(1ms * i, "bob"));
  BOOST_TEST(end() == "gnatter: 400 messages from bob");
}

BOOST_AUTO_TEST_CASE(one_of_now_is_not_held_up_by_kept_ones) {
  keep(0s, "bob");
  keep(0s, "bob");
  BOOST_TEST(add(1s, "carol"));
  BOOST_TEST((due() == 11s));
  BOOST_TEST(end() == "gnatter: 2 messages from bob");
}

BOOST_AUTO_TEST_CASE(kept_ones_within_a_pause_wait_for_its_end) {
  add(0s, "bob");
  keep(1s, "carol");
  BOOST_TEST((due() == 10s));
}

BOOST_AUTO_TEST_CASE(windows_that_were_read_meanwhile_are_not_told) {
  add(0s, "bob");
  add(1s, "bob", "#dev");
  add(1s, "bob", "#ops");
  add(1s, "eve", "#ops");
  const auto dev = message("bob", "#dev").window, ops = message("bob", "#ops").window;
  const auto notice = fold.take(start + 10s, [&](auto, auto window) { return window != ops; });
  BOOST_REQUIRE(notice.has_value());
  BOOST_TEST(notice->text == "1 message from bob in #dev");
  add(11s, "bob", "#dev");
  BOOST_TEST(!fold.take(start + 20s, [&](auto, auto window) { return window != dev; }).has_value());
  BOOST_TEST(add(20s, "bob"));  // nothing was told then, so there is no pause
}

BOOST_AUTO_TEST_CASE(a_summary_names_what_is_common_alone) {
  add(0s, "bob");
  add(1s, "bob", "#dev");
  add(1s, "bob", "#ops");
  auto notice = fold.take(start + 10s, [](auto, auto) { return true; });
  BOOST_REQUIRE(notice.has_value());
  BOOST_TEST(notice->summary);
  BOOST_TEST(notice->sender == "bob");
  BOOST_TEST(notice->window.empty());
  BOOST_TEST(notice->network == "home");
  BOOST_TEST(notice->text == "2 messages from bob");
}

BOOST_AUTO_TEST_CASE(names_without_end_take_no_memory_without_end) {
  add(0s, "bob");
  for (int i = 0; i < 5000; ++i) add(1s, "user" + std::to_string(i));
  BOOST_TEST(end() == "gnatter: 5000 messages from more than 1000 people");
}

BOOST_AUTO_TEST_SUITE_END()

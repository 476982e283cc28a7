// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/mailbox.h"

#include <poll.h>

#include <array>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

using gnatter::base::Mailbox;
using namespace std::chrono_literals;

namespace {

bool readable(int fd, std::chrono::milliseconds wait = 0ms) {
  pollfd descriptor{fd, POLLIN, 0};
  return ::poll(&descriptor, 1, static_cast<int>(wait.count())) == 1;
}

/// Looks until `condition` holds, 10 s at most.
template <class Condition>
bool eventually(Condition condition) {
  for (int i = 0; i < 10'000 && !condition(); ++i) std::this_thread::sleep_for(1ms);
  return condition();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mailbox)

BOOST_AUTO_TEST_CASE(entries_come_out_in_order) {
  Mailbox<int> box(100);
  for (int i = 0; i < 5; ++i) BOOST_TEST(box.push(i, 1));
  for (int i = 0; i < 5; ++i) BOOST_TEST(box.pop().value() == i);
  BOOST_TEST(!box.pop());
}

BOOST_AUTO_TEST_CASE(the_descriptor_is_readable_exactly_while_something_is_queued) {
  Mailbox<int> box(100);
  BOOST_TEST(!readable(box.fd()));
  box.push(1, 1);
  box.push(2, 1);
  BOOST_TEST(readable(box.fd()));
  box.pop();
  BOOST_TEST(readable(box.fd()));
  box.pop();
  BOOST_TEST(!readable(box.fd()));
  box.push(3, 1);
  BOOST_TEST(readable(box.fd()));
}

BOOST_AUTO_TEST_CASE(an_entry_larger_than_the_limit_is_taken_when_the_queue_is_empty) {
  Mailbox<int> box(10);
  BOOST_TEST(box.push(1, 1000));
  BOOST_TEST(box.pop().value() == 1);
}

BOOST_AUTO_TEST_CASE(entries_without_size_are_taken_at_the_bound) {
  Mailbox<int> box(10);
  box.push(1, 10);
  BOOST_TEST(box.push(2, 0));
}

BOOST_AUTO_TEST_CASE(a_push_at_the_bound_waits_for_room) {
  Mailbox<int> box(10);
  box.push(1, 6);
  std::atomic<bool> pushed = false;
  std::jthread writer([&] { pushed = box.push(2, 6); });
  std::this_thread::sleep_for(20ms);
  BOOST_TEST(!pushed);
  BOOST_TEST(box.pop().value() == 1);
  BOOST_TEST(readable(box.fd(), 10s));
  BOOST_TEST(box.pop().value() == 2);
  writer.join();
  BOOST_TEST(pushed);
}

BOOST_AUTO_TEST_CASE(closing_lets_waiting_pushes_go_and_keeps_what_is_queued) {
  Mailbox<int> box(1);
  box.push(1, 1);
  std::atomic<int> refused = 0;
  std::vector<std::jthread> writers;
  for (int i = 0; i < 3; ++i)
    writers.emplace_back([&] {
      if (!box.push(2, 1)) ++refused;
    });
  std::this_thread::sleep_for(5ms);
  box.close();
  BOOST_TEST(eventually([&] { return refused == 3; }));
  BOOST_TEST(!box.push(3, 1));
  BOOST_TEST(box.pop().value() == 1);
  BOOST_TEST(!box.pop());
}

BOOST_AUTO_TEST_CASE(an_entry_refused_after_closing_is_dropped) {
  Mailbox<std::shared_ptr<int>> box(10);
  box.close();
  const auto token = std::make_shared<int>();
  BOOST_TEST(!box.push(token, 1));
  BOOST_TEST(token.use_count() == 1);
}

BOOST_AUTO_TEST_CASE(closing_twice_is_harmless) {
  Mailbox<int> box(10);
  box.close();
  box.close();
  BOOST_TEST(!box.pop());
}

BOOST_AUTO_TEST_CASE(entries_may_be_move_only) {
  Mailbox<std::unique_ptr<int>> box(10);
  box.push(std::make_unique<int>(7), 1);
  BOOST_TEST(**box.pop() == 7);
}

BOOST_AUTO_TEST_CASE(nothing_is_lost_between_fast_writers_and_a_reader_that_waits_on_the_descriptor) {
  constexpr int threads = 3, each = 20'000;
  Mailbox<std::pair<int, int>> box(64);
  std::vector<std::jthread> writers;
  for (int t = 0; t < threads; ++t)
    writers.emplace_back([&box, t] {
      for (int i = 0; i < each; ++i) box.push({t, i}, 1 + static_cast<std::size_t>(i % 7));
    });
  std::array<int, threads> next{};
  bool ordered = true;
  int left = threads * each;
  while (left > 0) {
    if (!readable(box.fd(), 10s)) break;
    while (const auto entry = box.pop()) {
      ordered = ordered && next[static_cast<std::size_t>(entry->first)]++ == entry->second;
      --left;
    }
  }
  BOOST_TEST(left == 0);
  BOOST_TEST(ordered);
  box.close();
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/event_loop.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using gnatter::Subscription;
using gnatter::base::EventLoop;
using gnatter::base::FileDescriptor;
using namespace std::chrono_literals;

namespace {

struct Pipe {
  FileDescriptor reader, writer;
  Pipe() {
    std::array<int, 2> ends{};
    BOOST_REQUIRE_EQUAL(::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK), 0);
    reader = FileDescriptor(ends[0]);
    writer = FileDescriptor(ends[1]);
  }
  void write(std::string_view text) const {
    BOOST_REQUIRE_EQUAL(::write(writer.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  char read() const {
    char c = '\0';
    BOOST_REQUIRE_EQUAL(::read(reader.get(), &c, 1), 1);
    return c;
  }
};

/// A loop that gives up after 10 s, so that a test that waits for nothing fails instead of hanging.
struct Fixture {
  EventLoop loop;
  Subscription deadline = loop.after(10s, [this] { loop.quit(99); });
  int run() { return loop.run(); }
  /// Runs until everything that is due now has been called.
  void settle() {
    const auto later = loop.after(20ms, [this] { loop.quit(0); });
    BOOST_REQUIRE_EQUAL(run(), 0);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(event_loop, Fixture)

BOOST_AUTO_TEST_CASE(run_returns_the_code_given_to_quit_and_can_run_again) {
  loop.post([this] { loop.quit(3); });
  BOOST_TEST(run() == 3);
  loop.post([this] { loop.quit(4); });
  BOOST_TEST(run() == 4);
}

BOOST_AUTO_TEST_CASE(a_readable_descriptor_is_reported_until_it_is_read) {
  Pipe pipe;
  std::string seen;
  pipe.write("ab");
  const auto watch = loop.watch(pipe.reader.get(), POLLIN, [&](short events) {
    BOOST_TEST((events & POLLIN) != 0);
    seen += pipe.read();
    if (seen.size() == 2) loop.quit(0);
  });
  BOOST_TEST(run() == 0);
  BOOST_TEST(seen == "ab");
}

BOOST_AUTO_TEST_CASE(nothing_is_called_from_inside_the_registration) {
  Pipe pipe;
  pipe.write("a");
  bool called = false;
  const auto watch = loop.watch(pipe.reader.get(), POLLIN, [&](short) { called = true, loop.quit(0); });
  const auto timer = loop.after(0s, [&] { called = true; });
  loop.post([&] { called = true; });
  BOOST_TEST(!called);
}

BOOST_AUTO_TEST_CASE(a_hang_up_is_reported_without_being_asked_for) {
  Pipe pipe;
  short seen = 0;
  const auto watch = loop.watch(pipe.reader.get(), POLLIN, [&](short events) {
    seen = events;
    loop.quit(0);
  });
  pipe.writer.reset();
  BOOST_TEST(run() == 0);
  BOOST_TEST((seen & POLLHUP) != 0);
}

BOOST_AUTO_TEST_CASE(a_watch_that_revokes_itself_is_called_once) {
  Pipe pipe;
  pipe.write("ab");
  int calls = 0;
  Subscription watch;
  std::string captured(100, 'x');  // freed with the callback, were that freed while it runs
  watch = loop.watch(pipe.reader.get(), POLLIN, [&, captured](short) {
    watch.reset();
    calls += captured.size() == 100 ? 1 : 100;
  });
  settle();
  BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_CASE(a_watch_revoked_by_another_in_the_same_turn_is_not_called) {
  Pipe first, second;
  first.write("a");
  second.write("a");
  int calls = 0;
  Subscription one, two;
  one = loop.watch(first.reader.get(), POLLIN, [&](short) { ++calls, one.reset(), two.reset(); });
  two = loop.watch(second.reader.get(), POLLIN, [&](short) { ++calls, one.reset(), two.reset(); });
  settle();
  BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_CASE(a_descriptor_number_used_again_in_the_same_turn_is_not_mistaken_for_the_old_one) {
  Pipe trigger, old;
  trigger.write("a");
  old.write("a");
  const int number = old.reader.get();
  bool mistaken = false;
  Subscription old_watch, new_watch, trigger_watch;
  Pipe quiet;
  trigger_watch = loop.watch(trigger.reader.get(), POLLIN, [&](short) {
    trigger_watch.reset();
    old_watch.reset();
    BOOST_REQUIRE_EQUAL(::dup2(quiet.reader.get(), number), number);
    new_watch = loop.watch(number, POLLIN, [&](short) { mistaken = true; });
  });
  old_watch = loop.watch(number, POLLIN, [&](short) { mistaken = true; });
  settle();
  BOOST_TEST(!mistaken);
}

BOOST_AUTO_TEST_CASE(timers_fire_in_the_order_they_are_due) {
  std::string order;
  const auto c = loop.after(30ms, [&] { order += 'c', loop.quit(0); });
  const auto a = loop.after(1ms, [&] { order += 'a'; });
  const auto b = loop.after(10ms, [&] { order += 'b'; });
  BOOST_TEST(run() == 0);
  BOOST_TEST(order == "abc");
}

BOOST_AUTO_TEST_CASE(a_timer_never_fires_early) {
  const auto start = EventLoop::Clock::now();
  const auto timer = loop.after(25ms, [this] { loop.quit(0); });
  BOOST_TEST(run() == 0);
  BOOST_TEST((EventLoop::Clock::now() - start >= 25ms));
}

BOOST_AUTO_TEST_CASE(a_revoked_timer_does_not_fire) {
  bool fired = false;
  auto timer = loop.after(1ms, [&] { fired = true; });
  timer.reset();
  settle();
  BOOST_TEST(!fired);
}

BOOST_AUTO_TEST_CASE(a_timer_revoked_by_another_that_is_due_with_it_does_not_fire) {
  int fired = 0;
  Subscription one, two;
  one = loop.after(0s, [&] { ++fired, two.reset(); });
  two = loop.after(0s, [&] { ++fired, one.reset(); });
  std::this_thread::sleep_for(2ms);  // both are due in one turn
  settle();
  BOOST_TEST(fired == 1);
}

BOOST_AUTO_TEST_CASE(a_repeating_timer_repeats_until_it_revokes_itself) {
  int fired = 0;
  Subscription timer;
  timer = loop.every(1ms, [&] {
    if (++fired == 3) timer.reset();
  });
  settle();
  BOOST_TEST(fired == 3);
}

BOOST_AUTO_TEST_CASE(a_timer_that_sets_itself_again_at_once_does_not_starve_descriptors) {
  Pipe pipe;
  Subscription timer;
  std::function<void()> again = [&] { timer = loop.after(0s, again); };
  again();
  const auto watch = loop.watch(pipe.reader.get(), POLLIN, [this](short) { loop.quit(0); });
  pipe.write("a");
  BOOST_TEST(run() == 0);
}

BOOST_AUTO_TEST_CASE(posted_work_runs_in_order_and_work_it_posts_runs_in_a_later_turn) {
  std::string order;
  loop.post([&] {
    order += 'a';
    loop.post([&] { order += 'c', loop.quit(0); });
  });
  loop.post([&] { order += 'b'; });
  BOOST_TEST(run() == 0);
  BOOST_TEST(order == "abc");
}

BOOST_AUTO_TEST_CASE(work_posted_behind_a_quit_stays_for_the_next_run) {
  std::string order;
  loop.post([&] { order += 'a', loop.quit(1); });
  loop.post([&] { order += 'b'; });
  loop.post([&] { order += 'c', loop.quit(2); });
  BOOST_TEST(run() == 1);
  BOOST_TEST(order == "a");
  BOOST_TEST(run() == 2);
  BOOST_TEST(order == "abc");
}

BOOST_AUTO_TEST_CASE(work_posted_by_many_threads_all_runs_each_threads_in_its_order) {
  constexpr int threads = 4, each = 2000;
  std::array<int, threads> next{};
  int left = threads * each;
  bool ordered = true;
  std::vector<std::jthread> posting;
  for (int t = 0; t < threads; ++t)
    posting.emplace_back([&, t] {
      for (int i = 0; i < each; ++i)
        loop.post([&, t, i] {
          ordered = ordered && next[static_cast<std::size_t>(t)]++ == i;
          if (--left == 0) loop.quit(0);
        });
    });
  BOOST_TEST(run() == 0);
  BOOST_TEST(ordered);
}

BOOST_AUTO_TEST_CASE(a_poster_that_outlives_the_loop_drops_the_work) {
  auto token = std::make_shared<int>(0);
  std::function<void(EventLoop::Function)> poster;
  {
    EventLoop short_lived;
    poster = short_lived.poster();
    poster([token] {});
    BOOST_TEST(token.use_count() == 2);
  }
  BOOST_TEST(token.use_count() == 1);  // dropped unrun
  poster([token] { *token = 1; });
  BOOST_TEST(token.use_count() == 1);
  BOOST_TEST(*token == 0);
}

BOOST_AUTO_TEST_CASE(posting_while_the_loop_is_destroyed_is_safe) {
  for (int i = 0; i < 50; ++i) {
    std::optional<EventLoop> short_lived(std::in_place);
    std::atomic<bool> stop = false;
    std::jthread thread([&stop, post = short_lived->poster()] {
      while (!stop) post([] {});
    });
    short_lived.reset();
    stop = true;
  }
}

BOOST_AUTO_TEST_CASE(registrations_may_be_revoked_after_the_loop_has_gone) {
  std::vector<Subscription> left;
  Pipe pipe;
  {
    EventLoop short_lived;
    left.push_back(short_lived.watch(pipe.reader.get(), POLLIN, [](short) {}));
    left.push_back(short_lived.after(1s, [] {}));
    left.push_back(short_lived.every(1s, [] {}));
    left.push_back(short_lived.on_signal(SIGHUP, [] {}));
  }
  left.clear();
}

BOOST_AUTO_TEST_CASE(a_signal_reaches_all_its_listeners_and_no_others) {
  std::string seen;
  const auto a = loop.on_signal(SIGHUP, [&] { seen += 'a'; });
  const auto b = loop.on_signal(SIGHUP, [&] { seen += 'b', loop.quit(0); });
  const auto c = loop.on_signal(SIGTERM, [&] { seen += 'c'; });
  ::kill(::getpid(), SIGHUP);
  BOOST_TEST(run() == 0);
  BOOST_TEST(seen == "ab");
}

BOOST_AUTO_TEST_CASE(a_signal_without_listeners_is_dropped) {
  ::kill(::getpid(), SIGTERM);
  settle();
}

BOOST_AUTO_TEST_CASE(a_signal_listener_that_revokes_itself_is_called_once) {
  int calls = 0;
  Subscription listener;
  listener = loop.on_signal(SIGHUP, [&] { ++calls, listener.reset(); });
  ::kill(::getpid(), SIGHUP);
  settle();
  ::kill(::getpid(), SIGHUP);
  settle();
  BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_CASE(a_signal_listener_revoked_by_another_is_not_called_for_the_same_signal) {
  int calls = 0;
  Subscription one, two;
  one = loop.on_signal(SIGHUP, [&] { ++calls, two.reset(); });
  two = loop.on_signal(SIGHUP, [&] { ++calls, one.reset(); });
  ::kill(::getpid(), SIGHUP);
  settle();
  BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_CASE(the_end_of_a_child_is_seen) {
  const auto child = loop.on_signal(SIGCHLD, [this] { loop.quit(0); });
  const pid_t pid = ::fork();
  if (pid == 0) ::_exit(0);
  BOOST_TEST(run() == 0);
  BOOST_TEST(::waitpid(pid, nullptr, 0) == pid);
}

BOOST_AUTO_TEST_CASE(a_broken_pipe_is_an_error_and_no_signal) {
  Pipe pipe;
  pipe.reader.reset();
  BOOST_TEST(::write(pipe.writer.get(), "a", 1) == -1);
  BOOST_TEST(errno == EPIPE);
}

BOOST_AUTO_TEST_CASE(the_signal_mask_and_the_pipe_signal_are_put_back) {
  deadline.reset();
  sigset_t before, inside, after;
  pthread_sigmask(SIG_BLOCK, nullptr, &before);
  {
    EventLoop nested;
    pthread_sigmask(SIG_BLOCK, nullptr, &inside);
    for (int number : {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCHLD, SIGCONT})
      BOOST_TEST(sigismember(&inside, number) == 1);
  }
  pthread_sigmask(SIG_BLOCK, nullptr, &after);
  for (int number : {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCHLD, SIGCONT, SIGPIPE})
    BOOST_TEST(sigismember(&before, number) == sigismember(&after, number));
  struct sigaction pipe_action {};
  sigaction(SIGPIPE, nullptr, &pipe_action);
  BOOST_TEST((pipe_action.sa_handler == SIG_IGN));  // the fixture's loop still stands
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
// Real programs beside the loop: how they end, and that nothing of them is left.
#include "base/child.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <memory>
#include <string>
#include <vector>

#include "support/child_fixture.h"
#include "support/run_until.h"

using gnatter::base::Child;
using gnatter::base::EventLoop;
using gnatter::testing::ChildFixture;
using gnatter::testing::has_children;
using gnatter::testing::is_there;
using gnatter::testing::open_descriptors;
using gnatter::testing::run_until;
using namespace std::chrono_literals;
using Kind = Child::End::Kind;

BOOST_FIXTURE_TEST_SUITE(child_ends, ChildFixture)

BOOST_AUTO_TEST_CASE(one_that_closes_its_output_and_lives_on_has_not_ended) {
  start_shell("echo last; exec >&- 2>&-; sleep 0.3; exit 4");
  BOOST_REQUIRE(says(1));
  gnatter::testing::run_for(loop, 50ms);
  BOOST_TEST(!end.has_value());
  BOOST_REQUIRE(ends());
  BOOST_TEST(end->code == 4);
}

BOOST_AUTO_TEST_CASE(its_end_does_not_wait_for_those_it_leaves_behind) {
  start_shell("sleep 100 & echo $!; exit 0");
  BOOST_REQUIRE(ends(5s));
  BOOST_REQUIRE(lines.size() == 1u);
  const pid_t left = std::stoi(lines[0]);
  BOOST_TEST(is_there(left));
  ::kill(left, SIGKILL);
}

BOOST_AUTO_TEST_CASE(a_signal_is_told_as_such) {
  start_shell("kill -SEGV $$");
  BOOST_REQUIRE(ends());
  BOOST_TEST((end->kind == Kind::signalled && end->code == SIGSEGV));
}

BOOST_AUTO_TEST_CASE(its_signals_are_those_of_a_fresh_program) {
  start({.words = {"sed", "-n", "s/^SigBlk:\t//p; s/^SigIgn:\t//p", "/proc/self/status"}});
  BOOST_REQUIRE(ends());
  BOOST_REQUIRE(lines.size() == 2u);
  constexpr unsigned long long of_the_library = 0x180000000;  // 32 and 33, glibc's own
  for (const std::string& mask : lines) BOOST_TEST((std::stoull(mask, nullptr, 16) & ~of_the_library) == 0u);
}

BOOST_AUTO_TEST_CASE(it_leads_a_group_of_its_own_and_has_no_descriptor_of_ours) {
  const int open_on_exec = ::open("/dev/null", O_RDONLY);
  start_shell("ps -o pgid= -p $$ | tr -d ' '; echo $$; ls /proc/self/fd | tr '\\n' ' '");
  BOOST_REQUIRE(ends());
  ::close(open_on_exec);
  BOOST_REQUIRE(lines.size() == 3u);
  BOOST_TEST(lines[0] == lines[1]);
  BOOST_TEST(lines[2] == "0 1 2 3 ");  // 3 is the folder that ls reads
}

BOOST_AUTO_TEST_CASE(one_that_takes_too_long_is_ended) {
  const auto from = EventLoop::Clock::now();
  start({.words = {"sleep", "100"}, .patience = 100ms});
  BOOST_REQUIRE(ends(1900ms));
  BOOST_TEST((end->kind == Kind::took_too_long));
  BOOST_TEST((EventLoop::Clock::now() - from >= 100ms));
}

BOOST_AUTO_TEST_CASE(one_that_takes_too_long_and_ignores_it_is_killed_with_its_own) {
  start(
      {.words = {"/bin/sh", "-c", "trap '' TERM; sleep 100 & echo $!; wait; sleep 100"}, .patience = 300ms});
  BOOST_REQUIRE(says(1));
  const pid_t inner = std::stoi(lines[0]);
  BOOST_REQUIRE(ends(5s));
  BOOST_TEST((end->kind == Kind::took_too_long));
  BOOST_TEST(run_until(loop, [&] { return !is_there(inner); }));
}

BOOST_AUTO_TEST_CASE(a_child_let_go_is_ended_with_its_group_and_says_nothing_more) {
  start_shell("sleep 100 & echo $!; while :; do echo more; done");
  BOOST_REQUIRE(says(1));
  const pid_t inner = std::stoi(lines[0]);
  child.reset();
  const auto said = lines.size();
  BOOST_TEST(run_until(
      loop, [&] { return !has_children() && !is_there(inner); }, 1500ms));
  BOOST_TEST(lines.size() == said);
  BOOST_TEST(!end.has_value());
}

BOOST_AUTO_TEST_CASE(one_that_ignores_its_end_is_killed_two_seconds_later) {
  start_shell("trap '' TERM; echo up; while :; do sleep 1; done");
  BOOST_REQUIRE(says(1));
  const auto from = EventLoop::Clock::now();
  child.reset();
  BOOST_TEST((EventLoop::Clock::now() - from < 500ms));
  BOOST_REQUIRE(run_until(loop, [] { return !has_children(); }));
  BOOST_TEST((EventLoop::Clock::now() - from >= 1900ms));
}

BOOST_AUTO_TEST_CASE(the_loops_end_is_the_end_of_what_was_let_go) {
  const auto before = open_descriptors();
  {
    EventLoop short_loop;
    std::size_t count = 0;
    auto stubborn = std::make_unique<Child>(
        short_loop,
        Child::Plan{.words = {"/bin/sh", "-c", "trap '' TERM; echo up; while :; do sleep 1; done"}},
        [&](std::string_view) { ++count; }, Child::OnEnd());
    BOOST_REQUIRE(run_until(short_loop, [&] { return count > 0; }));
    stubborn.reset();
    BOOST_TEST(has_children());
  }
  BOOST_TEST(!has_children());
  BOOST_TEST(open_descriptors() == before);
}

BOOST_AUTO_TEST_CASE(it_may_be_let_go_from_its_own_line_and_end) {
  for (const char* script : {"echo a; echo b; sleep 100", "echo a; echo b", "printf a"}) {
    std::unique_ptr<Child> own;
    const auto text = std::make_shared<std::string>("kept");
    std::size_t count = 0;
    bool ended = false;
    own = std::make_unique<Child>(
        loop, Child::Plan{.words = {"/bin/sh", "-c", script}},
        [&own, &count, text](std::string_view line) {
          own.reset();
          count += *text == "kept" && line == "a";
        },
        [&](const Child::End&) { ended = true; });
    BOOST_TEST(run_until(loop, [&] { return count > 0 && !has_children(); }));
    BOOST_TEST(count == 1u);
    BOOST_TEST(!ended);
  }
  std::unique_ptr<Child> own;
  bool ended = false;
  own = std::make_unique<Child>(loop, Child::Plan{.words = {"true"}}, Child::OnLine(),
                                [&own, &ended](const Child::End& how) {
                                  own.reset();
                                  ended = how.code == 0;
                                });
  BOOST_TEST(run_until(loop, [&] { return ended; }));
}

BOOST_AUTO_TEST_CASE(a_thousand_one_after_another_leave_nothing) {
  const auto before = open_descriptors();
  for (int i = 0; i < 1000; ++i) {
    end.reset();
    lines.clear();
    start({.words = {i % 2 ? "echo" : "cat", i % 2 ? "hi" : "-"}, .input = i % 2 ? "" : "hi\n"});
    if (i % 5 == 0) continue;  // let go as it runs
    BOOST_REQUIRE(ends());
    BOOST_TEST(lines == std::vector<std::string>{"hi"});
  }
  child.reset();
  BOOST_TEST(run_until(loop, [] { return !has_children(); }));
  BOOST_TEST(open_descriptors() == before);
}

BOOST_AUTO_TEST_SUITE_END()

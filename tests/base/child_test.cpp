// SPDX-License-Identifier: GPL-3.0-or-later
// Real programs beside the loop: what they say, how they end, and that nothing of them is left.
#include "base/child.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "support/run_until.h"
#include "support/temporary_directory.h"

using gnatter::base::Child;
using gnatter::base::EventLoop;
using gnatter::testing::run_until;
using namespace std::chrono_literals;
using Kind = Child::End::Kind;

namespace {

std::size_t open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

/// Neither running nor waiting to be reaped.
bool has_children() {
  siginfo_t info{};
  return ::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

/// And runs: who inherits an orphan may take time to reap it.
bool is_there(pid_t process) {
  std::ifstream in("/proc/" + std::to_string(process) + "/stat");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::size_t end_of_name = text.rfind(')');
  return end_of_name != std::string::npos && text[end_of_name + 2] != 'Z';
}

struct Fixture {
  EventLoop loop;
  std::unique_ptr<Child> child;
  std::vector<std::string> lines;
  std::optional<Child::End> end;

  void start(Child::Plan plan) {
    child = std::make_unique<Child>(
        loop, std::move(plan), [this](std::string_view line) { lines.emplace_back(line); },
        [this](const Child::End& how) {
          BOOST_TEST(!end.has_value());
          end = how;
        });
  }
  void start_shell(const std::string& script, std::string input = {}) {
    start({.words = {"/bin/sh", "-c", script}, .input = std::move(input)});
  }
  bool ends(std::chrono::milliseconds limit = 10s) {
    return run_until(
        loop, [this] { return end.has_value(); }, limit);
  }
  bool says(std::size_t count) {
    return run_until(loop, [this, count] { return lines.size() >= count; });
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(child, Fixture)

BOOST_AUTO_TEST_CASE(its_lines_come_and_then_its_end) {
  start_shell("echo one; echo; echo two words; printf three; exit 7");
  BOOST_TEST(lines.empty());
  BOOST_REQUIRE(ends());
  BOOST_TEST(lines == (std::vector<std::string>{"one", "", "two words", "three"}));
  BOOST_TEST((end->kind == Kind::exited));
  BOOST_TEST(end->code == 7);
  BOOST_TEST(end->complaint == "");
  BOOST_TEST(!has_children());
}

BOOST_AUTO_TEST_CASE(words_reach_it_as_they_are) {
  start({.words = {"printf", "%s\n", "$HOME; `id` \"quoted\" *", "--", ""}});
  BOOST_REQUIRE(ends());
  BOOST_TEST(lines == (std::vector<std::string>{"$HOME; `id` \"quoted\" *", "--", ""}));
}

BOOST_AUTO_TEST_CASE(a_program_that_is_not_there_is_refused_at_once) {
  const auto before = open_descriptors();
  BOOST_CHECK_EXCEPTION(start({.words = {"gnatter-no-such-program"}}), std::system_error,
                        [](const auto& error) { return error.code().value() == ENOENT; });
  BOOST_CHECK_THROW(start({.words = {"/etc/passwd"}}), std::system_error);
  BOOST_CHECK_THROW(start({}), std::system_error);
  BOOST_TEST(open_descriptors() == before);
  BOOST_TEST(!has_children());
}

BOOST_AUTO_TEST_CASE(a_script_without_its_first_line_goes_to_no_shell) {
  const gnatter::testing::TemporaryDirectory directory;
  const auto script = directory.path() / "script";
  std::ofstream(script) << "echo by a shell\n";
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  BOOST_CHECK_THROW(start({.words = {script.string()}}), std::system_error);
}

BOOST_AUTO_TEST_CASE(its_environment_is_ours_and_what_is_given) {
  ::setenv("GNATTER_TEST", "ours", 1);
  start({.words = {"/bin/sh", "-c",
                   "echo $GNATTER_TEST; echo $SENDER; env | grep -c ^GNATTER_TEST=; echo ${HOME:+home}"},
         .environment = {{"GNATTER_TEST", "given"}, {"SENDER", "bob = `id`"}}});
  BOOST_REQUIRE(ends());
  ::unsetenv("GNATTER_TEST");
  BOOST_TEST(lines == (std::vector<std::string>{"given", "bob = `id`", "1", "home"}));
}

BOOST_AUTO_TEST_CASE(all_of_the_input_reaches_it) {
  std::string input;
  for (int i = 0; i < 100'000; ++i) input += std::to_string(i) + '\n';
  start({.words = {"cat"}, .input = input});
  BOOST_REQUIRE(ends());
  BOOST_REQUIRE(lines.size() == 100'000u);
  BOOST_TEST(lines.back() == "99999");
}

BOOST_AUTO_TEST_CASE(without_input_there_is_an_end_to_read) {
  start({.words = {"cat"}});
  BOOST_REQUIRE(ends());
  BOOST_TEST((end->kind == Kind::exited && end->code == 0));
}

BOOST_AUTO_TEST_CASE(one_that_does_not_read_its_input_stops_nobody) {
  start_shell("echo up; sleep 100", std::string(10'000'000, 'x'));
  BOOST_REQUIRE(says(1));
  bool turned = false;
  const auto timer = loop.after(10ms, [&] { turned = true; });
  BOOST_TEST(run_until(
      loop, [&] { return turned; }, 2s));
  child.reset();
  start_shell("exec <&-; echo closed; cat /proc/self/stat >/dev/null; exit 3", std::string(10'000'000, 'x'));
  BOOST_REQUIRE(ends());
  BOOST_TEST(end->code == 3);
}

BOOST_AUTO_TEST_CASE(an_input_that_stays_open_is_written_bit_by_bit) {
  start({.words = {"cat"}, .input = "first\n", .input_stays_open = true});
  BOOST_REQUIRE(says(1));
  child->write("se");
  child->write("cond\n");
  BOOST_REQUIRE(says(2));
  gnatter::testing::run_for(loop, 20ms);
  BOOST_TEST(!end.has_value());
  child->write("third");
  child->close_input();
  child->write("too late\n");
  BOOST_REQUIRE(ends());
  BOOST_TEST(lines == (std::vector<std::string>{"first", "second", "third"}));
  BOOST_TEST(end->code == 0);
}

BOOST_AUTO_TEST_CASE(an_open_input_with_nothing_in_it_does_not_turn_the_loop) {
  start({.words = {"cat"}, .input_stays_open = true});
  child->write("x\n");
  BOOST_REQUIRE(says(1));
  timespec before{}, after{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
  const auto timer = loop.after(300ms, [&] { loop.quit(0); });
  loop.run();
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
  const auto used = (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1'000'000;
  BOOST_TEST(used < 150);
}

BOOST_AUTO_TEST_CASE(what_it_does_not_read_waits_and_is_counted) {
  start({.words = {"/bin/sh", "-c", "read first; echo $first; sleep 0.2; wc -c"}, .input_stays_open = true});
  child->write("go\n");
  BOOST_REQUIRE(says(1));
  BOOST_TEST(child->waiting_input() == 0u);
  for (int i = 0; i < 100; ++i) child->write(std::string(10'000, 'x'));
  gnatter::testing::run_for(loop, 50ms);
  BOOST_TEST(child->waiting_input() > 900'000u - 65'536u * 2);
  child->close_input();
  BOOST_REQUIRE(ends());
  BOOST_REQUIRE(lines.size() == 2u);
  BOOST_TEST(std::stoi(lines[1]) == 1'000'000);
}

BOOST_AUTO_TEST_CASE(one_that_closes_its_open_input_takes_no_more) {
  start({.words = {"/bin/sh", "-c", "exec <&-; echo closed; sleep 0.3; exit 5"}, .input_stays_open = true});
  BOOST_REQUIRE(says(1));
  for (int i = 0; i < 3; ++i) {
    child->write("hello\n");
    gnatter::testing::run_for(loop, 10ms);
    BOOST_TEST(child->waiting_input() == 0u);
  }
  BOOST_REQUIRE(ends());
  BOOST_TEST(end->code == 5);
}

BOOST_AUTO_TEST_CASE(while_its_output_is_held_it_waits) {
  std::size_t count = 0;
  Child yes(loop, {.words = {"yes"}}, [&](std::string_view) { ++count; }, {});
  BOOST_REQUIRE(run_until(loop, [&] { return count > 0; }));
  yes.hold_output(true);
  const std::size_t then = count;
  gnatter::testing::run_for(loop, 50ms);
  BOOST_TEST(count == then);
  yes.hold_output(false);
  BOOST_TEST(run_until(loop, [&] { return count > then + 1'000'000; }));
}

BOOST_AUTO_TEST_CASE(what_was_held_is_told_before_its_end) {
  start_shell("echo one; echo two; exit 0");
  child->hold_output(true);
  BOOST_REQUIRE(ends());
  BOOST_TEST(lines == (std::vector<std::string>{"one", "two"}));
}

BOOST_AUTO_TEST_CASE(each_complaint_is_told_where_somebody_listens) {
  std::vector<std::string> complaints;
  start({.words = {"/bin/sh", "-c",
                   "echo one >&2; echo >&2; head -c 3000 /dev/zero | tr '\\0' x >&2; echo >&2; "
                   "printf last >&2; exit 2"},
         .on_complaint = [&](std::string_view line) { complaints.emplace_back(line); }});
  BOOST_REQUIRE(ends());
  BOOST_TEST(complaints == (std::vector<std::string>{"one", "", std::string(1000, 'x'), "last"}));
  BOOST_TEST(end->complaint == "one");
}

BOOST_AUTO_TEST_CASE(it_may_be_let_go_from_its_own_complaint) {
  std::size_t count = 0;
  bool ended = false;
  child = std::make_unique<Child>(loop,
                                  Child::Plan{.words = {"/bin/sh", "-c", "echo a >&2; echo b >&2; sleep 100"},
                                              .on_complaint =
                                                  [&](std::string_view) {
                                                    ++count;
                                                    child.reset();
                                                  }},
                                  Child::OnLine(), [&](const Child::End&) { ended = true; });
  BOOST_TEST(run_until(loop, [&] { return count > 0 && !has_children(); }));
  BOOST_TEST(count == 1u);
  BOOST_TEST(!ended);
}

BOOST_AUTO_TEST_CASE(its_id_and_signals_reach_it_as_long_as_it_runs) {
  start_shell("trap 'echo got it; exit 6' USR1; echo $$; while :; do sleep 0.05; done");
  BOOST_REQUIRE(says(1));
  BOOST_TEST(std::to_string(child->id()) == lines[0]);
  child->signal(SIGUSR1);
  BOOST_REQUIRE(ends());
  BOOST_TEST(lines.back() == "got it");
  BOOST_TEST(end->code == 6);
  BOOST_TEST(child->id() == 0);
  child->signal(SIGKILL);
}

BOOST_AUTO_TEST_CASE(a_flood_leaves_the_loop_its_turns) {
  std::size_t count = 0;
  Child yes(loop, {.words = {"yes"}}, [&](std::string_view line) { count += line == "y"; }, {});
  std::size_t turns = 0, least = 0;
  const auto timer = loop.every(1ms, [&] { ++turns; });
  BOOST_REQUIRE(run_until(loop, [&] { return count > 1'000'000; }));
  least = count / (64 * 1024);  // a portion a turn, and two bytes a line
  BOOST_TEST(turns > least / 4);
}

BOOST_AUTO_TEST_CASE(a_line_without_end_is_cut_and_the_next_is_whole) {
  start_shell(
      "head -c 200000 /dev/zero | tr '\\0' x; echo; echo next; head -c 100000 /dev/zero | tr '\\0' z");
  BOOST_REQUIRE(ends());
  BOOST_REQUIRE(lines.size() == 3u);
  BOOST_TEST((lines[0] == std::string(64 * 1024, 'x')));
  BOOST_TEST(lines[1] == "next");
  BOOST_TEST((lines[2] == std::string(64 * 1024, 'z')));
}

BOOST_AUTO_TEST_CASE(its_first_complaint_is_kept) {
  start_shell("echo 'grep: bad regex' >&2; echo more >&2; yes | head -c 1000000 >&2; exit 2");
  BOOST_REQUIRE(ends());
  BOOST_TEST(end->complaint == "grep: bad regex");
  BOOST_TEST(end->code == 2);
  BOOST_TEST(lines.empty());
  end.reset();
  start_shell("head -c 1000000 /dev/zero | tr '\\0' x >&2");
  BOOST_REQUIRE(ends());
  BOOST_TEST((end->complaint == std::string(1000, 'x')));
}

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

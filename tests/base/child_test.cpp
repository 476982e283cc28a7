// SPDX-License-Identifier: GPL-3.0-or-later
// Real programs beside the loop: what they are given, and what they say.
#include "base/child.h"

#include <signal.h>
#include <time.h>

#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

#include "support/child_fixture.h"
#include "support/run_until.h"
#include "support/temporary_directory.h"

using gnatter::base::Child;
using gnatter::testing::ChildFixture;
using gnatter::testing::has_children;
using gnatter::testing::open_descriptors;
using gnatter::testing::run_until;
using namespace std::chrono_literals;
using Kind = Child::End::Kind;

BOOST_FIXTURE_TEST_SUITE(child, ChildFixture)

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

BOOST_AUTO_TEST_SUITE_END()

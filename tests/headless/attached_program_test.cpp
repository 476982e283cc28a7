// SPDX-License-Identifier: GPL-3.0-or-later
// Real programs that hear a client and type into it.
#include "headless/attached_program.h"

#include <sys/wait.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "support/chat_fixture.h"
#include "support/temporary_directory.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;
using boost::test_tools::per_element;
using headless::AttachedProgram;
using headless::program_name;
using Texts = std::vector<std::string>;

namespace {

struct Fixture : ChatFixture {
  Texts told;
  std::size_t ended = 0;
  std::unique_ptr<AttachedProgram> program;

  Fixture() { connect(); }
  void start(std::vector<std::string> words) {
    program = std::make_unique<AttachedProgram>(
        client, "dice", std::move(words),
        AttachedProgram::Listener{[this](chat::LineKind kind, const std::string& sentence) {
                                    told.push_back((kind == chat::LineKind::error ? "error: " : "") +
                                                   sentence);
                                  },
                                  [this](const AttachedProgram&) { ++ended; }});
  }
  void start_shell(const std::string& script) { start({"/bin/sh", "-c", script}); }
  bool tells(std::size_t count, std::chrono::milliseconds limit = 10s) {
    return run_until(
        loop, [this, count] { return told.size() >= count; }, limit);
  }
  bool publishes(std::size_t count) {
    return run_until(loop, [this, count] { return connection->publishes.size() >= count; });
  }
};

bool has_children() {
  siginfo_t info{};
  return ::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(attached_program, Fixture)

BOOST_AUTO_TEST_CASE(it_reads_events_and_its_lines_are_typed) {
  start_shell(
      "read event; echo \"#dev heard: $event\"; echo '/msg bob hi'; printf 'bob a\\\\nb\\n'; cat >/dev/null");
  program->hear("2026-11-23T02:00:00.000+00:00\tmessage\tbob\tbob\thello\n");
  BOOST_REQUIRE(publishes(3));
  BOOST_TEST(
      published() ==
          (Texts{
              "/chat/group/dev/message/alice heard: 2026-11-23T02:00:00.000+00:00\tmessage\tbob\tbob\thello",
              "/chat/user/bob/message/alice hi", "/chat/user/bob/message/alice a\nb"}),
      per_element());
  BOOST_TEST(told.empty());
}

BOOST_AUTO_TEST_CASE(a_refused_line_is_told_here_and_there) {
  start_shell("echo '/nosuch'; read event; echo \"bob $event\"; cat >/dev/null");
  BOOST_REQUIRE(publishes(1));
  BOOST_TEST(told == Texts{"error: dice: There is no /nosuch. Nothing was sent. As text: //nosuch"},
             per_element());
  const std::string heard = published().at(0);
  BOOST_TEST(heard.find("\terror\t*\t\tThere is no /nosuch.") != std::string::npos, heard);
}

BOOST_AUTO_TEST_CASE(one_that_repeats_what_is_refused_comes_to_rest) {
  const testing::TemporaryDirectory directory;
  const std::string heard = (directory.path() / "heard").string();
  start_shell("echo '/nosuch'; while read -r event; do echo heard >>'" + heard + "'; echo /nosuch; done");
  BOOST_REQUIRE(tells(20));
  program->hear("2026-11-23T02:00:00.000+00:00\tmessage\tbob\tbob\tlast\n");
  const auto lines_heard = [&] {
    std::ifstream file(heard);
    return std::count(std::istreambuf_iterator<char>(file), {}, '\n');
  };
  BOOST_REQUIRE(run_until(loop, [&] { return lines_heard() >= 21; }));
  run_for(loop, 100ms);
  BOOST_TEST(lines_heard() == 21);
}

BOOST_AUTO_TEST_CASE(what_it_complains_of_is_told) {
  start_shell("echo 'line one' >&2; echo >&2; printf 'b\\033[31mad' >&2; echo >&2; cat >/dev/null");
  BOOST_REQUIRE(tells(2));
  BOOST_TEST(told == (Texts{"error: dice: line one", "error: dice: b\u241b[31mad"}), per_element());
}

BOOST_AUTO_TEST_CASE(complaints_without_end_are_bounded) {
  start_shell("yes trouble | head -n 5000 >&2; echo 'bob done'; cat >/dev/null");
  BOOST_REQUIRE(publishes(1));
  run_for(loop, 50ms);
  BOOST_TEST(told.size() == 20u);
}

BOOST_AUTO_TEST_CASE(one_that_is_done_is_not_started_again) {
  start_shell("echo 'bob bye'; exit 0");
  BOOST_REQUIRE(run_until(loop, [this] { return ended == 1; }));
  BOOST_TEST(published() == Texts{"/chat/user/bob/message/alice bye"}, per_element());
  BOOST_TEST(told == Texts{"dice has ended, and is not attached any more."}, per_element());
  run_for(loop, 1200ms);
  BOOST_TEST(ended == 1u);
  BOOST_TEST(told.size() == 1u);
}

BOOST_AUTO_TEST_CASE(one_that_fails_is_started_again_later_and_later) {
  start_shell("echo oops >&2; echo worse >&2; exit 3");
  BOOST_REQUIRE(tells(3));
  BOOST_TEST(told.at(2) ==
             "error: dice ended with exit code 3: \"worse\". It is started again in 1 s; /attach -stop dice "
             "ends that.");
  BOOST_TEST(program->state() == "ended, started again in 1 s");
  BOOST_TEST(program->id() == 0);
  program->hear("lost\n");
  const auto from = base::EventLoop::Clock::now();
  BOOST_REQUIRE(tells(6));
  BOOST_TEST((base::EventLoop::Clock::now() - from >= 900ms));
  BOOST_TEST(told.at(5).find("in 2 s;") != std::string::npos, told.at(5));
  BOOST_TEST(program->state() == "ended, started again in 2 s, 1 restart");
  BOOST_TEST(ended == 0u);
}

BOOST_AUTO_TEST_CASE(a_signal_is_named) {
  start_shell("kill -SEGV $$");
  BOOST_REQUIRE(tells(1));
  BOOST_TEST(
      told.at(0).starts_with("error: dice was ended by signal 11 (SIGSEGV). It is started again in 1 s;"),
      told.at(0));
}

BOOST_AUTO_TEST_CASE(one_that_cannot_be_run_is_refused) {
  const auto refusal_of = [this](std::vector<std::string> words) -> std::string {
    try {
      start(std::move(words));
    } catch (const base::UserError& error) {
      return error.what();
    }
    return {};
  };
  BOOST_TEST(refusal_of({"gnatter-no-such"}) ==
             "There is no program gnatter-no-such: not in PATH, or not at that place.");
  BOOST_TEST(refusal_of({"/etc/passwd"}).starts_with("/etc/passwd may not be run: "));
  const TemporaryDirectory directory;
  const auto script = directory.path() / "script";
  std::ofstream(script) << "echo no first line\n";
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  BOOST_TEST(refusal_of({script.string()}).find("a script begins with a line such as #!/bin/sh") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(one_that_has_gone_from_the_disk_is_given_up) {
  const TemporaryDirectory directory;
  const auto script = directory.path() / "script";
  std::ofstream(script) << "#!/bin/sh\nrm \"$0\"\nexit 1\n";
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  start({script.string()});
  BOOST_REQUIRE(run_until(loop, [this] { return ended == 1; }));
  BOOST_TEST(told.back().starts_with("error: There is no program "), told.back());
  BOOST_TEST(told.back().ends_with("dice is not attached any more."), told.back());
}

BOOST_AUTO_TEST_CASE(one_that_does_not_read_loses_events_and_is_told_how_many) {
  const TemporaryDirectory directory;
  const auto go = directory.path() / "go";
  start_shell("until [ -e " + go.string() + " ]; do sleep 0.02; done; grep -a -v -c ^x >" +
              (directory.path() / "count").string() + "; cat");
  const std::string event(9999, 'x');
  for (int i = 0; i < 300; ++i) program->hear(event + '\n');
  BOOST_REQUIRE(tells(1));
  BOOST_TEST(told.at(0) == "error: dice does not read what happens: it misses events until it does.");
  run_for(loop, 20ms);
  BOOST_TEST(told.size() == 1u);
  std::ofstream(go) << "go";
  BOOST_REQUIRE(run_until(loop, [&] {
    program->hear("xlast\n");
    return told.size() >= 2;
  }));
  BOOST_TEST(told.at(1).starts_with("dice reads again. "), told.at(1));
  BOOST_TEST(told.at(1).ends_with(" events have not reached it."), told.at(1));
  program->close();
  BOOST_REQUIRE(run_until(loop, [&] { return program->id() == 0; }));
  std::string count;
  std::ifstream(directory.path() / "count") >> count;
  BOOST_TEST(count == "1");  // the event that says so
}

BOOST_AUTO_TEST_CASE(a_flood_of_lines_leaves_the_loop_its_turns) {
  start_shell("yes '/nosuch'");
  BOOST_REQUIRE(tells(20));
  std::size_t turns = 0;
  const auto from = base::EventLoop::Clock::now();
  const auto timer = loop.every(1ms, [&] { ++turns; });
  BOOST_REQUIRE(run_until(
      loop, [&] { return turns >= 20; }, 5s));
  BOOST_TEST((base::EventLoop::Clock::now() - from < 2s));
  BOOST_TEST(told.size() == 20u);
}

BOOST_AUTO_TEST_CASE(it_waits_while_nothing_more_can_be_kept) {
  start_shell("for i in $(seq 300); do echo \"bob $i\"; done; cat >/dev/null");
  BOOST_REQUIRE(run_until(loop, [this] { return session.outbox().size() == 64; }));
  run_for(loop, 100ms);
  BOOST_TEST(told.empty());
  BOOST_REQUIRE(run_until(loop, [this] {
    connection->accept_all();
    return connection->publishes.size() == 300;
  }));
  BOOST_TEST(connection->publishes.back().publication.payload == "300");
  BOOST_TEST(told.empty());
}

BOOST_AUTO_TEST_CASE(a_line_that_is_too_long_is_not_sent_in_part) {
  start_shell("printf 'bob '; head -c 100000 /dev/zero | tr '\\0' x; echo; echo 'bob ok'; cat >/dev/null");
  BOOST_REQUIRE(publishes(1));
  BOOST_TEST(published() == Texts{"/chat/user/bob/message/alice ok"}, per_element());
  BOOST_TEST(told == Texts{"error: dice: A line has 64 KiB or more. It was not sent."}, per_element());
}

BOOST_AUTO_TEST_CASE(closed_it_reads_the_end_and_types_no_more) {
  start_shell("cat >/dev/null; echo 'bob too late'; exit 7");
  program->close();
  BOOST_REQUIRE(run_until(loop, [this] { return program->id() == 0; }));
  settle();
  BOOST_TEST(published().empty());
  BOOST_TEST(told.empty());
}

BOOST_AUTO_TEST_CASE(destroyed_it_is_ended) {
  start_shell("while :; do sleep 1; done");
  BOOST_TEST(program->id() != 0);
  program.reset();
  BOOST_TEST(run_until(
      loop, [] { return !has_children(); }, 3s));
}

BOOST_AUTO_TEST_CASE(it_is_called_as_its_script_is) {
  const TemporaryDirectory directory;
  const std::string script = directory.path() / "dice.py";
  std::ofstream(script) << "pass\n";
  BOOST_TEST(program_name({"/usr/bin/dice", "--loud"}) == "dice");
  BOOST_TEST(program_name({"python3", "-u", script}) == "dice.py");
  BOOST_TEST(program_name({"/usr/bin/python3.11", "-u", script, "/etc/passwd"}) == "dice.py");
  BOOST_TEST(program_name({"env", "python3", script}) == "dice.py");
  BOOST_TEST(program_name({"awk", "-f", script}) == "dice.py");
  BOOST_TEST(program_name({"awk", "{print}"}) == "awk");
  BOOST_TEST(program_name({"tail", "-f", "/etc/passwd"}) == "tail");
  BOOST_TEST(program_name({"a\x1b[31mb"}) == "a\u241b[31mb");
}

BOOST_AUTO_TEST_SUITE_END()

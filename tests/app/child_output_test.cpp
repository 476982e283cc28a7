// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/child_output.h"

#include <signal.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <string>

#include "base/event_loop.h"
#include "base/user_error.h"
#include "support/environment.h"

using namespace gnatter;
using app::first_line_of;

namespace {

std::string line_of(const std::string& script) {
  return first_line_of({"sh", "-c", script}, "password-command");
}

std::string refusal(const std::vector<std::string>& words) {
  try {
    first_line_of(words, "password-command");
  } catch (const base::UserError& error) {
    return error.what();
  }
  return {};
}
std::string script_refusal(const std::string& script) {
  return refusal({"sh", "-c", script});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(child_output)

BOOST_AUTO_TEST_CASE(the_first_line_is_taken_without_its_newline) {
  BOOST_TEST(line_of("echo secret") == "secret");
  BOOST_TEST(line_of("printf secret") == "secret");
  BOOST_TEST(line_of("printf 'one\\ntwo\\nthree\\n'") == "one");
  BOOST_TEST(line_of("echo ' blanks stay '") == " blanks stay ");
}

BOOST_AUTO_TEST_CASE(a_program_that_prints_much_is_read_to_its_end) {
  BOOST_TEST(line_of("echo secret; i=0; while [ $i -lt 20000 ]; do echo xxxxxxxxxx; i=$((i+1)); done") ==
             "secret");
}

BOOST_AUTO_TEST_CASE(nothing_is_run_by_a_shell) {
  BOOST_TEST(first_line_of({"echo", "$HOME;", "`id`"}, "x") == "$HOME; `id`");
}

BOOST_AUTO_TEST_CASE(a_program_that_fails_is_told_with_its_status) {
  BOOST_TEST(script_refusal("echo secret; exit 3") == "password-command (sh) failed, with exit status 3.");
  BOOST_TEST(script_refusal("kill -9 $$") == "password-command (sh) failed, with signal 9.");
}

BOOST_AUTO_TEST_CASE(a_program_that_prints_nothing_is_told) {
  BOOST_TEST(script_refusal("true") == "password-command (sh) printed no password.");
  BOOST_TEST(script_refusal("echo; echo secret") == "password-command (sh) printed no password.");
}

BOOST_AUTO_TEST_CASE(a_program_that_is_not_there_is_told) {
  BOOST_TEST(refusal({"gnatter-no-such-program"}) ==
             "password-command (gnatter-no-such-program) could not be run: No such file or directory.");
  BOOST_TEST(refusal({"/etc/passwd"}).find("could not be run") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_program_gets_the_environment_and_signals_as_usual) {
  const base::EventLoop loop;  // blocks signals, ignores SIGPIPE
  const testing::Variable variable("GNATTER_TEST_VARIABLE", "seen");
  BOOST_TEST(line_of("echo $GNATTER_TEST_VARIABLE") == "seen");
  BOOST_TEST(script_refusal("kill -TERM $$; sleep 3") == "password-command (sh) failed, with signal 15.");
  BOOST_TEST(script_refusal("kill -PIPE $$; sleep 3") == "password-command (sh) failed, with signal 13.");
}

BOOST_AUTO_TEST_CASE(a_grandchild_that_goes_on_silently_is_not_waited_for) {
  const auto from = std::chrono::steady_clock::now();
  BOOST_TEST(line_of("sleep 5 >/dev/null 2>&1 & echo secret") == "secret");
  BOOST_TEST((std::chrono::steady_clock::now() - from < std::chrono::seconds(4)));
}

BOOST_AUTO_TEST_SUITE_END()

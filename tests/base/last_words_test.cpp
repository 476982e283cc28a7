// SPDX-License-Identifier: GPL-3.0-or-later
// What is said when code that is not ours ends the process, in processes of the test's own.
#include "base/last_words.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>

using gnatter::base::LastWords;

namespace {

struct Death {
  std::string said;
  int status;
};

/// How a process that runs `code` ends, and what it says.
Death death_of(const std::function<void()>& code) {
  std::array<int, 2> ends{};
  BOOST_REQUIRE_EQUAL(::pipe(ends.data()), 0);
  const pid_t process = ::fork();
  BOOST_REQUIRE(process >= 0);
  if (process == 0) {
    ::close(ends[0]);
    ::dup2(ends[1], STDERR_FILENO);
    ::signal(SIGABRT, SIG_DFL);  // as it is before a test's runner comes
    LastWords::listen();
    code();
    ::_exit(0);
  }
  ::close(ends[1]);
  Death death{};
  std::array<char, 512> bytes{};
  for (ssize_t count = 0; (count = ::read(ends[0], bytes.data(), bytes.size())) > 0;)
    death.said.append(bytes.data(), static_cast<std::size_t>(count));
  ::close(ends[0]);
  ::waitpid(process, &death.status, 0);
  return death;
}

bool is_signal(const Death& death, int number) {
  return WIFSIGNALED(death.status) && WTERMSIG(death.status) == number;
}

void fall() {
  throw std::runtime_error("the sky fell");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(last_words)

BOOST_AUTO_TEST_CASE(whose_code_aborts_is_named) {
  const Death death = death_of([] {
    const LastWords words("plugin dice", "in ", "on_message");
    std::abort();
  });
  BOOST_TEST(death.said == "gnatter: plugin dice ended the program in on_message\n");
  BOOST_TEST(is_signal(death, SIGABRT));
}

BOOST_AUTO_TEST_CASE(the_innermost_is_named_and_the_outer_after_it) {
  const Death inner = death_of([] {
    const LastWords outer("plugin dice", "in ", "on_message");
    const LastWords words("plugin urls (/urls.so)", "while it was loaded");
    ::raise(SIGFPE);
  });
  // A sanitizer may handle it; ours is not asked then.
  if (is_signal(inner, SIGFPE))
    BOOST_TEST(inner.said == "gnatter: plugin urls (/urls.so) ended the program while it was loaded\n");
  const Death outer = death_of([] {
    const LastWords words("plugin dice", "in ", "on_message");
    { const LastWords gone("plugin urls", "in ", "on_line"); }
    std::abort();
  });
  BOOST_TEST(outer.said == "gnatter: plugin dice ended the program in on_message\n");
}

BOOST_AUTO_TEST_CASE(what_nobody_catches_is_told_before) {
  const Death death = death_of([] {
    const LastWords words("plugin dice", "while it was loaded");
    std::thread([] { throw std::runtime_error("elsewhere"); }).join();
  });
  BOOST_TEST(death.said.find("elsewhere") != std::string::npos);
  BOOST_TEST(death.said.find("plugin dice") == std::string::npos);  // another thread's
  const Death own = death_of([] {
    const LastWords words("plugin dice", "while it was loaded");
    []() noexcept { fall(); }();
  });
  BOOST_TEST(own.said.find("the sky fell") != std::string::npos);
  BOOST_TEST(own.said.ends_with("gnatter: plugin dice ended the program while it was loaded\n"));
  BOOST_TEST(is_signal(own, SIGABRT));
}

BOOST_AUTO_TEST_CASE(an_exit_is_an_end_that_nobody_asked_for) {
  const Death death = death_of([] {
    const LastWords words("plugin dice", "in ", "a timer");
    std::exit(0);
  });
  BOOST_TEST(death.said == "gnatter: plugin dice ended the program in a timer\n");
  BOOST_TEST((WIFEXITED(death.status) && WEXITSTATUS(death.status) == 1));
}

BOOST_AUTO_TEST_CASE(our_own_end_has_none) {
  const Death death = death_of([] {
    { const LastWords words("plugin dice", "in ", "a timer"); }
    std::abort();
  });
  BOOST_TEST(death.said == "");
}

BOOST_AUTO_TEST_SUITE_END()

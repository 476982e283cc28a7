// SPDX-License-Identifier: GPL-3.0-or-later
// What a plugin throws, and how long it takes, is told with its name and stays within bounds.
#include "plugin_host/guard.h"

#include <boost/test/unit_test.hpp>
#include <stdexcept>
#include <string>

#include "support/chat_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;
using plugin_host::Guard;

namespace {

struct Fixture : ChatFixture {
  Guard::Clock::time_point time = Guard::Clock::now();
  Guard dice{loop, client, "dice", [this] { return time; }};
  Guard urls{loop, client, "urls", [this] { return time; }};

  template <class Thrown>
  bool throws(const Thrown& thrown) {
    return dice.run("on_message", [&] { throw thrown; });
  }
  /// What is in the network's window by the next turn.
  std::size_t told(std::string_view words) {
    settle();
    return count(&network.window(), words);
  }
};

struct Odd {};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(guard, Fixture)

BOOST_AUTO_TEST_CASE(a_call_that_goes_well_is_not_spoken_of) {
  int calls = 0;
  BOOST_TEST(dice.run("on_message", [&] { ++calls; }));
  BOOST_TEST(calls == 1);
  BOOST_TEST(told("dice") == 0u);
  BOOST_TEST(dice.plugin() == "dice");
}

BOOST_AUTO_TEST_CASE(what_is_thrown_is_told_with_its_name_and_place) {
  BOOST_TEST(!throws(std::runtime_error("bad number \"2dx\"")));
  BOOST_TEST(told("error: Plugin dice failed in on_message: bad number \"2dx\". It goes on.") == 1u);
  BOOST_TEST(!dice.switched_off());
}

BOOST_AUTO_TEST_CASE(whatever_is_thrown_stops_here) {
  BOOST_TEST(!throws(42));
  BOOST_TEST(told("failed in on_message: an exception without words (int). It goes on.") == 1u);
  BOOST_TEST(!throws(std::string("a text")));
  BOOST_TEST(told("failed in on_message: a text. It goes on.") == 1u);
  Guard other{loop, client, "other"};
  BOOST_TEST(!other.run("a timer", [] { throw "letters"; }));
  BOOST_TEST(told("Plugin other failed in a timer: letters. It goes on.") == 1u);
  BOOST_TEST(!other.run("a timer", [] { throw Odd(); }));
  BOOST_TEST(told("Odd). It goes on.") == 1u);
}

BOOST_AUTO_TEST_CASE(its_words_are_made_safe_and_cut_between_characters) {
  throws(
      std::runtime_error("\x1b[2J"
                         "two\nlines."));
  BOOST_TEST(told("failed in on_message: \u241B[2Jtwo lines. It goes on.") == 1u);
  std::string words = "x";
  for (int i = 0; i < 10'000; ++i) words += "\u00E9";
  throws(std::runtime_error(words));
  BOOST_TEST(told("\u00E9.... It goes on.") == 1u);
  BOOST_TEST(told("\uFFFD") == 0u);
  Guard silent{loop, client, "silent"};
  silent.run("a timer", [] { throw std::runtime_error(""); });
  BOOST_TEST(told("Plugin silent failed in a timer: no reason given. It goes on.") == 1u);
}

BOOST_AUTO_TEST_CASE(a_window_is_not_written_to_from_inside_a_call) {
  std::size_t before = 0;
  dice.run("on_message", [&] {
    throws(std::runtime_error("inside"));
    before = count(&network.window(), "inside");
  });
  BOOST_TEST(before == 0u);
  BOOST_TEST(told("inside") == 1u);
}

BOOST_AUTO_TEST_CASE(three_failures_in_ten_minutes_switch_it_off) {
  for (int i = 0; i < 3; ++i) {
    BOOST_TEST(!dice.switched_off());
    throws(std::runtime_error("no"));
    time += 4min;
  }
  BOOST_TEST(dice.switched_off());
  BOOST_TEST(told("Plugin dice failed in on_message: no. It goes on.") == 2u);
  BOOST_TEST(told("Plugin dice failed in on_message: no.") == 3u);
  BOOST_TEST(told("error: Plugin dice failed three times and is switched off. /plugin reload dice") == 1u);
  int calls = 0;
  BOOST_TEST(!dice.run("on_message", [&] { ++calls; }));
  time += 1h;
  BOOST_TEST(!dice.run("on_message", [&] { ++calls; }));
  BOOST_TEST(calls == 0);
  BOOST_TEST(urls.run("on_message", [&] { ++calls; }));
  BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_CASE(failures_far_between_do_not_switch_it_off) {
  for (int i = 0; i < 10; ++i) {
    throws(std::runtime_error("no"));
    time += 5min;
  }
  BOOST_TEST(!dice.switched_off());
  throws(std::runtime_error("no"));
  throws(std::runtime_error("no"));
  BOOST_TEST(dice.switched_off());
}

BOOST_AUTO_TEST_CASE(a_failure_within_a_call_is_counted_once) {
  dice.run("on_message", [&] { BOOST_TEST(!urls.run("on_line", [] { throw 1; })); });
  dice.run("on_message", [&] { throws(std::runtime_error("inner")); });
  BOOST_TEST(told("Plugin urls failed in on_line") == 1u);
  BOOST_TEST(told("Plugin dice failed") == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_switched_off_within_its_own_call_is_told_once) {
  dice.run("on_message", [&] {
    for (int i = 0; i < 3; ++i) throws(1);
    throw 1;
  });
  BOOST_TEST(dice.switched_off());
  BOOST_TEST(told("failed three times") == 1u);
}

BOOST_AUTO_TEST_CASE(a_slow_call_is_told_once) {
  dice.run("on_message", [&] { time += 100ms; });
  BOOST_TEST(told("took") == 0u);
  for (int i = 0; i < 2; ++i) dice.run("on_message", [&] { time += 240ms; });
  BOOST_TEST(told("error: Plugin dice took 240 ms in on_message; everything waits meanwhile.") == 1u);
  urls.run("a timer", [&] {
    time += 500ms;
    throw 1;
  });
  BOOST_TEST(told("Plugin urls took 500 ms in a timer") == 1u);
}

BOOST_AUTO_TEST_CASE(time_is_counted_for_the_plugin_that_took_it) {
  dice.run("on_message", [&] {
    time += 60ms;
    urls.run("on_line", [&] {
      time += 80ms;
      dice.run("on_line", [&] { time += 90ms; });
    });
    time += 30ms;
  });
  BOOST_TEST(told("took") == 0u);
  dice.run("on_message", [&] {
    urls.run("on_line", [&] { time += 300ms; });
    urls.run("on_line", [&] { time += 30ms; });
    time += 90ms;
  });
  BOOST_TEST(told("Plugin urls took 300 ms in on_line") == 1u);
  BOOST_TEST(told("Plugin dice took") == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

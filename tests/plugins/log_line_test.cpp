// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/logger/log_line.h"

#include <time.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <random>
#include <string>
#include <vector>

#include "support/environment.h"

using gnatter::Line;
using gnatter::LineKind;
using gnatter::Time;
using logger::parse;
using logger::print;
using logger::Zone;
using namespace std::chrono;

namespace {

const Time some_time = sys_days(year{2026} / 11 / 22) + 9h + 54min + 39s + 123ms;

struct Fixture {
  gnatter::testing::Variable berlin{"TZ", "Europe/Berlin"};
  Fixture() { ::tzset(); }
};

bool equal(const Line& one, const Line& other) {
  return one.time == other.time && one.kind == other.kind && one.sender == other.sender &&
         one.text == other.text;
}

std::string printed(LineKind kind, const std::string& sender, const std::string& text) {
  return print({some_time, kind, sender, text});
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(log_line, Fixture)

BOOST_AUTO_TEST_CASE(a_line_is_its_time_its_sender_and_its_text) {
  BOOST_TEST(printed(LineKind::message, "bob", "hello") == "2026-11-22T10:54:39.123+01:00\tbob\thello");
  BOOST_TEST(printed(LineKind::action, "bob", "waves") == "2026-11-22T10:54:39.123+01:00\t* bob\twaves");
  BOOST_TEST(printed(LineKind::notice, "bob", "away") == "2026-11-22T10:54:39.123+01:00\t-bob-\taway");
  BOOST_TEST(printed(LineKind::presence, "", "bob left") == "2026-11-22T10:54:39.123+01:00\t--\tbob left");
  BOOST_TEST(printed(LineKind::error, "", "not sent") == "2026-11-22T10:54:39.123+01:00\t!!\tnot sent");
  BOOST_TEST(printed(LineKind::info, "", "welcome") == "2026-11-22T10:54:39.123+01:00\t-!-\twelcome");
  BOOST_TEST(print({some_time, LineKind::message, "bob", "x"}, Zone::utc) ==
             "2026-11-22T09:54:39.123+00:00\tbob\tx");
}

BOOST_AUTO_TEST_CASE(what_would_end_a_field_or_a_row_is_escaped) {
  BOOST_TEST(printed(LineKind::message, "a\tb", "1\t2\n3\r4\\n") ==
             "2026-11-22T10:54:39.123+01:00\ta\\tb\t1\\t2\\n3\\r4\\\\n");
}

BOOST_AUTO_TEST_CASE(no_name_is_read_as_a_mark) {
  BOOST_TEST(printed(LineKind::message, "* bob", "x") == "2026-11-22T10:54:39.123+01:00\t\\* bob\tx");
  BOOST_TEST(printed(LineKind::message, "--", "x") == "2026-11-22T10:54:39.123+01:00\t\\--\tx");
  BOOST_TEST(printed(LineKind::message, "!!", "x") == "2026-11-22T10:54:39.123+01:00\t\\!!\tx");
  BOOST_TEST(printed(LineKind::message, "\\x", "x") == "2026-11-22T10:54:39.123+01:00\t\\\\x\tx");
}

BOOST_AUTO_TEST_CASE(every_line_comes_back_as_it_was) {
  const std::vector<std::string> names{"bob",    "*",     "* bob", "-",    "--",   "-bob-", "-- bob",
                                       "-!-",    "-!- x", "!",     "!!",   "!! x", "\\",    "\\\\",
                                       "\\-",    "\\*x",  "a\tb",  "\tx",  "\\t",  " ",     "",
                                       "日本語", "- x -", "bob-",  "-\\-", "\\n",  "x\\"};
  for (const LineKind kind : {LineKind::message, LineKind::action, LineKind::notice, LineKind::presence,
                              LineKind::info, LineKind::error})
    for (const auto& name : names)
      for (const auto& text : names)
        for (const Zone zone : {Zone::local, Zone::utc}) {
          const Line line{some_time, kind, name, text};
          const std::string row = print(line, zone);
          const auto back = parse(row);
          BOOST_TEST((back && equal(*back, line)), row);
          BOOST_TEST(row.find('\n') == std::string::npos);
        }
}

BOOST_AUTO_TEST_CASE(random_lines_come_back_and_no_two_are_the_same_row) {
  std::mt19937 random(7);
  constexpr std::string_view letters = "*-! \\\t\n\rtnx\0";
  const auto word = [&] {
    std::string out;
    for (auto size = random() % 6; size > 0; --size) out += letters[random() % letters.size()];
    return out;
  };
  for (int i = 0; i < 20'000; ++i) {
    const Line line{Time(milliseconds(random() * 700LL)), static_cast<LineKind>(random() % 6), word(),
                    word()};
    const auto back = parse(print(line));
    BOOST_REQUIRE((back && equal(*back, line)));
  }
}

BOOST_AUTO_TEST_CASE(times_are_true_in_summer_and_in_the_hour_that_comes_twice) {
  const Time summer = sys_days(year{2026} / 7 / 1) + 22h + 30min;
  BOOST_TEST(print({summer, LineKind::message, "b", "x"}) == "2026-07-02T00:30:00.000+02:00\tb\tx");
  const Time first = sys_days(year{2026} / 10 / 25) + 0h + 30min, second = first + 1h;
  BOOST_TEST(print({first, LineKind::message, "b", "x"}) == "2026-10-25T02:30:00.000+02:00\tb\tx");
  BOOST_TEST(print({second, LineKind::message, "b", "x"}) == "2026-10-25T02:30:00.000+01:00\tb\tx");
  for (const Time time : {summer, first, second, Time{}, Time(-1ms)})
    BOOST_TEST((parse(print({time, LineKind::message, "b", "x"}))->time == time));
  const gnatter::testing::Variable west("TZ", "America/St_Johns");
  ::tzset();
  BOOST_TEST(print({summer, LineKind::message, "b", "x"}) == "2026-07-01T20:00:00.000-02:30\tb\tx");
  BOOST_TEST((parse(print({summer, LineKind::message, "b", "x"}))->time == summer));
  BOOST_TEST((parse("2026-07-02T00:30:00.000+02:00\tb\tx")->time == summer));
  // No zone that is today, but one that was: 53 minutes and 28 seconds east.
  const gnatter::testing::Variable odd("TZ", "X-0:53:28");
  ::tzset();
  BOOST_TEST((parse(print({summer, LineKind::message, "b", "x"}))->time == summer));
}

BOOST_AUTO_TEST_CASE(days_are_those_of_the_zone) {
  const Time late = sys_days(year{2026} / 12 / 31) + 23h + 30min;
  BOOST_TEST(logger::print_date(late, Zone::local) == "2027-01-01");
  BOOST_TEST(logger::print_date(late, Zone::utc) == "2026-12-31");
}

BOOST_AUTO_TEST_CASE(rows_that_are_no_lines_give_nothing) {
  for (const std::string row :
       {"", "\t", "\t\t", "hello", "2026-11-22T10:54:39.123+01:00", "2026-11-22T10:54:39.123+01:00\tbob",
        "2026-11-22T10:54:39.123+01:0\tbob\tx", "2026-13-22T10:54:39.123+01:00\tbob\tx",
        "2026-02-30T10:54:39.123+01:00\tbob\tx", "2026-11-22T24:54:39.123+01:00\tbob\tx",
        "2026-11-22 10:54:39.123+01:00\tbob\tx", "2026-11-22T10:54:39.123Z\tbob\tx",
        "2026-11-22T10:54:39.123+01:00\t*bob\tx", "2026-11-22T10:54:39.123+01:00\t-bob\tx",
        "2026-11-22T10:54:39.123+01:00\t!bob\tx", "2026-11-22T10:54:39.123+01:00\t---\tx",
        "2026-11-22T10:54:3:.123+01:00\tbob\tx"})
    BOOST_TEST(!parse(row), row);
  const std::string whole = printed(LineKind::message, "bob", "hello");
  for (std::size_t size = 0; size < whole.rfind('\t'); ++size) BOOST_TEST(!parse(whole.substr(0, size)));
  BOOST_TEST(parse("2026-11-22T10:54:39.123+01:00\tbob\ta\\").value().text == "a\\");
}

BOOST_AUTO_TEST_SUITE_END()

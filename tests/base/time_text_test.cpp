// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/time_text.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>

using namespace gnatter::base;
using std::chrono::milliseconds;

namespace {

/// Local time as in `zone`, as long as this lives.
class Zone {
 public:
  explicit Zone(const char* zone) {
    if (const char* set = std::getenv("TZ")) before_ = set;
    ::setenv("TZ", zone, 1);
    ::tzset();
  }
  ~Zone() {
    if (before_.empty())
      ::unsetenv("TZ");
    else
      ::setenv("TZ", before_.c_str(), 1);
    ::tzset();
  }
  Zone(const Zone&) = delete;
  Zone& operator=(const Zone&) = delete;

 private:
  std::string before_;
};

constexpr Time noon{milliseconds(1'795'341'279'123)};  // 2026-11-22T09:54:39.123Z

}  // namespace

BOOST_AUTO_TEST_SUITE(time_text)

BOOST_AUTO_TEST_CASE(local_time_has_milliseconds_and_the_zones_offset) {
  BOOST_TEST((Zone("UTC0"), local_iso8601(noon)) == "2026-11-22T09:54:39.123+00:00");
  BOOST_TEST((Zone("CET-1"), local_iso8601(noon)) == "2026-11-22T10:54:39.123+01:00");
  BOOST_TEST((Zone("EST5"), local_iso8601(noon)) == "2026-11-22T04:54:39.123-05:00");
}

BOOST_AUTO_TEST_CASE(offsets_of_half_and_quarter_hours_are_written_whole) {
  BOOST_TEST((Zone("IST-5:30"), local_iso8601(noon)) == "2026-11-22T15:24:39.123+05:30");
  BOOST_TEST((Zone("NPT-5:45"), local_iso8601(noon)) == "2026-11-22T15:39:39.123+05:45");
  BOOST_TEST((Zone("NST3:30"), local_iso8601(noon)) == "2026-11-22T06:24:39.123-03:30");
  BOOST_TEST((Zone("XXX0:30"), local_iso8601(noon)) == "2026-11-22T09:24:39.123-00:30");
}

BOOST_AUTO_TEST_CASE(the_date_follows_the_zone) {
  BOOST_TEST((Zone("LINT-14"), local_iso8601(noon)) == "2026-11-22T23:54:39.123+14:00");
  BOOST_TEST((Zone("EAST-15"), local_iso8601(noon)) == "2026-11-23T00:54:39.123+15:00");
}

BOOST_AUTO_TEST_CASE(summer_time_has_its_own_offset) {
  const Zone berlin("CET-1CEST,M3.5.0,M10.5.0/3");
  const Time july{milliseconds(1'783'000'000'000)};  // 2026-07-02T13:46:40Z
  BOOST_TEST(local_iso8601(july) == "2026-07-02T15:46:40.000+02:00");
  BOOST_TEST(local_iso8601(noon) == "2026-11-22T10:54:39.123+01:00");
}

BOOST_AUTO_TEST_CASE(the_clock_shows_hours_and_minutes_of_the_zone) {
  BOOST_TEST((Zone("CET-1"), local_clock(noon)) == "10:54");
  BOOST_TEST((Zone("NPT-5:45"), local_clock(noon)) == "15:39");
}

BOOST_AUTO_TEST_CASE(the_short_date_is_of_the_zone) {
  BOOST_TEST((Zone("CET-1"), local_short_date(noon)) == "Sun 22 Nov");
  BOOST_TEST((Zone("XYZ-18"), local_short_date(noon)) == "Mon 23 Nov");
}

BOOST_AUTO_TEST_CASE(utc_does_not_depend_on_the_zone) {
  BOOST_TEST((Zone("NPT-5:45"), utc_rfc3339(noon)) == "2026-11-22T09:54:39.123Z");
  BOOST_TEST(utc_rfc3339(Time{}) == "1970-01-01T00:00:00.000Z");
}

BOOST_AUTO_TEST_CASE(times_before_1970_have_positive_milliseconds) {
  BOOST_TEST(utc_rfc3339(Time(milliseconds(-1))) == "1969-12-31T23:59:59.999Z");
  BOOST_TEST((Zone("UTC0"), local_iso8601(Time(milliseconds(-1)))) == "1969-12-31T23:59:59.999+00:00");
}

BOOST_AUTO_TEST_CASE(utc_text_is_read_back) {
  std::mt19937_64 random(1);
  const std::int64_t end_of_9999 = 253'402'300'799'999;
  for (int i = 0; i < 10'000; ++i) {
    const Time time{
        milliseconds(static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(end_of_9999)))};
    BOOST_REQUIRE(parse_utc_rfc3339(utc_rfc3339(time)) == time);
  }
  BOOST_TEST((parse_utc_rfc3339("9999-12-31T23:59:59.999Z") == Time(milliseconds(end_of_9999))));
}

BOOST_AUTO_TEST_CASE(any_other_text_is_no_time) {
  for (const char* bad : {"",
                          "now",
                          "2026-11-22",
                          "2026-11-22T09:54:39Z",
                          "2026-11-22T09:54:39.123+01:00",
                          "2026-11-22 09:54:39.123Z",
                          "2026-11-22T09:54:39.123z",
                          "2026-11-22T09:54:39,123Z",
                          "2026-11-22T09:54:39.12aZ",
                          "2026-11-22T09:54:39.123Z ",
                          "+026-11-22T09:54:39.123Z",
                          "-026-11-22T09:54:39.123Z",
                          "2026-1a-22T09:54:39.123Z",
                          "1969-12-31T23:59:59.999Z",
                          "2026-00-22T09:54:39.123Z",
                          "2026-13-22T09:54:39.123Z",
                          "2026-02-29T09:54:39.123Z",
                          "2026-11-31T09:54:39.123Z",
                          "2026-11-22T24:00:00.000Z",
                          "2026-11-22T09:60:39.123Z",
                          "2026-11-22T09:54:61.123Z",
                          " 026-11-22T09:54:39.123Z"})
    BOOST_TEST(!parse_utc_rfc3339(bad), bad);
}

BOOST_AUTO_TEST_CASE(leap_days_are_dates) {
  BOOST_TEST(utc_rfc3339(parse_utc_rfc3339("2028-02-29T00:00:00.000Z").value()) ==
             "2028-02-29T00:00:00.000Z");
}

BOOST_AUTO_TEST_CASE(now_is_the_wall_clock) {
  const auto before = std::chrono::system_clock::now();
  const Time middle = now();
  BOOST_TEST((middle >= std::chrono::floor<milliseconds>(before)));
  BOOST_TEST((middle <= std::chrono::system_clock::now()));
}

BOOST_AUTO_TEST_CASE(a_date_has_its_year_and_days_are_counted_by_local_midnights) {
  BOOST_TEST((Zone("UTC0"), local_date(noon)) == "22 Nov 2026");
  BOOST_TEST((Zone("CET-15"), local_date(noon)) == "23 Nov 2026");
  const Time later = noon + std::chrono::hours(15);
  BOOST_TEST((Zone("UTC0"), days_from(noon, later)) == "in 1 day");
  BOOST_TEST((Zone("UTC0"), days_from(later, noon)) == "1 day ago");
  BOOST_TEST((Zone("UTC0"), days_from(noon, noon + std::chrono::hours(14))) == "today");
  BOOST_TEST((Zone("UTC0"), days_from(noon, noon + std::chrono::days(345))) == "in 345 days");
  BOOST_TEST((Zone("UTC0"), days_from(noon, noon - std::chrono::days(19))) == "19 days ago");
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/time_text.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "base/text.h"

namespace gnatter::base {
namespace {

constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::tm local_fields(Time time) {
  const std::time_t seconds =
      std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(time));
  std::tm fields{};
  localtime_r(&seconds, &fields);
  return fields;
}

int milliseconds_of(Time time) {
  return static_cast<int>((time - std::chrono::floor<std::chrono::seconds>(time)).count());
}

std::optional<int> number(std::string_view digits) {
  int value = 0;
  for (char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

template <class... Arguments>
std::string formatted(const char* format, Arguments... arguments) {
  std::array<char, 96> buffer{};
  const int size = std::snprintf(buffer.data(), buffer.size(), format, arguments...);
  return std::string(buffer.data(), static_cast<std::size_t>(size));
}

}  // namespace

Time now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string local_iso8601(Time time) {
  const std::tm fields = local_fields(time);
  const long offset = std::labs(fields.tm_gmtoff) / 60;
  return formatted("%04d-%02d-%02dT%02d:%02d:%02d.%03d%c%02ld:%02ld", fields.tm_year + 1900,
                   fields.tm_mon + 1, fields.tm_mday, fields.tm_hour, fields.tm_min, fields.tm_sec,
                   milliseconds_of(time), fields.tm_gmtoff < 0 ? '-' : '+', offset / 60, offset % 60);
}

std::string local_clock(Time time) {
  const std::tm fields = local_fields(time);
  return formatted("%02d:%02d", fields.tm_hour, fields.tm_min);
}

std::string local_short_date(Time time) {
  constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  const std::tm fields = local_fields(time);
  return formatted("%s %d %s", days.at(static_cast<std::size_t>(fields.tm_wday)), fields.tm_mday,
                   months.at(static_cast<std::size_t>(fields.tm_mon)));
}

std::string local_date(Time time) {
  const std::tm fields = local_fields(time);
  return formatted("%d %s %d", fields.tm_mday, months.at(static_cast<std::size_t>(fields.tm_mon)),
                   fields.tm_year + 1900);
}

std::string days_from(Time now, Time time) {
  const auto day = [](Time moment) {
    const std::tm fields = local_fields(moment);
    return std::chrono::sys_days(std::chrono::year(fields.tm_year + 1900) /
                                 std::chrono::month(static_cast<unsigned>(fields.tm_mon + 1)) /
                                 std::chrono::day(static_cast<unsigned>(fields.tm_mday)));
  };
  const auto days = (day(time) - day(now)).count();
  if (days == 0) return "today";
  const std::string count = counted(static_cast<std::size_t>(std::abs(days)), "day", "days");
  return days < 0 ? count + " ago" : "in " + count;
}

std::string utc_rfc3339(Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return formatted("%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                   static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                   static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                   static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
}

std::optional<Time> parse_utc_rfc3339(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00T00:00:00.000Z";
  if (text.size() != shape.size()) return std::nullopt;
  for (std::size_t i = 0; i < shape.size(); ++i)
    if (shape[i] != '0' && shape[i] != text[i]) return std::nullopt;
  const auto field = [&](std::size_t at, std::size_t size) { return number(text.substr(at, size)); };
  const auto year = field(0, 4), month = field(5, 2), day = field(8, 2);
  const auto hour = field(11, 2), minute = field(14, 2), second = field(17, 2), fraction = field(20, 3);
  if (!year || !month || !day || !hour || !minute || !second || !fraction) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || *year < 1970 || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return Time(std::chrono::sys_days(date)) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         std::chrono::seconds(*second) + std::chrono::milliseconds(*fraction);
}

}  // namespace gnatter::base

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/day.h"

#include <array>
#include <chrono>
#include <ctime>
#include <string_view>

namespace gnatter::ui {
namespace {

std::tm local_fields(base::Time time) {
  const std::time_t seconds =
      std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(time));
  std::tm fields{};
  localtime_r(&seconds, &fields);
  return fields;
}

}  // namespace

bool same_day(base::Time a, base::Time b) {
  const std::tm one = local_fields(a), other = local_fields(b);
  return one.tm_year == other.tm_year && one.tm_yday == other.tm_yday;
}

bool same_minute(base::Time a, base::Time b) {
  using std::chrono::minutes;
  return std::chrono::floor<minutes>(a) == std::chrono::floor<minutes>(b);
}

std::string day_text(base::Time time) {
  static constexpr std::array<std::string_view, 7> days{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                        "Thursday", "Friday", "Saturday"};
  static constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                           "May",       "June",     "July",     "August",
                                                           "September", "October",  "November", "December"};
  const std::tm fields = local_fields(time);
  return std::string(days.at(static_cast<std::size_t>(fields.tm_wday))) + ' ' +
         std::to_string(fields.tm_mday) + ' ' +
         std::string(months.at(static_cast<std::size_t>(fields.tm_mon)));
}

std::string log_day_text(base::Time time, base::Time now) {
  const int year = local_fields(time).tm_year;
  const bool told = year != local_fields(now).tm_year;
  return "from the log, " + day_text(time) + (told ? ' ' + std::to_string(year + 1900) : std::string());
}

}  // namespace gnatter::ui

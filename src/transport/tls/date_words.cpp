// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/tls/date_words.h"

#include <algorithm>
#include <array>
#include <ctime>

#include "base/text.h"

namespace gnatter::transport::tls {
namespace {

std::string date(std::chrono::system_clock::time_point time) {
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm fields{};
  localtime_r(&seconds, &fields);
  return std::to_string(fields.tm_mday) + ' ' + months.at(static_cast<std::size_t>(fields.tm_mon)) + ' ' +
         std::to_string(fields.tm_year + 1900);
}

std::string distance(std::chrono::minutes minutes) {
  const auto count = static_cast<std::size_t>(std::max<std::chrono::minutes::rep>(minutes.count(), 1));
  if (count < 60) return base::counted(count, "minute", "minutes");
  if (count < 24 * std::size_t{60}) return base::counted(count / 60, "hour", "hours");
  return base::counted(count / (24 * std::size_t{60}), "day", "days");
}

}  // namespace

std::string date_and_distance(std::chrono::system_clock::time_point time,
                              std::chrono::system_clock::time_point now) {
  // In seconds first: two moments may be further apart than nanoseconds count.
  const auto seconds =
      std::chrono::floor<std::chrono::seconds>(time) - std::chrono::floor<std::chrono::seconds>(now);
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(std::chrono::abs(seconds));
  const std::string words = date(time) + ", ";
  return time <= now ? words + distance(minutes) + " ago" : words + "in " + distance(minutes);
}

}  // namespace gnatter::transport::tls

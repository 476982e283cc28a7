// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/tls/date_words.h"

#include <cstdlib>

#include "base/text.h"
#include "base/time_text.h"

namespace gnatter::transport::tls {

std::string date_and_distance(std::chrono::system_clock::time_point time,
                              std::chrono::system_clock::time_point now) {
  const auto then = std::chrono::floor<std::chrono::milliseconds>(time);
  const long days = base::local_days_between(std::chrono::floor<std::chrono::milliseconds>(now), then);
  const std::string count = base::counted(static_cast<std::size_t>(std::labs(days)), "day", "days");
  const std::string date = base::local_date(then) + ", ";
  if (days == 0) return date + "today";
  return date + (days < 0 ? count + " ago" : "in " + count);
}

}  // namespace gnatter::transport::tls

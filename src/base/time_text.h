// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace gnatter::base {

/// A moment of the wall clock, in milliseconds.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

/// The wall clock now.
Time now();

/// ISO 8601 in local time with milliseconds and offset: 2026-11-22T10:54:39.123+01:00.
std::string local_iso8601(Time time);

/// RFC 3339 in UTC with milliseconds: 2026-11-22T09:54:39.123Z.
std::string utc_rfc3339(Time time);

/// Reads exactly the form of utc_rfc3339(), years 1970 to 9999; nothing for any other text.
std::optional<Time> parse_utc_rfc3339(std::string_view text);

/// HH:MM in local time.
std::string local_clock(Time time);

/// "Sun 22 Nov", local.
std::string local_short_date(Time time);

/// "22 Nov 2026", local.
std::string local_date(Time time);

/// "19 days ago", "1 day ago", "today", "in 11 days": how many local midnights lie between `time` and `now`.
std::string days_from(Time now, Time time);

}  // namespace gnatter::base

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gnatter/values.h"

namespace logger {

enum class Zone {
  local,  ///< as the machine has it at that moment, summer time included
  utc,
};

/// One row of a log, without its newline: time, sender and text with tabs between them. Tab, newline,
/// carriage return and backslash in the last two stand as `\t`, `\n`, `\r`, `\\`.
///
///     2026-11-22T10:54:39.123+01:00   bob     hello      a message
///     2026-11-22T10:54:39.123+01:00   * bob   waves      an action
///     2026-11-22T10:54:39.123+01:00   -bob-   I am away  an automatic reply
///     2026-11-22T10:54:39.123+01:00   --      bob left   who is here; -!- a sentence of the client, !!
///     trouble
///
/// A name that begins with `*`, `-` or `!` gets a backslash before it: nobody's name is read as a mark.
/// Years from 0 to 9999.
std::string print(const gnatter::Line& line, Zone zone = Zone::local);

/// A text as it stands in a row.
std::string escape(std::string_view text);

/// The way back, for every line and zone; nothing for a row that is none of these.
std::optional<gnatter::Line> parse(std::string_view row);

/// 2026-11-22 in that zone, for names of files.
std::string print_date(gnatter::Time time, Zone zone);

}  // namespace logger

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "base/time_text.h"

namespace gnatter::ui {

/// By the local calendar.
bool same_day(base::Time a, base::Time b);
bool same_minute(base::Time a, base::Time b);
/// "Sunday 22 November", in English whatever the locale.
std::string day_text(base::Time time);
/// "from the log, Saturday 21 November", with the year when it is not that of `now`.
std::string log_day_text(base::Time time, base::Time now);

}  // namespace gnatter::ui

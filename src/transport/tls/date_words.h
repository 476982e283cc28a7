// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>

namespace gnatter::transport::tls {

/// "3 Nov 2026, 19 days ago", "3 Nov 2026, today", "3 Nov 2026, in 11 days": the local date, and how many
/// midnights lie between it and `now`.
std::string date_and_distance(std::chrono::system_clock::time_point time,
                              std::chrono::system_clock::time_point now);

}  // namespace gnatter::transport::tls

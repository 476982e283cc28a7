// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "chat/buffer.h"
#include "chat/roster.h"

namespace gnatter::headless {

/// One event as one line (C10), newline included: time, kind, window, sender, text, separated by tabs, with
/// tab, newline and backslash escaped in the last four.
std::string event_line(base::Time time, std::string_view kind, std::string_view window,
                       std::string_view sender, std::string_view text);

/// What a new or changed line of a window is as an event; nothing when it is none (one's own line while
/// pending, and a refused one, whose reason is a line of its own).
std::optional<std::string> event_of(const chat::Buffer& window, const chat::Line& line,
                                    std::string_view network = {});

/// What a report about somebody is as an event; nothing when it is no news.
std::optional<std::string> event_of(const chat::Roster::Report& report, std::string_view network = {});

}  // namespace gnatter::headless

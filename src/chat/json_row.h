// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gnatter::chat {

/// An object or array of JSON (RFC 8259) without the blanks between its parts; numbers and strings stay as
/// they are written. Nothing when it is neither, or deeper than 64. Numbers and escapes are not looked at
/// closely.
std::optional<std::string> json_row(std::string_view text);

}  // namespace gnatter::chat

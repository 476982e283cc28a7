// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gnatter::base {

/// `text` in Unicode's normal form C, or nothing when it is not UTF-8.
std::optional<std::string> to_nfc(std::string_view text);

/// `bytes` made fit for a terminal or a file: UTF-8, tab and newline the only control characters. Other C0
/// controls and DEL become their control pictures (U+2400...), C1 controls, bytes that are no UTF-8,
/// bidirectional embeddings, overrides and isolates, and line and paragraph separators become U+FFFD.
/// Everything else stays as it came, byte for byte. Safe text stays the same when made safe again.
std::string safe_text(std::string_view bytes);

/// The same in one row: tab and newline are blanks.
std::string safe_row(std::string_view bytes);

/// Tab, newline and backslash as `\t`, `\n`, `\\`: one field of a headless line (C10).
std::string escape_field(std::string_view text);

/// The way back; any other character after a backslash stands as it is, with its backslash.
std::string unescape_field(std::string_view field);

/// "1 message", "3 messages".
std::string counted(std::size_t count, std::string_view singular, std::string_view plural);

}  // namespace gnatter::base

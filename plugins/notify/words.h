// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace notify {

/// `text` in one row of at most `most` characters, the last of them `…` when it was cut. Control characters
/// (C0, DEL, C1) and line and paragraph separators are blanks; what is no UTF-8 or turns the direction of
/// writing is U+FFFD.
std::string one_row(std::string_view text, std::size_t most);

/// As much of `text` as fits into `most` bytes, in whole characters.
std::string_view first_bytes(std::string_view text, std::size_t most);

/// "bob", "bob and eve", "bob, carol and eve".
std::string enumerated(const std::vector<std::string>& words);

/// "1 message", "3 messages".
std::string counted(std::size_t count, std::string_view singular, std::string_view plural);

/// A line split into words by the shell's quoting rules, with nothing expanded: blanks part words, a
/// backslash keeps the next character, '…' keeps all, "…" all but `\\` and `\"`. Nothing: a quote is not
/// closed.
std::optional<std::vector<std::string>> split_words(std::string_view line);

}  // namespace notify

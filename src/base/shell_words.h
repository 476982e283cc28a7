// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gnatter::base {

/// A command line split into words by the shell's quoting rules (POSIX shell, 2.2): blanks part words, a
/// backslash keeps the next character, '…' keeps all, "…" all but \\ \" \$ \`. Nothing is expanded. Throws
/// UserError for a quote that does not end.
std::vector<std::string> split_shell_words(std::string_view line);

}  // namespace gnatter::base

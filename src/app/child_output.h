// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gnatter::app {

/// Runs `words` as a program (looked up in PATH, no shell) and returns the first line it prints, without its
/// newline. Its standard input and error stay ours, so that it can ask. 30 s at most. Throws base::UserError,
/// with `name` as what was run, when it cannot be started, fails, takes too long or prints nothing.
std::string first_line_of(const std::vector<std::string>& words, std::string_view name);

}  // namespace gnatter::app

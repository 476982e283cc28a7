// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gnatter::app {

/// Asks on the controlling terminal, without echo; nothing when there is none. Enter ends the answer, Ctrl-U
/// and Backspace edit it. Throws base::UserError for Ctrl-C, Ctrl-D, a hang-up or a pending signal; the
/// terminal is put back in any case.
std::optional<std::string> ask_password(std::string_view prompt);

}  // namespace gnatter::app

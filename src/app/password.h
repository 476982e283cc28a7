// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/options.h"

namespace gnatter::app {

/// The password from the first place that has one: -P, the command, the file, GNATTER_PASSWORD, which is
/// overwritten in any case. Nobody is asked. Throws base::UserError where a place named by the user gives
/// none.
std::optional<std::string> given_password(const LoginOptions& options);

/// The password by C2: the given one, else the terminal is asked (never standard input). Without a terminal,
/// and for an empty answer, the user name; `tell` then gets a sentence where nobody was asked. Throws
/// base::UserError as above.
///
/// Call it with the event loop's signals blocked (base::EventLoop made): a signal ends the question, and the
/// terminal is put back.
std::string find_password_of(const LoginOptions& options, const std::function<void(std::string_view)>& tell);

/// The first line that `command` prints, split into words as a shell would and run without one. Throws
/// base::UserError, in which it is called `name`.
std::string password_from(const std::string& command, std::string_view name);

/// For who needs no password: overwrites GNATTER_PASSWORD, so that no child gets it.
void forget_environment_password();

}  // namespace gnatter::app

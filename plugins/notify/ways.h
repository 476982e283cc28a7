// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the ways of telling are given: texts of others never become a command, a control byte or markup.

#include <string>
#include <string_view>
#include <vector>

#include "gnatter/host.h"
#include "notice.h"

namespace notify {

/// Bodies of operating system commands (OSC).
std::string osc9(const Notice& notice);
std::string osc777(const Notice& notice);

/// notify-send, which shows it on the desktop.
gnatter::ChildPlan desktop(const Notice& notice);

/// The user's own program, `words`: it has everything in its environment, and the text on its standard input,
/// never among its arguments.
gnatter::ChildPlan own_command(std::vector<std::string> words, const Notice& notice);

/// The words of a command as the user wrote it, `~/` before the program as the home directory; none: it is
/// empty, or a quote is not closed.
std::vector<std::string> command_words(std::string_view command);

/// What is wrong with a command; empty: nothing.
std::string command_complaint(std::string_view command);

}  // namespace notify

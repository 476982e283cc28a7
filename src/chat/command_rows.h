// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/user_error.h"
#include "chat/client.h"

/// The parts of core_commands(), and what their functions share.
namespace gnatter::chat {

/// Names, statuses, groups: who is who.
std::vector<Command> people_commands();
/// The groups of a network.
std::vector<Command> group_commands();
/// Which window is shown, and what it shows.
std::vector<Command> window_commands();
/// What the broker has not taken.
std::vector<Command> unsent_commands();
/// Connecting, leaving, and how the line is kept from others.
std::vector<Command> connection_commands();
/// Several networks: which there are, and each by its name.
std::vector<Command> network_commands();
/// Every packet in a window.
std::vector<Command> rawlog_commands();
/// What can be set while the client runs.
std::vector<Command> setting_commands();
/// Topics beside the chat's: what comes on them, and publishing there.
std::vector<Command> topic_commands();
/// /help and the user's own names for commands.
std::vector<Command> help_commands();

[[noreturn]] inline void usage_error(std::string_view usage) {
  throw base::UserError("Usage: " + std::string(usage));
}

}  // namespace gnatter::chat

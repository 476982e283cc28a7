// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "chat/command_table.h"

namespace gnatter::chat {

/// The rows of the commands that need no plugin.
std::vector<Command> core_commands();

}  // namespace gnatter::chat

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "chat/command_table.h"

namespace gnatter::chat {

/// /help's answer about a setting: what it is for, of which type, its first value and the one of now. False:
/// `name` is no setting's, nor like one. Throws base::UserError for one that is like a setting's, and none.
bool help_of_setting(const CommandCall& call, std::string_view name);

}  // namespace gnatter::chat

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "chat/client.h"

namespace gnatter::headless {

/// One line as standard input, a program that is attached and --run have it (C10): `/command` or `TARGET
/// TEXT`, with the escapes of events (base::unescape_field); an empty one does nothing. Throws
/// base::UserError as Client::enter does.
void enter_typed_line(chat::Client& client, std::string_view raw);

/// Whether a further line would find no room, or none soon: what types waits then, where it can.
[[nodiscard]] bool is_full(const chat::Client& client);

}  // namespace gnatter::headless

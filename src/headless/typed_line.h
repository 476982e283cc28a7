// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <limits>
#include <string_view>

#include "chat/client.h"

namespace gnatter::headless {

/// One line as standard input, a program that is attached and --run have it (C10): `/command` or `TARGET
/// TEXT`, with the escapes of events (base::unescape_field); an empty one does nothing. Throws
/// base::UserError as Client::enter does.
void enter_typed_line(chat::Client& client, std::string_view raw);

/// Whether a further line would find no room: what types waits then, where it can. `most`: and also with so
/// many lines that a network has not sent.
[[nodiscard]] bool is_full(const chat::Client& client,
                           std::size_t most = std::numeric_limits<std::size_t>::max());

}  // namespace gnatter::headless

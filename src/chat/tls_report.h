// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "chat/session.h"

namespace gnatter::chat {

/// The answer of /tls: how the line is encrypted, or why it could not be, and the certificates with all that
/// tells them from others. Sentences, and rows of a label and a value with two blanks or more between them;
/// safe to show.
std::vector<std::string> tls_report(const Session& session);

}  // namespace gnatter::chat

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "gnatter/values.h"

namespace logger {

/// A name as part of a path: letters of all scripts, blanks and most signs stay as they are, so that people
/// find it. `%XX` is written for what means something to paths, shells and terminals: `/`, `%`, control and
/// invisible characters, bytes that are no UTF-8, a leading `.`, `-` or `#`, a blank at either end, and the
/// dot of a trailing `.log`. Never empty, no more than 200 bytes (a longer one is cut and ends in a hash of
/// the whole). Different names give different parts.
std::string path_part(std::string_view name);

/// The same for a conversation: groups keep their `#`.
std::string path_part(const gnatter::Target& target);

}  // namespace logger

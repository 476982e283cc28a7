// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace gnatter::chat {

/// The user's own names for command lines, by name in small letters; the text begins with the command,
/// without its slash.
using Aliases = std::map<std::string, std::string, std::less<>>;

/// The command line that an alias stands for: `$1` to `$9` are the arguments one by one, quotes and all,
/// `$2-` from the second on, `$*` all of them, `$$` a dollar. All are put behind a text that names none.
std::string expand_alias(std::string_view text, std::string_view arguments);

}  // namespace gnatter::chat

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chat/client.h"

/// What there is to complete from, the best first, without repetition, without what goes behind.
namespace gnatter::chat::completion {

/// Who spoke in the current window, the latest first; whose window is open; who is here. Not oneself.
std::vector<std::string> people(const Client& client);
/// The groups of the current network that have a window, without "#"; those joined first.
std::vector<std::string> groups(const Client& client);
/// The windows as /win takes them: names, then numbers.
std::vector<std::string> windows(const Client& client);
/// Commands and aliases that begin with `head`, without the slash; one that has `head` as its other name
/// first.
std::vector<std::string> commands(const Client& client, std::string_view head);

/// What can be set.
std::vector<std::string> settings(const Client& client);
/// What the setting may be made: true and false, or the value of now, to be edited. None: no such setting.
std::vector<std::string> values(const Client& client, std::string_view setting);

}  // namespace gnatter::chat::completion

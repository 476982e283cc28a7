// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chat/client.h"

/// What there is to complete from, the best first, without repetition, without what goes behind.
namespace gnatter::chat::completion {

/// Who spoke in the current window, where that is of the network, the latest first; whose window is open; who
/// is here. Not oneself. `network` may be null: nobody.
std::vector<std::string> people(const Client& client, const Network* network);
/// The groups of the network that have a window, without "#"; those joined first.
std::vector<std::string> groups(const Client& client, const Network* network);
/// Filters that are subscribed on the current window's network, as they are written.
std::vector<std::string> filters(const Client& client);
/// Topics there on which something has come to these, as they are written, by the letter.
std::vector<std::string> topics(const Client& client);
/// The windows as /win takes them: names, then numbers.
std::vector<std::string> windows(const Client& client);
/// Commands and aliases that begin with `head`, without the slash; one that has `head` as its other name
/// first.
std::vector<std::string> commands(const Client& client, std::string_view head);

/// Networks that have a name.
std::vector<std::string> networks(const Client& client);
/// What can be set, that of single networks only where `head`, what is typed already, may mean it.
std::vector<std::string> settings(const Client& client, std::string_view head);
/// What the setting may be made: its choices, true and false, or the value of now, to be edited. None: no
/// such setting.
std::vector<std::string> values(const Client& client, std::string_view setting);

}  // namespace gnatter::chat::completion

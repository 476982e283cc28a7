// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "chat/account.h"
#include "chat/settings.h"

namespace gnatter::chat {

class Buffer;
class Client;
class Network;

/// A password that was looked for: there, not to be had without asking the user, or why not, in a sentence.
struct FoundPassword {
  std::optional<std::string> password = {};
  std::string error = {};
};
/// By the name of the network; `done` is called once.
using FindPassword = std::function<void(const std::string& network, std::function<void(FoundPassword)> done)>;

/// What the settings of a network say: host, port and so on, with the files for TLS that are named; no
/// password, no client id. The user may be empty. Throws base::UserError.
Account account_of(const Settings& settings, const std::string& network);

/// For Session::set_will_delay.
std::chrono::seconds will_delay_of(const Settings& settings, const std::string& network);

/// Puts where the network has been connected to into its settings, as if the user had set it.
void keep_in_settings(Settings& settings, const Network& network);

/// Joins the groups that the settings of the network name, each in a window of its own. Returns the last
/// one's, or null. `settings`: the name under which they are.
Buffer* join_groups(Client& client, Network& network, const std::string& settings);

/// Connects, and asks first for what is missing of name and password, where there is somebody to ask. What
/// goes wrong later is told in the network's window. Throws base::UserError for what is wrong at once.
void log_in(Client& client, Network& network, Account account);

/// Connects a network as its settings say. Throws base::UserError like log_in().
void log_in(Client& client, Network& network);

}  // namespace gnatter::chat

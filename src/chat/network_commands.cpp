// SPDX-License-Identifier: GPL-3.0-or-later
#include <utility>

#include "base/text.h"
#include "base/time_text.h"
#include "chat/command_rows.h"
#include "chat/letter_case.h"
#include "chat/words.h"

namespace gnatter::chat {
namespace {

using base::UserError;
using State = Session::State;

constexpr const char* usage = "/network [list], /network connect NAME or /network disconnect NAME";

std::string state_of(const Session& session) {
  switch (session.state()) {
    case State::off:
      return "not connected";
    case State::waiting:
      return "off, waiting for the next try";
    case State::connecting:
    case State::preparing:
      return "connecting";
    case State::ready:
      return "connected";
    case State::leaving:
      return "disconnecting";
  }
  return {};
}

/// Where it is or would be.
Account address_of(const Client& client, const Network& network) {
  const Account& last = network.session.account();
  return last.host.empty() && !network.name().empty() ? account_of(client.settings, network.name()) : last;
}

std::string place_of(const Account& account) {
  return account.host + ':' + std::to_string(account.port) +
         (account.security == Security::plain ? "" : " by TLS");
}

/// One of the file that has not been connected yet.
std::string about_defined(const Client& client, const std::string& name) {
  return name + ": " + place_of(account_of(client.settings, name)) + ", not connected";
}

/// "home: broker.example:8883 as alice, connected, 3 windows"
std::string about(const Client& client, const Network& network) {
  const Account account = address_of(client, network);
  if (account.host.empty()) return "This window is of no network yet: /connect HOST makes it one.";
  std::size_t windows = 0;
  for (const auto& entry : client.buffers.entries()) windows += entry.network == &network ? 1 : 0;
  return network.name() + ": " + place_of(account) +
         (account.user.empty() ? "" : " as " + base::safe_text(account.user)) + ", " +
         state_of(network.session) + ", " + base::counted(windows, "window", "windows");
}

void list(const CommandCall& call) {
  const Client& client = call.client;
  for (const auto& network : client.networks())
    if (!network->name().empty() || client.defined_networks().empty()) call.print(about(client, *network));
  for (const std::string& name : client.defined_networks())
    if (!client.find_network(name)) call.print(about_defined(client, name));
  call.print("/network connect NAME and /network disconnect NAME; the file and /connect HOST make them.");
}

void connect_one(const CommandCall& call, Network& network) {
  const State state = network.session.state();
  if (state == State::ready || state == State::preparing)
    return call.print(network.name() + " is connected; /reconnect " + network.name() + " does it anew.");
  const bool been = !network.session.account().host.empty() && !network.is_configured();
  been ? log_in(call.client, network, network.session.account()) : log_in(call.client, network);
  if (&network != &call.network) call.client.buffers.show(network.window());
}

void disconnect_one(const CommandCall& call, Network& network) {
  if (network.session.state() == State::off) return call.print(network.name() + " is not connected.");
  network.disconnect();
}

void network(CommandCall& call) {
  std::string_view rest = call.arguments;
  const std::string what = folded(take_word(rest).text);
  if (what.empty() || (what == "list" && rest.empty())) return list(call);
  const Word name = take_word(rest);
  if (name.text.empty() || !rest.empty() || (what != "connect" && what != "disconnect")) usage_error(usage);
  if (what == "disconnect") return disconnect_one(call, call.client.network_named(name.text));
  Network* const named = call.client.take_network_up(name.text);
  connect_one(call, named ? *named : call.client.network_named(name.text));
}

}  // namespace

std::vector<Command> network_commands() {
  return {{"network", {}, "[connect|disconnect NAME]", "Lists or connects networks", false, network, "Else"}};
}

}  // namespace gnatter::chat

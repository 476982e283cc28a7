// SPDX-License-Identifier: GPL-3.0-or-later
#include <utility>

#include "base/text.h"
#include "chat/command_rows.h"
#include "chat/tls_report.h"

namespace gnatter::chat {
namespace {

using base::UserError;

constexpr const char* connect_usage =
    "/connect [NETWORK|HOST[:PORT]|URL [PORT [USER]]] [-tls|-cert|-plain] [-user USER]";

/// What stands behind /connect; empty where nothing does.
struct ConnectArguments {
  std::string where, port, user;
  std::optional<Security> security;  ///< what a flag or the scheme says
  bool by_flag = false;
};

std::optional<Security> security_flag(const std::string& word) {
  if (word == "-plain") return Security::plain;
  if (word == "-tls") return Security::tls;
  if (word == "-cert") return Security::certificate;
  return std::nullopt;
}

void take_flag(ConnectArguments& arguments, const std::string& word, std::string_view& rest) {
  const auto security = security_flag(word);
  if (security && arguments.by_flag && security != arguments.security)
    throw UserError("Only one of -tls, -cert and -plain can be. Nothing was sent.");
  if (security) {
    arguments.security = security;
    arguments.by_flag = true;
  } else if (word == "-user" && arguments.user.empty()) {
    arguments.user = take_word(rest).text;
    if (arguments.user.empty()) usage_error(connect_usage);
  } else {
    usage_error(connect_usage);
  }
}

ConnectArguments read_connect(std::string_view rest) {
  ConnectArguments arguments;
  std::string last;
  for (Word word = take_word(rest); !word.text.empty(); word = take_word(rest)) {
    if (!word.quoted && word.text.front() == '-') {
      take_flag(arguments, word.text, rest);
    } else if (arguments.where.empty()) {
      arguments.where = word.text;
    } else if (arguments.port.empty()) {
      arguments.port = word.text;
    } else if (last.empty()) {
      last = word.text;
    } else {
      usage_error(connect_usage);
    }
  }
  if (!rest.empty() || (!last.empty() && !arguments.user.empty())) usage_error(connect_usage);
  if (!last.empty()) arguments.user = last;
  return arguments;
}

/// The address, and what its scheme says.
Address read_where(ConnectArguments& arguments) {
  Address address = read_address(arguments.where);
  const bool plain_flag = arguments.security == Security::plain;
  if (address.security && arguments.by_flag && plain_flag != (address.security == Security::plain))
    throw UserError("The address says " + std::string(plain_flag ? "TLS" : "plain") +
                    ", the flag the opposite. Nothing was sent.");
  if (!arguments.by_flag) arguments.security = address.security;
  if (!arguments.port.empty()) address.port = to_port(arguments.port);
  if (arguments.user.empty()) arguments.user = address.user;
  return address;
}

/// Whether the address is where the network has been connected to: its host, at the same port, or spoken to
/// another way.
bool leads_to(const Network& network, const Address& address, std::optional<Security> security) {
  const Account& last = network.session.account();
  if (last.host.empty() || last.host != address.host) return false;
  return !address.port || *address.port == last.port || (security && *security != last.security);
}

/// The network that the address is, the window's first; null: it is another broker.
Network* network_at(const CommandCall& call, const Address& address, std::optional<Security> security) {
  if (leads_to(call.network, address, security)) return &call.network;
  for (const auto& network : call.client.networks())
    if (leads_to(*network, address, security)) return network.get();
  return nullptr;
}

/// The name under which a network is kept: the host's, where no other has that.
std::string free_name(const Client& client, const Account& account) {
  const Network* const other = client.find_network(account.host);
  if (!other || other->is_unused()) return {};
  return account.host + ':' + std::to_string(account.port);
}

/// Where the network is or was connected, else what its settings say.
Account known_account(const Client& client, const Network& network) {
  if (!network.session.account().host.empty() || network.name().empty()) return network.session.account();
  return account_of(client.settings, network.name());
}

/// Where to, and how: the same host as before keeps its security, and its port with that; another is spoken
/// to by TLS, unless it is this machine.
void set_address(Account& account, const Address& address, std::optional<Security> security) {
  const Account last = account;
  const bool same_host = address.host == last.host;
  const Security usual = is_loopback(address.host) ? Security::plain : Security::tls;
  account.host = address.host;
  account.security = security.value_or(same_host ? last.security : usual);
  const bool same_line = same_host && account.security == last.security;
  account.port = address.port.value_or(same_line ? last.port : default_port(account.security));
  if (!same_host) account.tls = {};
}

/// As whom. A certificate says that itself, and needs no password.
void set_user(Account& account, const Account& last, const std::string& user) {
  const bool same_line = account.host == last.host && account.security == last.security;
  if (!user.empty())
    account.user = protocol::own_name(user, protocol::NameKind::user);
  else if (account.security == Security::certificate && !same_line)
    account.user.clear();  // it is the certificate's
  if (account.security == Security::certificate && !same_line) account.password.clear();
}

void take_up(CommandCall& call, Network& network, const ConnectArguments& arguments) {
  Account account = known_account(call.client, network);
  if (account.host.empty()) usage_error(connect_usage);
  const Account last = account;
  set_address(account, {account.host, {}, {}, {}}, arguments.security);
  set_user(account, last, arguments.user);
  log_in(call.client, network, std::move(account));
  if (&network != &call.network) call.client.buffers.show(network.window());
}

/// A host that somebody has typed.
void go_to(CommandCall& call, ConnectArguments& arguments) {
  const Address address = read_where(arguments);
  Network* const known = network_at(call, address, arguments.security);
  Account account = known ? known->session.account() : Account();
  const Account last = account;
  set_address(account, address, arguments.security);
  if (account.user.empty()) account.user = call.network.session.account().user;
  set_user(account, last, arguments.user);
  if (!known) account.name = free_name(call.client, account);
  Network& network = known ? *known : call.client.unused_network(call.network);
  if (!known) network.is_to_be_kept = true;
  log_in(call.client, network, std::move(account));
  if (&network != &call.network) call.client.buffers.show(network.window());
}

void connect(CommandCall& call) {
  ConnectArguments arguments = read_connect(call.arguments);
  if (arguments.where.empty()) return take_up(call, call.network, arguments);
  Network* const named = arguments.port.empty() ? call.client.take_network_up(arguments.where) : nullptr;
  const bool is_name = named && (named->is_configured() || !named->session.account().host.empty());
  if (!is_name) return go_to(call, arguments);
  take_up(call, *named, arguments);
}

/// The network that is named, else the window's.
Network& named_or_here(const CommandCall& call, std::string_view usage) {
  std::string_view rest = call.arguments;
  const Word word = take_word(rest);
  if (!rest.empty()) usage_error(usage);
  return word.text.empty() ? call.network : call.client.network_named(word.text);
}

void reconnect(CommandCall& call) {
  Network& network = named_or_here(call, "/reconnect [NETWORK]; /connect HOST goes elsewhere");
  take_up(call, network, {});
}

void disconnect(CommandCall& call) {
  Network& network = named_or_here(call, "/disconnect [NETWORK]");
  if (network.session.state() == Session::State::off) return call.print("Not connected.");
  network.disconnect();
}

void tls(CommandCall& call) {
  for (const std::string& row : tls_report(call.network.session)) call.print(row);
}

}  // namespace

std::vector<Command> connection_commands() {
  return {
      {"connect",
       {"server"},
       "[NETWORK|HOST] [-tls|-cert|-plain] [-user USER]",
       "Logs in",
       false,
       connect,
       "Else"},
      {"disconnect", {}, "[NETWORK]", "Logs out and ends the connection", true, disconnect, "Else"},
      {"quit",
       {"bye", "exit", "signoff"},
       "",
       "Logs out and ends gnatter",
       true,
       [](CommandCall& call) { call.client.quit_asked.emit(); },
       "Else"},
      {"reconnect", {}, "[NETWORK]", "Connects again to the last", false, reconnect, "Else"},
      {"tls", {}, "", "Shows how the line is encrypted, and certificates", false, tls, "Else"},
  };
}

}  // namespace gnatter::chat

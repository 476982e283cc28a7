// SPDX-License-Identifier: GPL-3.0-or-later
#include <utility>

#include "base/text.h"
#include "chat/command_rows.h"
#include "chat/tls_report.h"

namespace gnatter::chat {
namespace {

using base::UserError;

constexpr const char* connect_usage =
    "/connect [HOST[:PORT]|URL [PORT [USER]]] [-tls|-cert|-plain] [-user USER]";

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

/// Where to, and how: the same host as now keeps its security, and its port with that; another is spoken to
/// by TLS, unless it is this machine.
void set_address(Account& account, ConnectArguments& arguments) {
  const Account last = account;
  Address address;
  address.host = last.host;
  if (!arguments.where.empty()) {
    address = read_where(arguments);
    account.name.clear();
  }
  const bool same_host = address.host == last.host;
  const Security usual = is_loopback(address.host) ? Security::plain : Security::tls;
  account.host = address.host;
  account.security = arguments.security.value_or(same_host ? last.security : usual);
  const bool same_line = same_host && account.security == last.security;
  account.port = address.port.value_or(same_line ? last.port : default_port(account.security));
  if (!same_host) account.tls = {};
}

/// As whom. A certificate says that, and needs no password; without one an account of its own has its name as
/// password. What was given for one broker and user is not sent to others, nor on a line that is less safe.
void set_login(Account& account, const Network& network, const ConnectArguments& arguments) {
  const Account& last = network.session.account();
  const bool same_line = account.host == last.host && account.security == last.security;
  const bool by_certificate = account.security == Security::certificate;
  if (!arguments.user.empty())
    account.user = protocol::own_name(arguments.user, protocol::NameKind::user);
  else if (by_certificate && !same_line)
    account.user.clear();  // it is the certificate's
  if (by_certificate && !same_line)
    account.password.clear();
  else if (!by_certificate && (network.is_elsewhere(account) || last.security == Security::certificate))
    account.password = account.user;
}

void connect(CommandCall& call) {
  ConnectArguments arguments = read_connect(call.arguments);
  Account account = call.network.session.account();
  set_address(account, arguments);
  if (account.host.empty()) usage_error(connect_usage);
  set_login(account, call.network, arguments);
  account = call.client.identified(std::move(account));
  call.network.check_waiting(account);
  call.network.connect(std::move(account));
}

void reconnect(CommandCall& call) {
  if (!call.arguments.empty()) usage_error("/reconnect; /connect HOST goes elsewhere");
  connect(call);
}

void disconnect(CommandCall& call) {
  if (call.network.session.state() == Session::State::off) return call.print("Not connected.");
  call.network.disconnect();
}

void tls(CommandCall& call) {
  for (const std::string& row : tls_report(call.network.session)) call.print(row);
}

}  // namespace

std::vector<Command> connection_commands() {
  return {
      {"connect",
       {"server"},
       "[HOST[:PORT]] [-tls|-cert|-plain] [-user USER]",
       "Connects",
       false,
       connect,
       "Else"},
      {"disconnect", {}, "", "Logs out and ends the connection", true, disconnect, "Else"},
      {"quit",
       {"bye", "exit", "signoff"},
       "",
       "Logs out and ends gnatter",
       true,
       [](CommandCall& call) { call.client.quit_asked.emit(); },
       "Else"},
      {"reconnect", {}, "", "Connects again to the last", false, reconnect, "Else"},
      {"tls", {}, "", "Shows how the line is encrypted, and certificates", false, tls, "Else"},
  };
}

}  // namespace gnatter::chat

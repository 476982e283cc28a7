// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "transport/tls.h"

namespace gnatter::chat {

/// How the line to the broker is kept from others.
enum class Security {
  plain,        ///< not at all (port 1883)
  tls,          ///< encrypted, to a broker whose certificate is checked (8883)
  certificate,  ///< and we log in by a certificate of our own (8884)
};
/// The port where brokers listen for that.
std::uint16_t default_port(Security security);

/// Who connects where, as what.
struct Account {
  std::string host;  ///< an IPv6 address without brackets
  std::uint16_t port = 1883;
  std::string user;
  std::string password;  ///< empty: none is sent
  std::string client_id;
  std::string name = {};  ///< what sentences call the network; empty: the host
  Security security = Security::plain;
  /// The files for TLS, used as far as `security` says. Filled in when the account is identified
  /// (Client::Identify), but for a key password that the user has been asked for.
  transport::TlsPlan tls = {};
};

/// A host as the user gave it: a name, an address, an IPv6 address in brackets or not. Throws
/// base::UserError.
std::string to_host(std::string_view given);

/// Where to connect, as the user wrote it in one word: HOST, HOST:PORT, [IPV6]:PORT or
/// SCHEME://[USER@]HOST[:PORT], with mqtt or tcp for a plain line, mqtts or ssl for TLS.
struct Address {
  std::string host;
  std::optional<std::uint16_t> port;
  std::optional<Security> security;  ///< what the scheme says
  std::string user;                  ///< empty: none was given; not yet checked
};
/// Throws base::UserError.
Address read_address(std::string_view given);

/// Whether the way to `host` stays on this machine, so that nobody can read along.
bool is_loopback(std::string_view host);

/// A port as the user gave it. Throws base::UserError.
std::uint16_t to_port(std::string_view given);

}  // namespace gnatter::chat

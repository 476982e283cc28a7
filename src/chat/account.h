// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gnatter::chat {

/// Who connects where, as what.
struct Account {
  std::string host;  ///< an IPv6 address without brackets
  std::uint16_t port = 1883;
  std::string user;
  std::string password;
  std::string client_id;
  std::string name = {};  ///< what sentences call the network; empty: the host
};

/// A host as the user gave it: a name, an address, an IPv6 address in brackets or not. Throws
/// base::UserError.
std::string to_host(std::string_view given);

/// Where to connect, as the user wrote it in one word: HOST, HOST:PORT, [IPV6]:PORT or
/// mqtt://[USER@]HOST[:PORT].
struct Address {
  std::string host;
  std::optional<std::uint16_t> port;
  std::string user;  ///< empty: none was given; not yet checked
};
/// Throws base::UserError.
Address read_address(std::string_view given);

/// Whether the way to `host` stays on this machine, so that nobody can read along.
bool is_loopback(std::string_view host);

/// A port as the user gave it. Throws base::UserError.
std::uint16_t to_port(std::string_view given);

}  // namespace gnatter::chat

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "transport/packets.h"
#include "transport/tls.h"

namespace gnatter::transport {

/// What came of a handshake of our own.
struct Handshake {
  std::optional<Failure> failure;  ///< nothing: the broker is whom it should be, and takes our certificate
  TlsState state;
};

/// Shakes hands in TLS 1.2 or newer on a connected, non-blocking `socket`, by the files of `plan`, which are
/// checked first, and finds out what Paho does not tell: why a certificate is not trusted (chain, validity,
/// host name or address, which must be one of its names), whether the port speaks TLS at all, what it says to
/// our certificate. SNI carries `host` where that is a name. Sends nothing but the handshake and the closing
/// alert. Blocks for `limit` at most, once the files are read; any thread, no state shared.
///
/// With TLS 1.3 a server refuses a client's certificate only after the client is done: where it has asked for
/// one, its first words are waited for: twice as long as the handshake took, at least half a second.
Handshake shake_hands(int socket, const std::string& host, const TlsPlan& plan,
                      std::chrono::milliseconds limit);

/// Whether the other side of a connected, non-blocking `socket` answers a ClientHello in TLS. Trusts nobody
/// and sends nothing else.
bool answers_in_tls(int socket, const std::string& host, std::chrono::milliseconds limit);

}  // namespace gnatter::transport

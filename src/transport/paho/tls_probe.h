// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

#include "base/event_loop.h"
#include "gnatter/subscription.h"
#include "transport/paho/probe.h"
#include "transport/paho/resolver.h"
#include "transport/tls/handshake.h"

namespace gnatter::transport {

/// What a connection of our own finds where TLS should be.
struct TlsProbe {
  ProbeResult reached;
  Handshake handshake;  ///< when `reached` accepts
};

/// Connects and shakes hands on a thread of its own, 5 s at most, and ends the connection. Before Paho: it
/// verifies as well, but says of any failure only that there was one, and of a success nothing, neither
/// version nor certificates. `done` is never called from inside the call.
[[nodiscard]] Subscription probe_tls(base::EventLoop& loop, const Address& address, const std::string& host,
                                     const TlsPlan& plan, std::function<void(TlsProbe)> done);

/// Whether TLS is spoken there, 3 s at most.
[[nodiscard]] Subscription probe_for_tls(base::EventLoop& loop, const Address& address,
                                         const std::string& host, std::function<void(bool)> done);

}  // namespace gnatter::transport

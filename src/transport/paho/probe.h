// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

#include "base/event_loop.h"
#include "base/file_descriptor.h"
#include "gnatter/subscription.h"
#include "transport/paho/resolver.h"

namespace gnatter::transport {

/// What a plain TCP connection to the address finds. Paho tells no more than "TCP/TLS connect failure", and
/// nothing at all in the 2 s that an attempt has.
struct ProbeResult {
  enum class Kind { accepts, refused, unreachable };
  Kind kind = Kind::unreachable;
  std::string detail;  ///< the system's words, when it does not accept
};

/// Connects, 2 s at most. Blocks; any thread.
struct Reached {
  ProbeResult result;
  base::FileDescriptor socket;  ///< connected and non-blocking, when the result is `accepts`
};
Reached reach(const Address& address);

/// Tries it on a thread of its own, 2 s at most; nothing is sent. `done` is never called from inside the
/// call.
[[nodiscard]] Subscription probe(base::EventLoop& loop, const Address& address,
                                 std::function<void(ProbeResult)> done);

}  // namespace gnatter::transport

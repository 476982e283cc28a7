// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/event_loop.h"
#include "gnatter/subscription.h"
#include "transport/packets.h"

namespace gnatter::transport {

/// Where a connection would go.
struct Address {
  sockaddr_storage storage{};
  socklen_t length = 0;
};

/// The address that Paho would take, or why there is none.
struct Resolution {
  std::optional<Address> address;
  Failure::Reason reason = Failure::Reason::no_resolver;
  std::string detail;
};

/// Looks `host` up on a thread of its own, 5 s at most. Paho looks names up itself, but under the lock of all
/// its clients: with a dead name server that froze every connection of the process for 10 s. So it is asked
/// only about names that have just been found. `done` is never called from inside the call.
[[nodiscard]] Subscription resolve(base::EventLoop& loop, std::string host, std::uint16_t port,
                                   std::function<void(Resolution)> done);

}  // namespace gnatter::transport

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/paho/resolver.h"

namespace gnatter::transport {

/// Turns Nagle's algorithm off (TCP_NODELAY) on this process's connections to `peer`, and closes them to
/// children (FD_CLOEXEC). Paho does neither and does not hand out its sockets, so they are found among the
/// open descriptors by whom they lead to. With Nagle's algorithm a small packet waits for the acknowledgement
/// of the one before, which the other side delays by up to 40 ms: 16 messages each 40 ms is all that then
/// gets through. Any thread; harmless on a socket that is somebody else's.
void prepare_sockets(const Address& peer);

}  // namespace gnatter::transport

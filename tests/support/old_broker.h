// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "support/fake_broker.h"
#include "support/tcp.h"

namespace gnatter::testing {

/// Makes the broker at `target` one that does not know MQTT 5: answers a CONNECT of that as 3.1.1 servers do,
/// and passes on any other.
class OldBroker {
 public:
  explicit OldBroker(std::uint16_t target) : server_([target](auto& peer) { serve(peer, target); }) {}
  [[nodiscard]] std::uint16_t port() const { return server_.port(); }

 private:
  static void serve(FakeBroker::Peer& peer, std::uint16_t target) {
    const auto connect = peer.read();
    if (!connect) return;
    if (FakeBroker::version_of(*connect) == 5) return peer.send(FakeBroker::connack_4(1));
    const auto broker = connect_to(target);
    if (!broker || !send_all(broker.get(), connect->raw)) return;
    peer.join_with(broker.get());
  }
  FakeBroker server_;
};

}  // namespace gnatter::testing

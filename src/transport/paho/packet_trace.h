// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "transport/paho/packet_log.h"

namespace gnatter::transport {

/// The library's own trace of packets, which is one for the process and whose callback is told nothing but
/// the text: who a line is about is found by the client id and the socket in it. The worker's thread.

/// One log more (or less) wants it.
void want_packet_trace(bool wanted);

/// A client of the library whose packets are for `log`, as long as this lives.
class TracedClient {
 public:
  TracedClient(std::string client_id, std::shared_ptr<PacketLog> log);
  TracedClient(const TracedClient&) = delete;
  TracedClient& operator=(const TracedClient&) = delete;
  ~TracedClient();

 private:
  std::shared_ptr<void> entry_;
};

}  // namespace gnatter::transport

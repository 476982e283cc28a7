// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>

#include "transport/paho/event.h"
#include "transport/paho/paho_client.h"
#include "transport/paho/send_window.h"
#include "transport/paho/worker.h"

namespace gnatter::transport {

/// The loop's handle on one PahoClient, which lives on the worker: made for one try to connect, never reused.
/// The destructor does not wait: nothing more comes in the mailbox, and the client is destroyed as soon as
/// the worker comes to it, which releases a callback that waits for room first.
class Line {
 public:
  /// Starts to connect. When the worker is stuck, nothing ever comes of it.
  Line(Worker& worker, const ConnectPlan& plan, int mqtt_version, std::shared_ptr<PacketLog> log = {});
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;
  ~Line();

  [[nodiscard]] const std::shared_ptr<EventMailbox>& mailbox() const { return mailbox_; }

  /// False when the worker has been stuck for so long that its queue is full.
  [[nodiscard]] bool send(SendWindow::Outgoing outgoing);
  void disconnect(bool keep_session);

 private:
  Worker& worker_;
  std::shared_ptr<EventMailbox> mailbox_;
  std::shared_ptr<PahoClient> client_;
};

}  // namespace gnatter::transport

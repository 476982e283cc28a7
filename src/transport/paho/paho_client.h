// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mqtt/async_client.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "transport/paho/event.h"
#include "transport/paho/packet_log.h"
#include "transport/paho/packet_trace.h"
#include "transport/paho/send_window.h"

namespace gnatter::transport {

/// One client of the Paho library, for one attempt and the line that comes of it. Nothing is persisted and
/// nothing reconnects by itself: what the library would keep or resend is not what the outbox knows.
///
/// Thread: every function on the worker's, end() before the destructor. The callbacks come on the library's
/// threads, which hold its one lock meanwhile: they copy what they are told into the mailbox and do nothing
/// else, neither wait for a token (it would never complete) nor destroy a client.
///
/// One listener for all requests, told apart by the number in their user context: a token's message id is set
/// only after the request may already have been answered.
class PahoClient final : private mqtt::iaction_listener {
 public:
  /// `log`: hears of every packet; may be null.
  explicit PahoClient(std::shared_ptr<EventMailbox> mailbox, std::shared_ptr<PacketLog> log = {});
  PahoClient(const PahoClient&) = delete;
  PahoClient& operator=(const PahoClient&) = delete;
  ~PahoClient() override;

  /// Comes back as Connected or ConnectFailed; after Connected, one LineLost when the line breaks.
  void connect(const ConnectPlan& plan, int mqtt_version);

  /// Comes back as Answered with that number.
  void send(std::uint64_t number, const Request& request);

  /// Comes back as Disconnected.
  void disconnect(bool keep_session);

  /// Destroys the client; a line that still stands is closed with a DISCONNECT. No callback comes after it.
  /// The mailbox must be closed: a callback that waits for room in it has the lock that this needs.
  void end();

 private:
  void on_success(const mqtt::token& token) override;
  void on_failure(const mqtt::token& token) override;
  void install_handlers();
  void dispatch(std::uint64_t number, const Request& request);
  void connected(const mqtt::token& token);
  void connect_failed(const mqtt::token& token);
  void push(Event event);
  void tell_log(const mqtt::token& token, int code);
  void keep(mqtt::token_ptr token);

  std::shared_ptr<EventMailbox> mailbox_;
  const std::shared_ptr<PacketLog> log_;  // may be null
  std::optional<TracedClient> traced_;
  int mqtt_version_ = 5;
  std::atomic<bool> takes_identifiers_ = false;  // of filters; as the CONNACK says
  std::unique_ptr<mqtt::async_client> client_;
  std::vector<mqtt::token_ptr> tokens_;  // a few dozen at most: see keep()
};

}  // namespace gnatter::transport

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "base/event_loop.h"
#include "gnatter/subscription.h"
#include "transport/packets.h"
#include "transport/paho/event.h"
#include "transport/paho/line.h"
#include "transport/paho/probe.h"
#include "transport/paho/resolver.h"
#include "transport/paho/tls_probe.h"
#include "transport/paho/version_ladder.h"
#include "transport/paho/worker.h"

namespace gnatter::transport {

/// One attempt to connect: finds the address, for TLS sees by a handshake of its own whom it would talk to,
/// tries the versions of MQTT in turn, 2 s each (3 s over TLS), and finds out by a plain TCP connection what
/// is wrong where Paho does not say. Nothing of MQTT is sent before that handshake was good, and Paho
/// verifies again on the line itself. Ends within 10 s by calling `done` once,
/// from a turn of the loop; `done` may destroy the attempt. Destroying it before gives it up. The loop's
/// thread.
class Attempt {
 public:
  struct Success {
    std::unique_ptr<Line> line;  ///< what came after Connected still stands in its mailbox
    Connected connected;
    std::optional<TlsState> tls = {};  ///< of the handshake
  };
  using Result = std::variant<Success, Failure>;

  Attempt(base::EventLoop& loop, Worker& worker, const ConnectPlan& plan, VersionLadder ladder,
          std::function<void(Result)> done, std::shared_ptr<PacketLog> log = {});
  Attempt(const Attempt&) = delete;
  Attempt& operator=(const Attempt&) = delete;

 private:
  void resolved(const Resolution& resolution);
  void try_version();
  void read();
  void silent();
  void connect_failed(const ConnectFailed& failure);
  void probe_port(std::function<void()> if_it_accepts);
  void not_mqtt(std::string detail);
  void out_of_time();
  void drop_line();
  [[nodiscard]] bool accepted(const ProbeResult& result);
  void fail(Failure::Reason reason, std::string detail = {});
  void finish(Result result);

  base::EventLoop& loop_;
  Worker& worker_;
  ConnectPlan plan_;
  std::function<void(Result)> done_;
  const std::shared_ptr<PacketLog> log_;
  VersionLadder ladder_;
  Address address_;
  bool accepts_ = false;  // something listens there
  std::optional<TlsState> tls_;
  std::unique_ptr<Line> line_;
  Subscription step_;  // the look-up or a probe
  Subscription mailbox_watch_;
  Subscription silence_;
  Subscription wakes_;
  Subscription end_;
};

}  // namespace gnatter::transport

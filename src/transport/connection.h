// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/signal.h"
#include "transport/packet.h"
#include "transport/packets.h"

namespace gnatter::transport {

/// One line to one broker, as the rest of the client sees it: attempts, publishes and answers, nothing of the
/// library behind. It makes no attempt by itself: who owns it opens it again after a loss
/// (transport/backoff.h).
///
/// Thread: all calls and all signals on the event loop's. No call blocks, no signal or completion comes from
/// inside a call: they come in later turns. Completions of one connection come before its `lost` or `closed`.
class Connection {
 public:
  using Done = std::function<void(const Outcome&)>;

  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection() = default;

  /// Starts one attempt, which ends in exactly one of `opened` and `failed`, within 10 s. MQTT 5 first, 3.1.1
  /// where the broker does not know 5. Only while idle (before the first open, after `failed`, `lost` or
  /// `closed`).
  virtual void open(const ConnectPlan& plan) = 0;

  /// An orderly end: DISCONNECT, so that no Will is published; then `closed`, within 2 s. Completions still
  /// open come as lost before it. During an attempt it gives the attempt up (no `opened` or `failed` comes
  /// any more). `keep_session`: the broker keeps the session for the plan's session_expiry; else it forgets
  /// it (MQTT 5). Idle: `closed` comes at once.
  virtual void close(bool keep_session) = 0;

  /// In order of the calls, at most 16 of QoS 1 and 2 unanswered at a time; the rest waits inside. A publish
  /// that the broker would answer by closing the line (larger than its maximum packet size) is refused
  /// without being sent. Not open: `done` comes as lost. `done` may be empty.
  virtual void publish(Publication publication, Done done) = 0;

  /// One SUBSCRIBE for one filter; `done` has its SUBACK: the granted QoS or the refusal.
  virtual void subscribe(std::string filter, int qos, Done done) = 0;
  virtual void unsubscribe(std::string filter, Done done) = 0;

  /// While held, nothing that comes from the broker is handed on, answers included; what arrives waits, in
  /// bounded memory, and then the broker is held back. For a reader of our output that cannot keep up.
  virtual void hold(bool held) = 0;

  /// Whether every packet of the line is told by `packets`. Off, it costs nothing, and nothing more comes.
  virtual void trace(bool) {}

  base::Signal<const Opened&> opened;
  base::Signal<const Failure&> failed;
  base::Signal<const Lost&> lost;
  base::Signal<> closed;
  base::Signal<const Incoming&> received;
  /// In their order; and how many more there were behind them, too many to be told.
  base::Signal<const std::vector<Packet>&, std::size_t> packets;
};

}  // namespace gnatter::transport

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "transport/packet.h"
#include "transport/packets.h"
#include "transport/paho/send_window.h"

namespace gnatter::transport {

/// The packets of one connection, put together of two halves: the library's trace knows that a packet went
/// and its number, but neither topic nor reason code; what is asked of the library and what it calls back
/// with knows these, just before or just behind. Where the halves do not find each other the packet comes
/// without. Off, it costs a look at a flag. Every function from any thread; none waits: from 2000 packets on
/// that the loop has not taken, they are counted only.
class PacketLog {
 public:
  /// `wake`: called, from any thread, when there is something to take and was not before.
  explicit PacketLog(std::function<void()> wake);

  void set_on(bool on);
  [[nodiscard]] bool on() const { return on_.load(std::memory_order_relaxed); }

  struct Batch {
    std::vector<Packet> packets;
    std::size_t more = 0;  ///< that came behind these and were not kept
  };
  [[nodiscard]] Batch take();

  /// Is about to be asked of the library.
  void will_connect(const ConnectPlan& plan, int mqtt_version);
  void will_send(const Request& request);

  /// The library's trace, behind the client id: "-> PUBLISH msgid: 2 qos: 1 …".
  void seen(std::string_view trace);

  /// What it calls back with.
  void received(const Incoming& message);
  void answered(std::string_view type, int code, std::string details = {});
  void publish_answered(int code);

 private:
  void expect(Packet packet);
  void complete(Packet& packet);
  void keep(Packet packet);
  void flush();

  const std::function<void()> wake_;
  std::atomic<bool> on_ = false;
  std::mutex mutex_;
  Batch batch_;
  std::deque<Packet> expected_;       // asked of the library, and not seen yet
  std::optional<Packet> incomplete_;  // seen, and its other half may come
  std::optional<Packet> early_;       // an answer whose packet is seen behind it
};

/// What the trace says of a packet; nothing when it is of something else.
std::optional<Packet> parse_trace(std::string_view trace);

}  // namespace gnatter::transport

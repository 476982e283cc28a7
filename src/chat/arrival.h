// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "base/event_loop.h"
#include "base/time_text.h"

namespace gnatter::chat {

/// Tells messages that the broker kept while the client was away from those said just now. On a resumed
/// session what says that it was sent before the connection was; what does not say when, counts as kept until
/// nothing has come for a second, ten at most. One thread.
class Arrival {
 public:
  using Clock = base::EventLoop::Clock;

  /// An attempt to connect begins.
  void connecting(base::Time wall) {
    connecting_at_ = wall;
    ready_at_.reset();
  }
  /// The last SUBACK has come.
  void ready(Clock::time_point now) { ready_at_ = last_ = now; }

  /// Whether the message that comes now was kept. `resumed`: the connection's session was there before it.
  bool is_queued(bool resumed, std::optional<base::Time> sent_at, Clock::time_point now) {
    if (!resumed) return false;
    if (sent_at) return *sent_at < connecting_at_;
    if (!ready_at_) return true;
    const bool draining =
        now - last_ < std::chrono::seconds(1) && now - *ready_at_ < std::chrono::seconds(10);
    if (draining) last_ = now;
    return draining;
  }

 private:
  base::Time connecting_at_{};
  std::optional<Clock::time_point> ready_at_;
  Clock::time_point last_{};  // when one came that was kept
};

}  // namespace gnatter::chat

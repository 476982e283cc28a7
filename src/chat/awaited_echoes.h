// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/event_loop.h"
#include "protocol/ulid.h"

namespace gnatter::chat {

/// One's own lines whose echo has not come back yet (P12). The echo is not shown: it is known by
/// its id, and where there are none (MQTT 3.1.1) by group and text. It is also the only proof that one may
/// read the group: a broker may grant a forbidden SUBSCRIBE and stay silent. One thread.
class AwaitedEchoes {
 public:
  using Moment = base::EventLoop::Clock::time_point;

  /// `place`: "#dev", or one's own name for a line to oneself; the same in take() and clear().
  void add(std::string_view place, const protocol::Ulid& id, std::string_view payload);

  /// The broker has acknowledged the line: its echo is due from now on.
  void acknowledged(const protocol::Ulid& id, Moment now);
  /// It refused the line: there will be none.
  void forget(const protocol::Ulid& id);
  /// Whether a message of our own name in `place` is the echo of one of these; takes it off the list.
  bool take(std::string_view place, const std::optional<protocol::Ulid>& id, std::string_view payload);

  /// The places with a line acknowledged at `limit` or before whose echo has not come; those lines are given
  /// up.
  std::vector<std::string> overdue(Moment limit);

  /// The line was lost: the echoes of what was acknowledged before may have gone with it.
  void clear_acknowledged();
  /// The group was left: nothing can be concluded from silence.
  void clear(std::string_view place);
  void clear() { awaited_.clear(); }

  [[nodiscard]] bool empty() const { return awaited_.empty(); }

 private:
  struct Awaited {
    std::string place;
    protocol::Ulid id;
    std::size_t payload_hash;
    std::optional<Moment> acknowledged;
  };
  static constexpr std::size_t most = 4096;
  std::deque<Awaited> awaited_;
};

}  // namespace gnatter::chat

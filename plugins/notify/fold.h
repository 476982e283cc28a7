// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "gnatter/values.h"
#include "notice.h"

namespace notify {

/// Makes few alarms of many messages: one that comes alone is told at once, what follows within the pause is
/// counted and told together at its end. What the broker had kept is never told at once: it comes in a crowd.
/// Time is given in.
class Fold {
 public:
  using Clock = std::chrono::steady_clock;
  struct Message {
    gnatter::NetworkId network = 0;
    gnatter::WindowId window = 0;
    bool kept = false;  ///< by the broker, while nobody was here
    Notice notice;
  };

  explicit Fold(Clock::duration pause) : pause_(pause) {}
  /// For what comes from now on.
  void set_pause(Clock::duration pause) { pause_ = pause; }

  /// True: it is to be told now; else it waits, and due() says until when.
  bool add(const Message& message, Clock::time_point now);
  std::optional<Clock::time_point> due() const { return due_; }
  /// Ends the waiting: what is to be told now, of those windows alone that are `wanted` still.
  std::optional<Notice> take(Clock::time_point now,
                             const std::function<bool(gnatter::NetworkId, gnatter::WindowId)>& wanted);

 private:
  using Key = std::tuple<gnatter::NetworkId, gnatter::WindowId, std::string>;  // and who
  struct Several {
    std::size_t count = 0;
    std::string window, network, place;
  };

  Notice summary() const;

  Clock::duration pause_;
  std::optional<Clock::time_point> told_;  // last
  std::optional<Clock::time_point> due_;
  std::map<Key, Several> waiting_;
  std::size_t from_others_ = 0;  // messages of those for whom there was no place in `waiting_`
  std::optional<Notice> only_;   // the one that waits, when it is one
};

}  // namespace notify

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/event_loop.h"

namespace gnatter::chat {

/// How much comes: messages by the second, for a minute.
class MessageRate {
 public:
  using Time = base::EventLoop::Clock::time_point;

  void count(Time now);
  /// "12 a second", on an average of the last five; where that is less than one "3 a minute"; empty: nothing
  /// has come for a minute.
  [[nodiscard]] std::string words(Time now) const;

 private:
  struct Second {
    std::int64_t number = -1;
    std::uint64_t messages = 0;
  };
  [[nodiscard]] std::uint64_t last(std::int64_t seconds, std::int64_t now) const;

  std::array<Second, 60> seconds_{};
};

}  // namespace gnatter::chat

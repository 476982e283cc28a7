// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>

#include "base/event_loop.h"

namespace gnatter::testing {

/// Runs the loop until `predicate` holds, `limit` at most; whether it held.
inline bool run_until(base::EventLoop& loop, const std::function<bool()>& predicate,
                      std::chrono::milliseconds limit = std::chrono::seconds(10)) {
  if (predicate()) return true;
  const auto look = loop.every(std::chrono::milliseconds(2), [&] {
    if (predicate()) loop.quit(1);
  });
  const auto end = loop.after(limit, [&] { loop.quit(0); });
  return loop.run() == 1 || predicate();
}

/// Runs the loop for a while: to see that something does not happen.
inline void run_for(base::EventLoop& loop, std::chrono::milliseconds time) {
  run_until(
      loop, [] { return false; }, time);
}

}  // namespace gnatter::testing

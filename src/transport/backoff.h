// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <random>

namespace gnatter::transport {

/// How long to wait before the next attempt: 1 s, doubling to 60 s, each shortened by up to a quarter at
/// random so that the clients of a broker that comes back do not all come at once.
class Backoff {
 public:
  explicit Backoff(std::uint32_t seed = std::random_device{}()) : random_(seed) {}
  std::chrono::milliseconds next();
  /// After a connection that stood.
  void reset() { delay_ = first_; }
  /// After one that stood for a short while: the next delay is `most` at most.
  void limit(std::chrono::milliseconds most) { delay_ = std::min(delay_, most); }

 private:
  static constexpr std::chrono::milliseconds first_{1000}, longest_{60'000};
  std::chrono::milliseconds delay_ = first_;
  std::minstd_rand random_;
};

}  // namespace gnatter::transport

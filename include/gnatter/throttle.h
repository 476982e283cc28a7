// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "gnatter/values.h"

namespace gnatter {

/// So often in so long, for each name of each network. Of 10,000 names at once; when more come, nothing is
/// allowed to new ones.
class Throttle {
 public:
  using Clock = std::chrono::steady_clock;

  Throttle(std::size_t times, Clock::duration per) : times_(times), per_(per) {}

  /// Whether it is allowed once more; counts it then.
  bool take(NetworkId network, std::string_view name) {
    const auto now = Clock::now();
    std::pair key{network, std::string(name)};
    if (!taken_.contains(key) && taken_.size() >= most_names) forget_before(now - per_);
    if (!taken_.contains(key) && taken_.size() >= most_names) return false;
    auto& taken = taken_[std::move(key)];
    while (!taken.empty() && taken.front() <= now - per_) taken.pop_front();
    if (taken.size() >= times_) return false;
    taken.push_back(now);
    return true;
  }
  void clear() { taken_.clear(); }

 private:
  static constexpr std::size_t most_names = 10'000;

  void forget_before(Clock::time_point time) {
    std::erase_if(taken_, [&](const auto& one) { return one.second.empty() || one.second.back() <= time; });
  }

  std::size_t times_;
  Clock::duration per_;
  std::map<std::pair<NetworkId, std::string>, std::deque<Clock::time_point>> taken_;
};

}  // namespace gnatter

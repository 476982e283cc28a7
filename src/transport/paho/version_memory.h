// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <map>
#include <string>

#include "transport/paho/version_ladder.h"

namespace gnatter::transport {

/// The MQTT version that each server has last spoken, for a day: then a server of 3.1.1 is asked for 5 again.
/// Pure.
class VersionMemory {
 public:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] VersionLadder ladder_for(const std::string& server, Clock::time_point now) const {
    const auto known = servers_.find(server);
    if (known == servers_.end() || now >= known->second.until) return VersionLadder();
    return VersionLadder(known->second.version, true);
  }

  void worked(const std::string& server, int version, Clock::time_point now) {
    const auto known = servers_.find(server);
    const bool still_3_1_1 =
        known != servers_.end() && known->second.version == 4 && now < known->second.until;
    if (version == 4 && still_3_1_1) return;  // its day goes on
    servers_[server] = {version, now + std::chrono::hours(24)};
  }

  /// Another server may be there now: one that may know 5.
  void failed(const std::string& server) {
    const auto known = servers_.find(server);
    if (known != servers_.end() && known->second.version == 4) servers_.erase(known);
  }

 private:
  struct Known {
    int version = 5;
    Clock::time_point until;
  };
  std::map<std::string, Known> servers_;
};

}  // namespace gnatter::transport

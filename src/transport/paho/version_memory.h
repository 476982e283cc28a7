// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "transport/paho/version_ladder.h"

namespace gnatter::transport {

/// The MQTT version that each server has last spoken, for a day: then a server of 3.1.1 is asked for 5 again.
/// Kept in files, so that the next run knows it, too; where they cannot be read or written it is kept for
/// this run. One thread.
class VersionMemory {
 public:
  using Clock = std::chrono::system_clock;

  /// `directory`: a file a server, made when there is something to write; empty: none.
  explicit VersionMemory(std::filesystem::path directory = {}) : directory_(std::move(directory)) {}

  [[nodiscard]] VersionLadder ladder_for(const std::string& server, Clock::time_point now);
  void worked(const std::string& server, int version, Clock::time_point now);
  /// Another server may be there now: one that may know 5.
  void failed(const std::string& server);

 private:
  struct Known {
    int version = 5;
    Clock::time_point since;
    [[nodiscard]] bool holds(Clock::time_point now) const {
      return now >= since && now < since + std::chrono::hours(24);
    }
  };
  [[nodiscard]] std::filesystem::path file_of(const std::string& server) const;
  [[nodiscard]] std::optional<Known> read(const std::string& server) const;
  void write(const std::string& server, const Known& known) const;

  const std::filesystem::path directory_;
  std::map<std::string, Known> servers_;
};

}  // namespace gnatter::transport

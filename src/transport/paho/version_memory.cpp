// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/paho/version_memory.h"

#include <fstream>
#include <system_error>

#include "base/paths.h"

namespace gnatter::transport {

VersionLadder VersionMemory::ladder_for(const std::string& server, Clock::time_point now) {
  if (!servers_.contains(server))
    if (const auto known = read(server)) servers_[server] = *known;
  const auto known = servers_.find(server);
  if (known == servers_.end() || !known->second.holds(now)) return VersionLadder();
  return VersionLadder(known->second.version, true);
}

void VersionMemory::worked(const std::string& server, int version, Clock::time_point now) {
  const auto known = servers_.find(server);
  const bool still_3_1_1 = known != servers_.end() && known->second.version == 4 && known->second.holds(now);
  if (version == 4 && still_3_1_1) return;  // its day goes on
  servers_[server] = {version, now};
  write(server, servers_[server]);
}

void VersionMemory::failed(const std::string& server) {
  const auto known = servers_.find(server);
  if (known == servers_.end() || known->second.version != 4) return;
  servers_.erase(known);
  std::error_code ignored;
  if (!directory_.empty()) std::filesystem::remove(file_of(server), ignored);
}

std::filesystem::path VersionMemory::file_of(const std::string& server) const {
  return directory_ / base::file_name_for(server);
}

std::optional<VersionMemory::Known> VersionMemory::read(const std::string& server) const {
  if (directory_.empty()) return std::nullopt;
  std::ifstream in(file_of(server));
  int version = 0;
  long long seconds = 0;
  if (!(in >> version >> seconds) || (version != 4 && version != 5)) return std::nullopt;
  return Known{version, Clock::time_point(std::chrono::seconds(seconds))};
}

void VersionMemory::write(const std::string& server, const Known& known) const {
  if (directory_.empty()) return;
  try {
    base::make_private_directory(directory_);
  } catch (const std::system_error&) {
    return;  // it costs the next run a try, no more
  }
  const auto seconds = std::chrono::floor<std::chrono::seconds>(known.since.time_since_epoch()).count();
  std::ofstream(file_of(server)) << known.version << ' ' << seconds << '\n';
  std::error_code ignored;  // the directory is private, too
  std::filesystem::permissions(
      file_of(server), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
}

}  // namespace gnatter::transport

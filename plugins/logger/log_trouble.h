// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "gnatter/plugin.h"

namespace logger {

/// What cannot be written, told once: in a sentence, and in the status line as long as it lasts. A full disk
/// hits all logs at once and is one trouble.
class LogTrouble {
 public:
  /// `root`: where the logs are.
  LogTrouble(gnatter::Host& host, std::filesystem::path root);

  using Log = const void*;  ///< whose trouble it is
  void failed(Log log, const gnatter::AppendFile& file, gnatter::NetworkId network,
              const std::filesystem::path& path, const std::string& why);
  /// Everything that waited is written; `lost` lines found no room to wait.
  void recovered(Log log, gnatter::NetworkId network, std::size_t lost);
  /// The log has gone.
  void forget(Log log);

 private:
  struct Entry {
    const gnatter::AppendFile* file;
    std::string why;
  };
  [[nodiscard]] bool is_known(const std::string& why) const;
  [[nodiscard]] std::size_t waiting() const;
  void print(gnatter::NetworkId network, const std::string& sentence);
  void show();

  gnatter::Host& host_;
  const std::filesystem::path root_;
  std::unique_ptr<gnatter::StatusItem> item_;
  std::map<Log, Entry> logs_;
  std::size_t lost_ = 0;  // since the first of them failed
};

/// A path below $HOME as people write it.
std::string short_path(const std::filesystem::path& path);

}  // namespace logger

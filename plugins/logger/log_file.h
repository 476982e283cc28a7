// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "gnatter/plugin.h"
#include "log_line.h"
#include "log_position.h"
#include "log_trouble.h"

namespace logger {

/// One file that is being written, with its mark and its trouble.
class LogFile {
 public:
  /// `settled` is called when trouble is over; it may destroy this.
  LogFile(gnatter::Host& host, LogTrouble& trouble, gnatter::NetworkId network, std::filesystem::path path,
          std::function<void()> settled);
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;
  /// What waits is still written.
  ~LogFile() { trouble_.forget(this); }

  /// Once, also when the host hands it over again after a crash.
  void write(const gnatter::Line& line, std::uint64_t position, Zone zone);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] bool in_trouble() const { return in_trouble_; }
  /// Lines that the file does not have yet.
  [[nodiscard]] std::vector<gnatter::Line> waiting() const;

 private:
  void recovered();

  gnatter::Host& host_;
  LogTrouble& trouble_;
  const gnatter::NetworkId network_;
  const std::filesystem::path path_;
  const std::function<void()> settled_;
  std::optional<WrittenBefore> before_;  // not for long: see read_before()
  bool looked_ = false;
  bool in_trouble_ = false;
  std::size_t lost_told_ = 0;
  gnatter::Subscription forget_;
  std::unique_ptr<gnatter::AppendFile> file_;

  void read_before();
};

}  // namespace logger

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "gnatter/values.h"

namespace logger {

/// How far a log has come: kept beside it, so that after a crash nothing is written twice.
struct Mark {
  std::uint64_t offset = 0;    ///< so many bytes of the log are on the disk
  std::uint64_t position = 0;  ///< gnatter::LineEvent::position of the last line in them
  std::uint64_t before = 0;    ///< a checksum of the bytes before `offset`: whether it is still that log
};

/// `.NAME.position` beside the log NAME.
std::filesystem::path mark_path(const std::filesystem::path& log);

/// Nothing: there is none, or it is of another log: one that is shorter, or has other bytes before the
/// offset.
std::optional<Mark> read_mark(const std::filesystem::path& log);

/// Replaces the file as a whole; mode 0600. Does nothing when the log is not that long by now, or the disk
/// will not have it: then the mark before stands, which is as true.
void write_mark(const std::filesystem::path& log, std::uint64_t offset, std::uint64_t position);

/// The lines at a log's end, as the last run left them, by which a line that the host hands over again is
/// known.
class WrittenBefore {
 public:
  /// Reads what stands behind the log's mark, and the last 500 lines before it; without a mark the last 500.
  explicit WrittenBefore(const std::filesystem::path& log);

  /// Whether the log has `line` already; every line of the log is found once. One whose position the mark has
  /// passed is looked for before the mark first, the others behind it. A line is left out only when it is
  /// there, with its time, sender and text, whatever the clocks and the broker did meanwhile.
  bool take(const gnatter::Line& line, std::uint64_t position);

  [[nodiscard]] bool empty() const { return before_.empty() && behind_.empty(); }

 private:
  std::optional<Mark> mark_;
  std::multiset<std::string> before_, behind_;
};

}  // namespace logger

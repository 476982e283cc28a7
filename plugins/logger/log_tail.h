// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gnatter/values.h"

namespace logger {

/// The rows of a file from its end to its beginning, read in blocks: a large file costs only what is read of
/// it. A last row without a newline is not whole and left out; so are rows of more than 1 MiB. The file may
/// grow, shrink or vanish meanwhile: then there are fewer rows.
class RowsBackwards {
 public:
  /// What is read in all, at most.
  static constexpr std::uint64_t most_bytes = std::uint64_t{16} << 20;

  /// Rows that end at byte `end` or before; nothing: all.
  explicit RowsBackwards(const std::filesystem::path& path, std::optional<std::uint64_t> end = {});

  struct Row {
    std::uint64_t at;  ///< where it begins
    std::string text;  ///< without its newline
  };
  /// The one before; nothing: there is none, or enough was read.
  std::optional<Row> next();

 private:
  bool read_block();

  std::ifstream file_;
  std::uint64_t begin_ = 0;  // of what is in block_
  std::uint64_t read_ = 0;
  std::string block_;   // read, and not given yet
  bool whole_ = false;  // block_ ends in a newline
};

/// A line of a log, and where it stands.
struct LoggedLine {
  std::uint64_t at = 0;
  gnatter::Line line;
};

using Wanted = std::function<bool(const gnatter::Line&)>;

/// The last `most` lines that are wanted, the oldest first; of those that end at byte `end` or before, when
/// that is given. Rows that are no lines are left out.
std::vector<LoggedLine> last_lines(const std::filesystem::path& path, std::size_t most, const Wanted& wanted,
                                   std::optional<std::uint64_t> end = {});

/// Where the last line begins that is `line`: the same time, sender and text.
std::optional<std::uint64_t> find_line(const std::filesystem::path& path, const gnatter::Line& line);

/// Whether the row that begins at byte `at` is that line.
bool stands_at(const std::filesystem::path& path, std::uint64_t at, const gnatter::Line& line);

/// Where the rows end that are older than `time`, seen from the end; 0 when none is.
std::uint64_t end_of_older(const std::filesystem::path& path, gnatter::Time time);

bool same(const gnatter::Line& one, const gnatter::Line& other);

}  // namespace logger

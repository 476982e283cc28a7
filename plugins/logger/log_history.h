// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "gnatter/values.h"

namespace logger {

/// Reads one window's past from its logs, page by page. Where the last page began is remembered, so that the
/// next one costs no more than the first.
class LogHistory {
 public:
  /// `files`: the latest first. `waiting`: lines that no file has yet, the oldest first. Gives at most `most`
  /// lines of conversation, the oldest first: those before the line `before` where that is found, else those
  /// that are older; without it the last ones.
  std::vector<gnatter::Line> before(const std::optional<gnatter::Line>& line,
                                    const std::vector<std::filesystem::path>& files,
                                    std::vector<gnatter::Line> waiting, std::size_t most);

 private:
  /// Where a page ends: `file` counts in files, `at` in the bytes of that one; nothing: at its end.
  struct Place {
    std::size_t file = 0;
    std::optional<std::uint64_t> at;
  };
  /// Where the last page began.
  struct Page {
    std::filesystem::path path;
    std::uint64_t at;
    gnatter::Line first;
  };

  std::optional<Place> remembered(const gnatter::Line& line,
                                  const std::vector<std::filesystem::path>& files) const;
  std::vector<gnatter::Line> read(Place place, const std::vector<std::filesystem::path>& files,
                                  std::size_t most);

  std::optional<Page> page_;
};

}  // namespace logger

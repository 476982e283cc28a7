// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <limits>
#include <string_view>
#include <vector>

namespace gnatter::ui {

/// Safe text as rows: parts of `text` without the blanks that a row ends with, at least one. The first row
/// has room for `first` cells (0 or less: it stays empty), the others for `rest`. Newlines end a row; tabs
/// reach to the next multiple of 8 of their row. Rows are cut at blanks (which go), between wide characters,
/// and before a URL that would be cut otherwise; a word longer than a row is cut between clusters, a
/// fingerprint (3F:9A:C1) between its pairs. Linear in time. Stops after `most` rows.
std::vector<std::string_view> wrap(std::string_view text, int first, int rest,
                                   std::size_t most = std::numeric_limits<std::size_t>::max());

/// Where a tab at `column` of a row leads.
inline int after_tab(int column) {
  return (column / 8 + 1) * 8;
}

}  // namespace gnatter::ui

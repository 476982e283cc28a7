// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/nearest.h"

#include <algorithm>
#include <utility>

namespace gnatter::chat {
namespace {

/// Edits (insert, delete, replace) from one word to the other.
std::size_t distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  for (std::size_t j = 0; j <= to.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= from.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const std::size_t replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({replaced, row[j] + 1, row[j - 1] + 1}));
    }
  }
  return row.back();
}

}  // namespace

std::string nearest(std::string_view name, const std::vector<std::string>& names) {
  constexpr std::size_t longest = 40;
  std::string best;
  std::size_t least = std::min<std::size_t>(3, name.size() / 2 + 1);  // half of it wrong is no guess
  if (name.size() > longest) return best;
  for (const std::string& candidate : names)
    if (const std::size_t edits = distance(name, candidate); edits < least) {
      least = edits;
      best = candidate;
    }
  return best;
}

}  // namespace gnatter::chat

// SPDX-License-Identifier: GPL-3.0-or-later
#include "buffer_patterns.h"

#include <algorithm>
#include <cstddef>

namespace logger {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// Linear: a star is tried again from where it last matched, never from two stars at once.
bool fits(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, tried = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      tried = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++tried;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

}  // namespace

bool takes_in(std::string_view patterns, std::string_view network, std::string_view conversation) {
  bool in = trimmed(patterns).starts_with('!');
  const std::string whole = std::string(network) + '/' + std::string(conversation);
  while (!patterns.empty()) {
    const auto comma = std::min(patterns.find(','), patterns.size());
    std::string_view pattern = trimmed(patterns.substr(0, comma));
    patterns.remove_prefix(std::min(comma + 1, patterns.size()));
    const bool out = pattern.starts_with('!');
    if (out) pattern.remove_prefix(1);
    if (pattern.empty()) continue;
    const bool one_network = pattern.find('/') != std::string_view::npos;
    if (fits(pattern, one_network ? std::string_view(whole) : conversation)) in = !out;
  }
  return in;
}

}  // namespace logger

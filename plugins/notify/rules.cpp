// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules.h"

#include <algorithm>
#include <cstddef>

#include "gnatter/utf8.h"

namespace notify {
namespace {

std::size_t character(std::string_view text) {
  return std::max<std::size_t>(gnatter::utf8::decode(text).length, 1);
}

std::vector<std::string> parted(std::string_view patterns) {
  std::vector<std::string> all;
  while (!patterns.empty()) {
    const std::size_t comma = std::min(patterns.find(','), patterns.size());
    std::string_view one = patterns.substr(0, comma);
    patterns.remove_prefix(std::min(comma + 1, patterns.size()));
    one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
    one = one.substr(0, one.find_last_not_of(' ') + 1);
    if (!one.empty()) all.emplace_back(one);
  }
  return all;
}

}  // namespace

// Goes back to the last `*` alone, which suffices: no pattern takes more than the product of both lengths.
bool fits(std::string_view pattern, std::string_view text) {
  constexpr auto none = std::string_view::npos;
  std::size_t p = 0, t = 0, star = none, after_star = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      after_star = t;
    } else if (p < pattern.size() && pattern[p] == '?') {
      ++p;
      t += character(text.substr(t));
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != none) {
      p = star + 1;
      after_star += character(text.substr(after_star));
      t = after_star;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == none;
}

WindowPatterns::WindowPatterns(std::string_view patterns) {
  for (const std::string& pattern : parted(patterns)) {
    const bool never = pattern.starts_with('!');
    all_.push_back({never ? pattern.substr(1) : pattern, never ? Verdict::never : Verdict::always});
  }
}

WindowPatterns::Verdict WindowPatterns::verdict(std::string_view network, std::string_view window) const {
  const std::string full = std::string(network) + '/' + std::string(window);
  const auto found = std::find_if(all_.rbegin(), all_.rend(), [&](const One& one) {
    return fits(one.pattern, one.pattern.find('/') == one.pattern.npos ? window : full);
  });
  return found == all_.rend() ? Verdict::none : found->verdict;
}

std::string WindowPatterns::complaint(std::string_view patterns) {
  for (const std::string& pattern : parted(patterns)) {
    if (pattern == "!") return "nothing stands behind a ! in it";
    if (pattern.find(" #") != pattern.npos || pattern.find(" !") != pattern.npos)
      return "commas stand between its patterns";
  }
  return {};
}

bool Rules::want(const Said& said) const {
  const auto verdict = windows.verdict(said.network, said.window);
  if (verdict != WindowPatterns::Verdict::none) return verdict == WindowPatterns::Verdict::always;
  return said.direct || said.mentions_me || expression.found_in(said.text);
}

}  // namespace notify

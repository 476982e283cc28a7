// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules.h"

#include <algorithm>
#include <cstddef>

#include "gnatter/utf8.h"
#include "words.h"

namespace notify {
namespace {

std::size_t character(std::string_view text) {
  return std::max<std::size_t>(gnatter::utf8::decode(text).length, 1);
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
  for (const std::string& word : split_words(patterns).value_or(std::vector<std::string>())) {
    const bool never = word.starts_with('!');
    all_.push_back({never ? word.substr(1) : word, never ? Verdict::never : Verdict::always});
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
  const auto words = split_words(patterns);
  if (!words) return "a quote in it is not closed";
  if (std::ranges::any_of(*words, [](const std::string& word) { return word.empty() || word == "!"; }))
    return "a pattern in it is empty";
  return {};
}

bool Rules::want(const Said& said) const {
  const auto verdict = windows.verdict(said.network, said.window);
  if (verdict != WindowPatterns::Verdict::none) return verdict == WindowPatterns::Verdict::always;
  return said.direct || said.mentions_me || expression.found_in(said.text);
}

}  // namespace notify

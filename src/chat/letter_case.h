// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace gnatter::chat {

/// `text` with the ASCII letters small: to compare where case does not matter. As long as `text`.
inline std::string folded(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

/// Whether `text` begins with `head` but for case.
inline bool starts_folded(std::string_view text, std::string_view head) {
  return text.size() >= head.size() && folded(text.substr(0, head.size())) == folded(head);
}

}  // namespace gnatter::chat

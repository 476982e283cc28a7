// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time_text.h"
#include "chat/buffer.h"

namespace gnatter::testing {

using Texts = std::vector<std::string>;

inline const base::Time noon = base::parse_utc_rfc3339("2026-11-22T12:00:00.000Z").value();

inline chat::Line message(std::string_view sender, std::string_view text) {
  chat::Line line;
  line.time = noon;
  line.sender = sender;
  line.text = text;
  return line;
}

inline Texts names(const chat::Buffer& buffer) {
  Texts out;
  for (const auto& speaker : buffer.speakers()) out.push_back(speaker.name);
  return out;
}

/// Lines of bob's with these texts, in front of all others; how many there was room for.
inline std::size_t prepend(chat::Buffer& buffer, const Texts& texts, base::Time time = noon) {
  std::vector<chat::Line> lines;
  for (const std::string& text : texts) {
    lines.push_back(message("bob", text));
    lines.back().time = time;
  }
  return buffer.prepend(lines);
}

/// "n-1" … "1": the `count` lines before the one with the number `n`.
inline Texts numbers_before(int n, int count) {
  Texts texts;
  for (int i = n - count; i < n; ++i) texts.push_back(std::to_string(i));
  return texts;
}

inline Texts texts(const chat::Buffer& buffer) {
  Texts out;
  for (chat::LineNumber i = buffer.first(); i < buffer.end(); ++i) out.emplace_back(buffer.line(i)->text);
  return out;
}

}  // namespace gnatter::testing

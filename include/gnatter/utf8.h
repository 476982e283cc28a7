// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace gnatter::utf8 {

/// One decoded code point: `length` bytes make `value`; length 0 means that the bytes there are no valid
/// UTF-8 (stray or missing continuation, overlong form, surrogate, past U+10FFFF) or that the text is empty.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;
};

/// The code point at the start of `text`.
constexpr CodePoint decode(std::string_view text) {
  if (text.empty()) return {};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
  char32_t value = static_cast<char32_t>(lead & (0x7F >> length));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    value = (value << 6) | (byte(i) & 0x3Fu);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (overlong || surrogate || value > 0x10FFFF) return {};
  return {value, length};
}

/// Whether all of `text` is UTF-8 (RFC 3629). The empty text is.
constexpr bool valid(std::string_view text) {
  while (!text.empty()) {
    const CodePoint point = decode(text);
    if (point.length == 0) return false;
    text.remove_prefix(point.length);
  }
  return true;
}

/// C0, DEL and C1 controls (Unicode category Cc).
constexpr bool is_control(char32_t point) {
  return point < 0x20 || (point >= 0x7F && point <= 0x9F);
}

/// The plain blank and all that look like it (Unicode category Zs).
constexpr bool is_blank(char32_t point) {
  return point == ' ' || point == 0xA0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200A) ||
         point == 0x202F || point == 0x205F || point == 0x3000;
}

}  // namespace gnatter::utf8

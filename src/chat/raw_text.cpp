// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/raw_text.h"

#include <algorithm>

#include "base/text.h"
#include "chat/json_row.h"
#include "gnatter/utf8.h"

namespace gnatter::chat {
namespace {

constexpr std::size_t most_text_bytes = 4096, most_hex_bytes = 32, most_topic_bytes = 240;
constexpr std::size_t most_json_bytes = 64 * 1024;  // what is longer is not read to its end

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// As much of the front as fits, code points whole.
std::string_view front(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && is_continuation(text[most])) --most;
  return text.substr(0, most);
}

std::string_view back(std::string_view text, std::size_t most) {
  std::size_t from = text.size() - std::min(text.size(), most);
  while (from < text.size() && is_continuation(text[from])) ++from;
  return text.substr(from);
}

std::string hexadecimal(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes.substr(0, most_hex_bytes)) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4];
    out += digits[byte & 0x0F];
    out += ' ';
  }
  if (bytes.size() > most_hex_bytes) out += "… ";
  return out + "(binary, " + grouped(bytes.size()) + (bytes.size() == 1 ? " byte)" : " bytes)");
}

/// Newlines and tabs as the other control characters: U+240A, U+2409.
std::string one_row(std::string_view text) {
  std::string out;
  for (const char c : base::safe_text(text)) {
    if (c == '\n' || c == '\t')
      out += c == '\n' ? "␊" : "␉";
    else
      out += c;
  }
  return out;
}

}  // namespace

std::string grouped(std::size_t number) {
  std::string out = std::to_string(number);
  for (std::size_t at = out.size(); at > 3; out.insert(at, 1, ',')) at -= 3;
  return out;
}

std::string raw_text(std::string_view payload) {
  if (payload.empty()) return "(empty)";
  if (!utf8::valid(payload) || payload.find('\0') != payload.npos) return hexadecimal(payload);
  const auto json = payload.size() <= most_json_bytes ? json_row(payload) : std::nullopt;
  const std::string_view text = json ? std::string_view(*json) : payload;
  if (text.size() <= most_text_bytes) return one_row(text);
  return one_row(front(text, most_text_bytes)) + " … (cut: it has " + grouped(payload.size()) + " bytes)";
}

std::string shown_topic(std::string_view topic) {
  const std::string safe = base::safe_row(topic);
  if (safe.size() <= most_topic_bytes) return safe;
  constexpr std::size_t half = (most_topic_bytes - 3) / 2;
  return std::string(front(safe, half)) + "…" + std::string(back(safe, half));
}

}  // namespace gnatter::chat

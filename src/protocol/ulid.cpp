// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/ulid.h"

#include <algorithm>
#include <random>

namespace gnatter::protocol {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t text_size = 26;

std::optional<unsigned> digit(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  const std::size_t at = alphabet.find(c);
  if (at == alphabet.npos) return std::nullopt;
  return static_cast<unsigned>(at);
}

void increment(std::array<std::uint8_t, 16>& bytes) {
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte)
    if (++*byte != 0) return;
}

}  // namespace

std::string Ulid::text() const {
  // 26 digits of five bits hold 130: the first one has two zero bits above the id's own.
  std::string out(text_size, '0');
  unsigned buffer = 0;
  int bits = 2;
  std::size_t at = 0;
  for (std::uint8_t byte : bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out[at++] = alphabet[(buffer >> bits) & 31u];
    }
  }
  return out;
}

std::optional<Ulid> Ulid::parse(std::string_view text) {
  if (text.size() != text_size || digit(text[0]).value_or(31) > 7) return std::nullopt;
  Ulid id;
  unsigned buffer = 0;
  int bits = -2;
  std::size_t at = 0;
  for (char c : text) {
    const auto value = digit(c);
    if (!value) return std::nullopt;
    buffer = (buffer << 5) | *value;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    id.bytes[at++] = static_cast<std::uint8_t>((buffer >> bits) & 0xFFu);
  }
  return id;
}

Ulid UlidSource::next(base::Time time) {
  Ulid id;
  auto milliseconds = static_cast<std::uint64_t>(time.time_since_epoch().count());
  for (std::size_t i = 6; i-- > 0; milliseconds >>= 8) id.bytes[i] = static_cast<std::uint8_t>(milliseconds);
  std::random_device random;
  for (std::size_t i = 6; i < id.bytes.size(); ++i) id.bytes[i] = static_cast<std::uint8_t>(random());
  const bool same_millisecond = std::equal(id.bytes.begin(), id.bytes.begin() + 6, last_.bytes.begin());
  if (same_millisecond ||
      id < last_) {  // or the clock was set back: growing matters more than the time inside
    id = last_;
    increment(id.bytes);
  }
  return last_ = id;
}

}  // namespace gnatter::protocol

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time_text.h"

namespace gnatter::protocol {

/// A message's identity (X2): 48 bits of milliseconds and 80 random bits, written as 26 characters of
/// Crockford's base 32. Only equality means anything: the time inside is the sender's claim.
struct Ulid {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const Ulid&) const = default;

  [[nodiscard]] std::string text() const;
  /// Upper or lower case; nothing for any other text, one past 128 bits included.
  static std::optional<Ulid> parse(std::string_view text);
};

/// Makes ids that never repeat and grow in the order they are made. One thread.
class UlidSource {
 public:
  Ulid next(base::Time time);

 private:
  Ulid last_;
};

}  // namespace gnatter::protocol

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace gnatter::transport {

/// The Subscription Identifier (MQTT 5, 3.8.2.1.2) that a filter is subscribed with: 1 to 268,435,455. It
/// comes of the filter alone (FNV-1a), so that what the broker has kept for us fits the run that reads it,
/// too.
constexpr std::uint32_t subscription_identifier(std::string_view filter) {
  constexpr std::uint32_t most = 268'435'455;
  std::uint32_t hash = 2'166'136'261u;
  for (const char c : filter) hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619u;
  return hash % most + 1;
}

}  // namespace gnatter::transport

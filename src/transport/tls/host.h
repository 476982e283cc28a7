// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <arpa/inet.h>

#include <array>
#include <string>

namespace gnatter::transport::tls {

/// The host as it stands in certificates: an IPv6 address without its zone ("fe80::1%eth0").
inline std::string without_zone(const std::string& host) {
  const std::string address = host.substr(0, host.find('%'));
  return address.find(':') != std::string::npos ? address : host;
}

/// Of IPv4 or IPv6, without a zone.
inline bool is_address(const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return ::inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 ||
         ::inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
}

}  // namespace gnatter::transport::tls

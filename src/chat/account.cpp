// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/account.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "base/user_error.h"
#include "chat/letter_case.h"
#include "gnatter/utf8.h"

namespace gnatter::chat {

namespace {

bool is_ipv6(std::string_view host) {
  in6_addr address{};
  const std::string plain(host.substr(0, host.find('%')));  // a zone may follow: fe80::1%eth0
  return ::inet_pton(AF_INET6, plain.c_str(), &address) == 1;
}

/// Schemes are read in any case (RFC 3986, 3.1).
Security security_of(std::string_view scheme) {
  const std::string name = folded(scheme);
  if (name == "mqtt" || name == "tcp") return Security::plain;
  if (name == "mqtts" || name == "ssl") return Security::tls;
  throw base::UserError('"' + base::safe_text(scheme.substr(0, 40)) +
                        "://\" is not known here: mqtts:// is MQTT over TLS, mqtt:// is MQTT without.");
}

/// "%20" is a blank (RFC 3986, section 2.1).
std::string decoded(std::string_view text) {
  std::string out;
  for (; !text.empty(); text.remove_prefix(1)) {
    if (text.front() != '%') {
      out += text.front();
      continue;
    }
    unsigned char byte = 0;
    const char* const end = text.data() + std::min<std::size_t>(3, text.size());
    if (std::from_chars(text.data() + 1, end, byte, 16).ptr != text.data() + 3)
      throw base::UserError(
          "In the name before @ a % is written %25, and two hexadecimal digits follow it else.");
    out += static_cast<char>(byte);
    text.remove_prefix(2);
  }
  return out;
}

}  // namespace

std::string to_host(std::string_view given) {
  std::string_view host = given;
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  const bool odd = host.empty() || host.size() > 253 || !utf8::valid(host) ||
                   host.find_first_of(" /\t\n\"<>\\^`{|}[]#?@") != host.npos ||
                   (host.find(':') != host.npos && !is_ipv6(host));
  if (odd)
    throw base::UserError('"' + base::safe_text(given.substr(0, 80)) +
                          "\" is no host: a name or an address is.");
  return std::string(host);
}

Address read_address(std::string_view given) {
  std::string_view rest = given;
  Address address;
  if (const std::size_t end = rest.find("://"); end != rest.npos) {
    address.security = security_of(rest.substr(0, end));
    rest.remove_prefix(end + 3);
    if (rest.ends_with('/')) rest.remove_suffix(1);
    if (const std::size_t at = rest.find('@'); at != rest.npos) {
      address.user = decoded(rest.substr(0, at));
      if (rest.substr(0, at).find(':') != rest.npos)
        throw base::UserError(
            "An address holds no password: lists of programs and histories would show it. password-command "
            "or "
            "password-file leads to it, else it is asked for.");
      rest.remove_prefix(at + 1);
    }
  }
  const std::size_t colon = rest.rfind(':');
  const bool has_port =
      colon != rest.npos && !is_ipv6(rest) && (rest.front() != '[' || rest[colon - 1] == ']');
  if (has_port) {
    address.port = to_port(rest.substr(colon + 1));
    rest = rest.substr(0, colon);
  }
  address.host = to_host(rest);
  return address;
}

bool is_loopback(std::string_view host) {
  // 127.example.com is a name like any other.
  const bool address = host.find_first_not_of("0123456789.") == host.npos;
  return host == "localhost" || host == "::1" || (address && host.starts_with("127."));
}

std::uint16_t default_port(Security security) {
  switch (security) {
    case Security::plain:
      return 1883;
    case Security::tls:
      return 8883;
    case Security::certificate:
      break;
  }
  return 8884;
}

std::uint16_t to_port(std::string_view given) {
  unsigned port = 0;
  const char* last = given.data() + given.size();
  const auto [end, error] = std::from_chars(given.data(), last, port);
  if (error != std::errc() || end != last || port < 1 || port > 65535)
    throw base::UserError("port must be a number from 1 to 65535, not \"" +
                          base::safe_text(given.substr(0, 80)) + "\".");
  return static_cast<std::uint16_t>(port);
}

}  // namespace gnatter::chat

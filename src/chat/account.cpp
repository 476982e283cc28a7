// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/account.h"

#include <charconv>

#include "base/text.h"
#include "base/user_error.h"
#include "gnatter/utf8.h"

namespace gnatter::chat {

std::string to_host(std::string_view given) {
  std::string_view host = given;
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  const bool odd = host.empty() || host.size() > 253 || !utf8::valid(host) ||
                   host.find_first_of(" /\t\n\"<>\\^`{|}[]#?@") != host.npos;
  if (odd)
    throw base::UserError('"' + base::safe_text(given.substr(0, 80)) +
                          "\" is no host: a name or an address is.");
  return std::string(host);
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
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

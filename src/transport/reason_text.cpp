// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/reason_text.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

namespace gnatter::transport {
namespace {

struct Row {
  int code;
  std::string_view text;
};

constexpr auto reasons = std::to_array<Row>({
    {0x00, "success"},
    {0x04, "disconnected with the will"},
    {0x10, "no matching subscribers"},
    {0x11, "no such subscription"},
    {0x80, "unspecified error"},
    {0x81, "malformed packet"},
    {0x82, "protocol error"},
    {0x83, "refused by the broker's own rules"},
    {0x84, "unsupported protocol version"},
    {0x85, "client identifier not valid"},
    {0x86, "bad user name or password"},
    {0x87, "not authorized"},
    {0x88, "server unavailable"},
    {0x89, "server busy"},
    {0x8A, "banned"},
    {0x8B, "server shutting down"},
    {0x8C, "bad authentication method"},
    {0x8D, "keep alive timeout"},
    {0x8E, "session taken over by another client"},
    {0x8F, "topic filter invalid"},
    {0x90, "topic name invalid"},
    {0x91, "packet identifier in use"},
    {0x92, "packet identifier not found"},
    {0x93, "receive maximum exceeded"},
    {0x94, "topic alias invalid"},
    {0x95, "packet too large"},
    {0x96, "message rate too high"},
    {0x97, "quota exceeded"},
    {0x98, "administrative action"},
    {0x99, "payload format invalid"},
    {0x9A, "retain not supported"},
    {0x9B, "QoS not supported"},
    {0x9C, "use another server"},
    {0x9D, "server moved"},
    {0x9E, "shared subscriptions not supported"},
    {0x9F, "connection rate exceeded"},
    {0xA0, "maximum connect time"},
    {0xA1, "subscription identifiers not supported"},
    {0xA2, "wildcard subscriptions not supported"},
});

constexpr auto connect_returns = std::to_array<Row>({
    {1, "unsupported protocol version"},
    {2, "client identifier not valid"},
    {3, "server unavailable"},
    {4, "bad user name or password"},
    {5, "not authorized"},
});

template <std::size_t Size>
std::string look_up(const std::array<Row, Size>& rows, int code) {
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& each) { return each.code == code; });
  if (row != rows.end()) return std::string(row->text);
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(code);
  return std::string("reason 0x") + digits[byte >> 4] + digits[byte & 15];
}

}  // namespace

std::string reason_text(int code) {
  return look_up(reasons, code);
}

std::string connect_return_text(int code) {
  return look_up(connect_returns, code);
}

}  // namespace gnatter::transport

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "base/mailbox.h"
#include "transport/packets.h"

namespace gnatter::transport {

// What the callbacks of one Paho client, and the worker for it, tell the loop.

struct Connected {
  int mqtt_version = 5;
  bool session_present = false;
  std::optional<std::uint32_t> maximum_packet_size;
  std::uint16_t receive_maximum = 65'535;
};
struct ConnectFailed {
  int code = 0;      ///< of the CONNACK when positive, else the library's
  std::string text;  ///< the library's words
};
struct Answered {
  std::uint64_t number = 0;
  Outcome::Kind kind = Outcome::Kind::accepted;
  int code = 0;
};
struct LineLost {
  int code = 0;  ///< of the broker's DISCONNECT, else 0
};
struct Disconnected {};  ///< our DISCONNECT is out, or the line was gone before

using Event = std::variant<Connected, ConnectFailed, Answered, LineLost, Disconnected, Incoming>;

/// One a client: closing it silences the client for good, so nothing of an older attempt is ever heard.
using EventMailbox = base::Mailbox<Event>;

/// What may wait for the loop; then the callback waits, and with it, in the end, the broker.
inline constexpr std::size_t most_event_bytes = std::size_t{16} << 20;

/// What the event counts for in the mailbox.
inline std::size_t bytes_of(const Event& event) {
  std::size_t bytes = sizeof(Event);
  if (const auto* message = std::get_if<Incoming>(&event)) {
    bytes += message->topic.size() + message->payload.size() +
             message->subscriptions.size() * sizeof message->subscriptions.front();
    for (const auto& [name, value] : message->properties)
      bytes += sizeof(std::pair<std::string, std::string>) + name.size() + value.size();
  }
  return bytes;
}

}  // namespace gnatter::transport

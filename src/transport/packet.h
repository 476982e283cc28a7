// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/time_text.h"

namespace gnatter::transport {

/// One MQTT packet that went over the line, as far as it is known. Nothing in it is made safe to show, and no
/// password is in it.
struct Packet {
  base::Time time{};
  bool sent = false;            ///< by us
  std::string type;             ///< "PUBLISH"
  int id = 0;                   ///< packet identifier; 0: it has none
  std::optional<int> qos = {};  ///< of a PUBLISH; asked for by a SUBSCRIBE
  bool retained = false;
  std::optional<int> code = {};          ///< the reason code of an answer
  std::string topic = {};                ///< or filter
  std::string details = {};              ///< the rest in words: properties, what a CONNECT asks for
  std::optional<std::size_t> size = {};  ///< of the payload, in bytes
  std::string payload = {};              ///< its first 256 bytes
};

}  // namespace gnatter::transport

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/packets.h"

namespace gnatter::transport {

/// The failure that a CONNACK with `code` (not 0) stands for: MQTT 5, 3.2.2.2; 3.1.1, 3.2.2.3.
Failure failure_of_connack(int mqtt_version, int code);

/// Whether a CONNACK with `code`, in answer to a CONNECT of MQTT 5, says that the server does not know MQTT
/// 5: in its own words, or as a 3.1.1 server says it.
constexpr bool means_unknown_version(int code) {
  return code == 0x84 || code == 1;
}

}  // namespace gnatter::transport

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace gnatter::transport {

/// An MQTT 5 reason code (2.4) in words, for the end of a sentence: "not authorized". A code that MQTT does
/// not know comes as "reason 0xNN".
std::string reason_text(int code);

/// The return code of an MQTT 3.1.1 CONNACK (3.2.2.3), likewise.
std::string connect_return_text(int code);

}  // namespace gnatter::transport

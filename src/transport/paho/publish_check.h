// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "transport/packets.h"

namespace gnatter::transport {

/// What goes beside user properties, so that other clients know the payload for text.
inline constexpr std::string_view text_content_type = "text/plain;charset=utf-8";

/// Bytes of the PUBLISH packet, fixed header included (MQTT 5, 3.3; 3.1.1 without properties).
std::size_t publish_packet_size(const Publication& publication, int mqtt_version);

/// Why the broker must not see this publish: it would close the line, and a resend would close it again, for
/// ever. Nothing when it may go out. Wildcards and bytes that are no UTF-8 in a topic are mistakes of ours.
std::optional<Outcome> refuse_publish(const Publication& publication, int mqtt_version,
                                      std::optional<std::uint32_t> maximum_packet_size);

/// Likewise for the filter of a SUBSCRIBE or UNSUBSCRIBE: wildcards stand for whole levels, `#` for the last.
std::optional<Outcome> refuse_filter(std::string_view filter);

}  // namespace gnatter::transport

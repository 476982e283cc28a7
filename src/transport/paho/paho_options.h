// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mqtt/connect_options.h>
#include <mqtt/disconnect_options.h>
#include <mqtt/message.h>

#include <string>

#include "transport/packets.h"

namespace gnatter::transport {

/// Between our values and Paho's.

std::string server_uri(const ConnectPlan& plan);

/// Writes the plan into `options`, in place: connect_options of 1.2.0, once copied or moved, points to the
/// properties of the object it came from. Keep it where it is until connect() has returned.
void fill_connect_options(mqtt::connect_options& options, const ConnectPlan& plan, int mqtt_version);

/// DISCONNECT; `keep_session` false: the broker is to forget the session (MQTT 5, 3.14.2.2.2).
mqtt::disconnect_options make_disconnect_options(bool keep_session, int mqtt_version);

/// For a SUBSCRIBE of MQTT 5: the filter's identifier.
mqtt::properties make_subscribe_properties(const std::string& filter);

mqtt::message_ptr make_message(const Publication& publication, int mqtt_version);
Incoming make_incoming(const mqtt::message& message);

}  // namespace gnatter::transport

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace gnatter::app {

/// The packet with which `user` would log in over MQTT 3.1.1, with a clean session and no client id.
std::string local_connect_packet(const std::string& user, const std::string& password);

enum class LocalAnswer { accepted, refused, none };

/// Logs in at 127.0.0.1:`port` and out again, to see whether a broker is there that knows this password: so
/// no client is told of a wrong one while the broker has yet to read it. Blocks, 1 s at most for a step.
LocalAnswer try_local_login(std::uint16_t port, const std::string& user, const std::string& password);

/// Whether anybody listens on 127.0.0.1:`port`.
bool local_port_answers(std::uint16_t port);

/// `wanted` when mosquitto could listen on it on 127.0.0.1, else a port on which it can. Throws
/// std::system_error when there is none.
std::uint16_t usable_local_port(std::uint16_t wanted);

}  // namespace gnatter::app

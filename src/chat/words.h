// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/time_text.h"
#include "chat/session.h"
#include "transport/packets.h"

/// The sentences of the client: each says what happened, what it means and what to do; a code stands in
/// brackets, never alone. Arguments that came from a network are safe to show already.
namespace gnatter::chat::words {

/// "HOST:PORT", after the name where there is one: "local (127.0.0.1:41883)".
std::string address(const Account& account);

std::string connected(const Account& account, const transport::Opened& opened);
/// "MQTT 5, TLS 1.3".
std::string protocols(const transport::Opened& opened);
/// Nothing when nobody on the way can read along: over TLS, and on loopback.
std::optional<std::string> plain_line(const Account& account);
/// `retry_in`: nothing when it is not tried again by itself.
std::string failed(const Account& account, const transport::Failure& failure,
                   std::optional<std::chrono::milliseconds> retry_in);
std::string lost(std::string_view network, const transport::Lost& lost,
                 std::optional<std::chrono::milliseconds> retry_in);
/// The line broke three times as soon as it stood.
std::string perhaps_taken_over(std::string_view network, std::string_view client_id);
std::string back(std::string_view network, std::size_t waiting);

/// `target` as the user writes it.
std::string not_sent(std::string_view network, std::string_view user, std::string_view target,
                     const transport::Outcome& outcome);
std::string may_not_read(std::string_view network, std::string_view user, std::string_view what,
                         const SubscribeAnswer& answer);
std::string no_echo(std::string_view network, std::string_view group, int mqtt_version);
std::string joined(std::string_view network, std::string_view group);
std::string not_here(std::string_view user);

/// "18:04", of another day "Sat 21 Nov 18:04".
std::string moment(base::Time time);

/// `: "text"` for the end of a sentence, cut where it is long; nothing for no text.
std::string quoted(std::string_view text);

/// " (0x87)", or nothing for no code.
std::string code(int code);

}  // namespace gnatter::chat::words

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time_text.h"
#include "protocol/ulid.h"
#include "protocol/user_properties.h"

namespace gnatter::protocol {

/// X2: what a message is. `notice` marks an automatic reply, which robots never answer.
enum class Kind { message, action, notice };

/// A chat message without its topic. `text` of an action stands without "/me ".
struct Message {
  Kind kind = Kind::message;
  std::string text;
  std::optional<Ulid> id;             ///< of a sender that gives ids
  std::optional<base::Time> sent_at;  ///< the sender's claim
};

/// On the wire (P5, P6, P14): the payload is the plain text, everything else beside it.
struct Encoded {
  std::string payload;
  UserProperties properties;
};
Encoded encode(const Message& message);

/// The way back. Never fails: properties that are missing, too long or malformed are as if absent. Without a
/// kind the prefix "/me " makes an action (P14). `text` is as it came, not yet safe to show.
Message decode(std::string_view payload, const UserProperties& properties);

/// The moment to show for a message that arrived at `arrived`: the sender's claim, unless it lies more than
/// five minutes in the future or before 2000, or there is none.
base::Time shown_time(const Message& message, base::Time arrived);

}  // namespace gnatter::protocol

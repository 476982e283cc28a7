// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gnatter/protocol.h"

namespace gnatter::protocol {

/// Everything that `user` writes to one person, from any device (X5); the name must have passed name_error().
inline std::string own_message_filter(std::string_view user) {
  return user_message_topic("+", user);
}
/// Everything in every group.
inline constexpr std::string_view filter_all_groups = "/chat/group/+/message/+";

/// A topic of P5 or P6, taken apart. The views point into the topic.
struct MessageTopic {
  NameKind to_kind = NameKind::user;  ///< whether `to` is a user or a group
  std::string_view to;
  std::string_view sender;  ///< the last level: nothing else says who wrote (P12)
};

/// Nothing when `topic` is none of P5 and P6 or a name in it is not allowed (P11).
std::optional<MessageTopic> parse_message_topic(std::string_view topic);

/// Whether `filter` takes in `topic` (MQTT 5, 4.7). Both are well formed.
bool topic_matches(std::string_view filter, std::string_view topic);

/// A name that our own user gave, in normal form C (P11). Throws base::UserError with a sentence that shows
/// the name safely and says what is wrong with it.
std::string own_name(std::string_view given, NameKind kind);

}  // namespace gnatter::protocol

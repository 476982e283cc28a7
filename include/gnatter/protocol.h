// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The chat protocol's topics, statuses and the rule for names, as the client and its plugins share them.
// Pure, standard library only, callable from any thread.

#include <optional>
#include <string>
#include <string_view>

#include "gnatter/utf8.h"

namespace gnatter::protocol {

/// QoS by kind of topic (P1 to P6): used to publish and to subscribe.
inline constexpr int qos_login = 2;
inline constexpr int qos_logout = 2;
inline constexpr int qos_active = 1;
inline constexpr int qos_status = 0;
inline constexpr int qos_user_message = 2;
inline constexpr int qos_group_message = 1;

inline constexpr std::string_view topic_login = "/chat/login";
inline constexpr std::string_view topic_logout = "/chat/logout";
inline constexpr std::string_view topic_active = "/chat/active";
inline constexpr std::string_view filter_all_statuses = "/chat/user/+/status";

enum class NameKind { user, group };

inline constexpr std::size_t max_name_bytes = 64;

/// Why `name` is not a user's or a group's name (P11), as the end of a sentence ("... must not be empty");
/// nothing when it is one. Names are compared by bytes. Does not check Unicode normalisation: names of others
/// are taken as they come.
constexpr std::optional<std::string_view> name_error(std::string_view name, NameKind kind) {
  if (name.empty()) return "must not be empty";
  if (name.size() > max_name_bytes) return "must not be longer than 64 bytes";
  if (name == "*") return "must not be *";
  char32_t first = 0, last = 0;
  for (std::string_view rest = name; !rest.empty();) {
    const utf8::CodePoint point = utf8::decode(rest);
    if (point.length == 0) return "must be valid UTF-8";
    if (utf8::is_control(point.value)) return "must not hold control characters";
    if (point.value == '/' || point.value == '+' || point.value == '#')
      return "must not hold /, + or #, which MQTT topics use";
    if (point.value == ':' && kind == NameKind::user)
      return "must not hold a colon, which brokers' password files use";
    if (rest.size() == name.size()) first = point.value;
    last = point.value;
    rest.remove_prefix(point.length);
  }
  if (utf8::is_blank(first) || utf8::is_blank(last)) return "must not begin or end with a blank";
  return std::nullopt;
}

constexpr bool is_user_name(std::string_view name) {
  return !name_error(name, NameKind::user);
}
constexpr bool is_group_name(std::string_view name) {
  return !name_error(name, NameKind::group);
}

/// P4: what a user tells of itself.
enum class Status { online, away, dnd };

/// The payload of P4, these bytes exactly.
constexpr std::string_view to_payload(Status status) {
  switch (status) {
    case Status::online:
      return "ONLINE";
    case Status::away:
      return "AWAY";
    case Status::dnd:
      return "DO NOT DISTURB";
  }
  return "ONLINE";
}

constexpr std::optional<Status> status_from_payload(std::string_view payload) {
  for (Status status : {Status::online, Status::away, Status::dnd})
    if (payload == to_payload(status)) return status;
  return std::nullopt;
}

/// Topics of one user or group. The names must have passed name_error().
inline std::string status_topic(std::string_view user) {
  return "/chat/user/" + std::string(user) + "/status";
}
inline std::string user_message_topic(std::string_view receiver, std::string_view sender) {
  return "/chat/user/" + std::string(receiver) + "/message/" + std::string(sender);
}
inline std::string group_message_topic(std::string_view group, std::string_view sender) {
  return "/chat/group/" + std::string(group) + "/message/" + std::string(sender);
}
/// Filters: everything for `user`, everything in `group`.
inline std::string user_message_filter(std::string_view user) {
  return user_message_topic(user, "+");
}
inline std::string group_message_filter(std::string_view group) {
  return group_message_topic(group, "+");
}

/// The level of P4's topic where the user stands, whether its name is allowed or not (name_error); nothing
/// when the topic is another one.
constexpr std::optional<std::string_view> user_of_status_topic(std::string_view topic) {
  constexpr std::string_view head = "/chat/user/", tail = "/status";
  if (!topic.starts_with(head) || !topic.ends_with(tail) || topic.size() < head.size() + tail.size())
    return std::nullopt;
  topic.remove_prefix(head.size());
  topic.remove_suffix(tail.size());
  return topic;
}

}  // namespace gnatter::protocol

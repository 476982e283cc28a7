// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/message.h"

namespace gnatter::protocol {
namespace {

constexpr std::string_view action_prefix = "/me ";

constexpr std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::message:
      return "message";
    case Kind::action:
      return "action";
    case Kind::notice:
      return "notice";
  }
  return "message";
}

std::optional<Kind> kind_named(std::string_view name) {
  for (Kind kind : {Kind::message, Kind::action, Kind::notice})
    if (name == name_of(kind)) return kind;
  return std::nullopt;
}

/// The first value under `name`: a second one is somebody's addition.
std::string_view find(const UserProperties& properties, std::string_view name) {
  for (const auto& [key, value] : properties)
    if (key == name) return value;
  return {};
}

}  // namespace

Encoded encode(const Message& message) {
  Encoded out;
  if (message.kind == Kind::action) out.payload = action_prefix;
  out.payload += message.text;
  if (message.id) out.properties.emplace_back("id", message.id->text());
  if (message.sent_at) out.properties.emplace_back("ts", base::utc_rfc3339(*message.sent_at));
  out.properties.emplace_back("kind", name_of(message.kind));
  return out;
}

Message decode(std::string_view payload, const UserProperties& properties) {
  Message message;
  const auto kind = kind_named(find(properties, "kind"));
  const bool prefixed = payload.starts_with(action_prefix);
  message.kind = kind.value_or(prefixed ? Kind::action : Kind::message);
  if (message.kind == Kind::action && prefixed) payload.remove_prefix(action_prefix.size());
  message.text = payload;
  message.id = Ulid::parse(find(properties, "id"));
  message.sent_at = base::parse_utc_rfc3339(find(properties, "ts"));
  return message;
}

base::Time shown_time(const Message& message, base::Time arrived) {
  constexpr base::Time earliest{std::chrono::sys_days{std::chrono::year{2000} / 1 / 1}};
  const bool believable = message.sent_at && *message.sent_at >= earliest &&
                          *message.sent_at <= arrived + std::chrono::minutes(5);
  return believable ? *message.sent_at : arrived;
}

}  // namespace gnatter::protocol

// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/topic.h"

#include "base/text.h"
#include "base/user_error.h"

namespace gnatter::protocol {
namespace {

/// Takes `prefix` off the front of `text`, if it stands there.
bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

/// The level at the front of `rest`, taken off with its slash; at the end nothing is left.
std::string_view take_level(std::optional<std::string_view>& rest) {
  const std::size_t slash = rest->find('/');
  const std::string_view level = rest->substr(0, slash);
  if (slash == rest->npos)
    rest.reset();
  else
    rest->remove_prefix(slash + 1);
  return level;
}

}  // namespace

bool topic_matches(std::string_view filter, std::string_view topic) {
  const bool starts_wild = filter.starts_with('+') || filter.starts_with('#');
  if (starts_wild && topic.starts_with('$')) return false;
  std::optional<std::string_view> wanted(filter), given(topic);
  while (wanted && given) {
    const std::string_view level = take_level(wanted);
    if (level == "#") return true;
    if (take_level(given) != level && level != "+") return false;
  }
  return !given && (!wanted || *wanted == "#");  // "a/#" takes in "a" as well
}

std::optional<MessageTopic> parse_message_topic(std::string_view topic) {
  MessageTopic parts;
  if (take(topic, "/chat/group/"))
    parts.to_kind = NameKind::group;
  else if (!take(topic, "/chat/user/"))
    return std::nullopt;
  const std::size_t slash = topic.find('/');
  if (slash == topic.npos) return std::nullopt;
  parts.to = topic.substr(0, slash);
  topic.remove_prefix(slash);
  if (!take(topic, "/message/")) return std::nullopt;
  parts.sender = topic;
  if (name_error(parts.to, parts.to_kind) || !is_user_name(parts.sender)) return std::nullopt;
  return parts;
}

std::string own_name(std::string_view given, NameKind kind) {
  const auto refuse = [&](std::string_view reason) {
    constexpr std::size_t shown_bytes = 80;
    std::string shown = base::safe_text(given.substr(0, shown_bytes));
    if (given.size() > shown_bytes) shown += "…";
    throw base::UserError('"' + shown + "\" is no " + (kind == NameKind::user ? "user" : "group") +
                          " name: it " + std::string(reason) + '.');
  };
  if (!utf8::valid(given)) refuse("must be valid UTF-8");
  const auto normal = base::to_nfc(given.substr(0, 16 * max_name_bytes));  // cut or not, far too long
  if (!normal || given.size() > 16 * max_name_bytes) refuse("must not be longer than 64 bytes");
  if (const auto error = name_error(*normal, kind)) refuse(*error);
  return *normal;
}

}  // namespace gnatter::protocol

// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/filter.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "base/user_error.h"
#include "gnatter/utf8.h"

namespace gnatter::protocol {
namespace {

constexpr std::size_t most_bytes = 65'535;  // MQTT 5, 1.5.4
constexpr std::string_view share = "$share/";

std::string shown(std::string_view text) {
  constexpr std::size_t most = 80;
  return base::safe_row(text.substr(0, most)) + (text.size() > most ? "…" : "");
}

void check_bytes(std::string_view text, std::string_view what) {
  const std::string one(what);
  if (text.empty()) throw base::UserError("A " + one + " is missing: sensors/kitchen, for instance.");
  if (text.size() > most_bytes) throw base::UserError("A " + one + " has at most 65,535 bytes.");
  if (!utf8::valid(text)) throw base::UserError("A " + one + " is valid UTF-8, " + shown(text) + " is not.");
  for (std::string_view rest = text; !rest.empty();) {
    const utf8::CodePoint point = utf8::decode(rest);
    if (utf8::is_control(point.value))
      throw base::UserError("A " + one + " has no control characters in it, " + shown(text) + " has.");
    rest.remove_prefix(point.length);
  }
}

[[noreturn]] void refuse(std::string_view filter, const std::string& why) {
  throw base::UserError(shown(filter) + " is no filter: " + why);
}

std::string without_wildcards(std::string_view level) {
  std::string bare(level);
  std::erase_if(bare, [](char c) { return c == '+' || c == '#'; });
  return bare;
}

/// `before`: the levels in front, with their slash.
void check_level(std::string_view filter, std::string_view before, std::string_view level, bool last) {
  const std::string front = shown(before);
  if (level == "#" && !last)
    refuse(filter, "# stands for all that is below, and only at the end: " + front + '#');
  if (level == "#" || level == "+" || level.find_first_of("+#") == level.npos) return;
  const std::string bare = shown(without_wildcards(level));
  if (level.find('#') != level.npos)
    refuse(filter, "# stands alone between slashes: " + front + bare + "/# takes all that is below " + front +
                       bare + '.');
  refuse(filter, "+ stands alone between slashes, for one whole level: " + front + "+ takes all of them.");
}

}  // namespace

std::string_view matched_part(std::string_view filter) {
  if (!filter.starts_with(share)) return filter;
  const std::size_t slash = filter.find('/', share.size());
  return slash == filter.npos ? std::string_view() : filter.substr(slash + 1);
}

void check_filter(std::string_view filter) {
  check_bytes(filter, "filter");
  if (filter.starts_with(share)) {
    const std::string_view name = filter.substr(share.size(), filter.find('/', share.size()) - share.size());
    if (name.empty() || name.find_first_of("+#") != name.npos || matched_part(filter).empty())
      refuse(filter, "shared, it is $share/NAME/FILTER, without + or # in the name.");
  }
  const std::string_view part = matched_part(filter);
  for (std::size_t at = 0; at <= part.size();) {
    const std::size_t end = std::min(part.find('/', at), part.size());
    check_level(filter, part.substr(0, at), part.substr(at, end - at), end == part.size());
    at = end + 1;
  }
}

void check_topic(std::string_view topic) {
  check_bytes(topic, "topic");
  if (topic.find_first_of("+#") != topic.npos)
    throw base::UserError(shown(topic) +
                          " stands for many topics: + and # are for /sub. Something is published " +
                          "on one topic. Nothing was sent.");
}

}  // namespace gnatter::protocol

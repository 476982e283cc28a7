// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topic_parts.h"

#include <algorithm>

#include "protocol/filter.h"

namespace gnatter::ui {
namespace {

std::size_t level_end(std::string_view text, std::size_t begin) {
  return std::min(text.find('/', begin), text.size());
}

}  // namespace

/// A slash belongs to the level in front of it, and is fixed as long as the filter has one there.
std::vector<std::string_view> fixed_parts(std::string_view filter, std::string_view topic) {
  filter = protocol::matched_part(filter);
  std::vector<std::string_view> parts;
  for (std::size_t in_filter = 0, at = 0; in_filter <= filter.size() && at <= topic.size();) {
    const std::size_t filter_end = level_end(filter, in_filter), end = level_end(topic, at);
    const std::string_view wanted = filter.substr(in_filter, filter_end - in_filter);
    if (wanted == "#") break;
    const std::size_t from = wanted == "+" ? end : at, to = std::min(end + 1, topic.size());
    const bool goes_on = !parts.empty() && parts.back().data() + parts.back().size() == topic.data() + from;
    if (goes_on)
      parts.back() = {parts.back().data(), parts.back().size() + (to - from)};
    else if (from < to)
      parts.push_back(topic.substr(from, to - from));
    in_filter = filter_end + 1;
    at = end + 1;
  }
  return parts;
}

}  // namespace gnatter::ui

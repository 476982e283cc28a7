// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/seen_groups.h"

#include <algorithm>

namespace gnatter::chat {
namespace {

using Place = std::pair<const std::string, SeenGroups::Entry>;

/// Nothing is older than any time.
bool is_older(const Place& a, const Place& b) {
  return a.second.last < b.second.last;
}

}  // namespace

SeenGroups::Entry& SeenGroups::entry_of(std::string_view group) {
  const auto found = groups_.find(group);
  if (found != groups_.end()) return found->second;
  if (groups_.size() == most) groups_.erase(std::min_element(groups_.begin(), groups_.end(), is_older));
  return groups_[std::string(group)];
}

void SeenGroups::note(std::string_view group) {
  entry_of(group);
}

void SeenGroups::note_line(std::string_view group, std::string_view sender, base::Time time) {
  Entry& entry = entry_of(group);
  ++entry.lines;
  entry.last_sender = sender;
  entry.last = time;
}

std::vector<std::string> SeenGroups::by_news() const {
  std::vector<const Place*> places;
  for (const auto& place : groups_) places.push_back(&place);
  std::stable_sort(places.begin(), places.end(),
                   [](const Place* a, const Place* b) { return is_older(*b, *a); });
  std::vector<std::string> names;
  for (const Place* place : places) names.push_back(place->first);
  return names;
}

}  // namespace gnatter::chat

// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/awaited_echoes.h"

#include <algorithm>
#include <functional>

namespace gnatter::chat {
namespace {

std::size_t hash_of(std::string_view payload) {
  return std::hash<std::string_view>{}(payload);
}

}  // namespace

void AwaitedEchoes::add(std::string_view place, const protocol::Ulid& id, std::string_view payload) {
  if (awaited_.size() == most) awaited_.pop_front();
  awaited_.push_back({std::string(place), id, hash_of(payload), std::nullopt});
}

void AwaitedEchoes::acknowledged(const protocol::Ulid& id, Moment now) {
  for (Awaited& entry : awaited_)
    if (entry.id == id) entry.acknowledged = now;
}

void AwaitedEchoes::forget(const protocol::Ulid& id) {
  std::erase_if(awaited_, [&](const Awaited& entry) { return entry.id == id; });
}

bool AwaitedEchoes::take(std::string_view place, const std::optional<protocol::Ulid>& id,
                         std::string_view payload) {
  const std::size_t hash = hash_of(payload);
  const auto found = std::find_if(awaited_.begin(), awaited_.end(), [&](const Awaited& entry) {
    return entry.place == place && (id ? entry.id == *id : entry.payload_hash == hash);
  });
  if (found == awaited_.end()) return false;
  awaited_.erase(found);
  return true;
}

std::vector<std::string> AwaitedEchoes::overdue(Moment limit) {
  std::vector<std::string> places;
  std::erase_if(awaited_, [&](const Awaited& entry) {
    const bool late = entry.acknowledged && *entry.acknowledged <= limit;
    if (late && std::find(places.begin(), places.end(), entry.place) == places.end())
      places.push_back(entry.place);
    return late;
  });
  return places;
}

void AwaitedEchoes::clear_acknowledged() {
  std::erase_if(awaited_, [](const Awaited& entry) { return entry.acknowledged.has_value(); });
}

void AwaitedEchoes::clear(std::string_view place) {
  std::erase_if(awaited_, [&](const Awaited& entry) { return entry.place == place; });
}

}  // namespace gnatter::chat

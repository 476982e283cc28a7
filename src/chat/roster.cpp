// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/roster.h"

#include <utility>
#include <vector>

namespace gnatter::chat {

bool Roster::allowed(std::string_view name) {
  if (protocol::is_user_name(name)) return true;
  dropped.emit();
  return false;
}

bool Roster::here(std::string_view name, Report::Kind how) {
  if (!allowed(name)) return false;
  const auto [entry, fresh] = entries_.try_emplace(std::string(name));
  if (fresh) entry->second.since = base::now();
  const bool was_frozen = std::exchange(entry->second.frozen, false);
  if (was_frozen) entry->second.status.reset();  // who is away still says so again (P4)
  if (how == Report::Kind::active) entry->second.answered = base::now();
  reported.emit({how, name, std::nullopt, fresh || was_frozen});
  return true;
}

bool Roster::left(std::string_view name) {
  if (!allowed(name)) return false;
  const auto found = entries_.find(name);
  const bool known = found != entries_.end();
  if (known) entries_.erase(found);
  reported.emit({Report::Kind::logout, name, std::nullopt, known});
  return true;
}

void Roster::wrote(std::string_view name) {
  constexpr std::size_t most = 10'000;  // of names that only wrote: a topic is made up faster than a login
  if (entries_.size() >= most && !entries_.contains(name)) return;
  const auto [entry, fresh] = entries_.try_emplace(std::string(name));
  if (fresh) entry->second.since = base::now();
  entry->second.frozen = false;
}

bool Roster::set_status(std::string_view name, protocol::Status status) {
  if (!allowed(name)) return false;
  tells_statuses_ = true;
  Entry& entry = entries_.try_emplace(std::string(name)).first->second;
  const bool news = entry.status != status || entry.frozen;
  if (entry.status != status) entry.since = base::now();
  entry.status = status;
  entry.frozen = false;
  reported.emit({Report::Kind::status, name, status, news});
  return true;
}

std::optional<protocol::Status> Roster::shown_status(const Entry& entry, base::Time now) const {
  constexpr auto patience = std::chrono::seconds(2);
  if (entry.status || !tells_statuses_ || entry.frozen) return entry.status;
  const bool would_have_told = entry.answered && now - *entry.answered >= patience;
  return would_have_told ? std::optional(protocol::Status::online) : std::nullopt;
}

void Roster::freeze() {
  for (auto& [name, entry] : entries_) entry.frozen = true;
}

void Roster::drop_frozen() {
  std::vector<std::string> gone;
  for (const auto& [name, entry] : entries_)
    if (entry.frozen) gone.push_back(name);
  for (const std::string& name : gone) left(name);
}

void Roster::clear() {
  entries_.clear();
  tells_statuses_ = false;
}

}  // namespace gnatter::chat

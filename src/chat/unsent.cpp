// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/unsent.h"

#include <algorithm>

namespace gnatter::chat {
namespace {

constexpr std::ptrdiff_t most_refused = 100;

}  // namespace

UnsentLine& Unsent::add(UnsentLine line) {
  lines_.push_back(std::move(line));
  return lines_.back();
}

UnsentLine* Unsent::find(const protocol::Ulid& id) {
  const auto found =
      std::find_if(lines_.begin(), lines_.end(), [&](const UnsentLine& line) { return line.id == id; });
  return found == lines_.end() ? nullptr : &*found;
}

void Unsent::mark_refused(const protocol::Ulid& id) {
  UnsentLine* const line = find(id);
  if (!line) return;
  line->refused = true;
  const auto is_refused = [](const UnsentLine& one) { return one.refused; };
  if (std::count_if(lines_.begin(), lines_.end(), is_refused) > most_refused)
    lines_.erase(std::find_if(lines_.begin(), lines_.end(), is_refused));
}

void Unsent::remove(const protocol::Ulid& id) {
  std::erase_if(lines_, [&](const UnsentLine& line) { return line.id == id; });
}

}  // namespace gnatter::chat

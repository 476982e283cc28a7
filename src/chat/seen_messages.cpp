// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/seen_messages.h"

namespace gnatter::chat {

bool SeenMessages::add(std::string_view sender, const protocol::Ulid& id) {
  std::string key(id.bytes.begin(), id.bytes.end());
  key += sender;
  const auto [entry, fresh] = keys_.insert(std::move(key));
  if (!fresh) return false;
  order_.push_back(&*entry);  // elements of an unordered_set stay where they are
  if (order_.size() > most) {
    keys_.erase(*order_.front());
    order_.pop_front();
  }
  return true;
}

}  // namespace gnatter::chat

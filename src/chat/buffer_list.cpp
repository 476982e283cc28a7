// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/buffer_list.h"

#include <algorithm>

namespace gnatter::chat {

Buffer* BufferList::find(const Network& network, BufferKind kind, std::string_view name) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return entry.network == &network && entry.buffer->kind() == kind && entry.buffer->name() == name;
  });
  return found == entries_.end() ? nullptr : found->buffer.get();
}

Buffer& BufferList::open(Network& network, BufferKind kind, std::string_view name) {
  if (Buffer* buffer = find(network, kind, name)) return *buffer;
  entries_.push_back({&network, std::make_unique<Buffer>(kind, std::string(name))});
  Buffer& buffer = *entries_.back().buffer;
  if (!current_) current_ = &buffer;
  opened.emit(network, buffer);
  return buffer;
}

void BufferList::close_all(const Network& network) {
  const auto leaves = [&](const Entry& entry) { return entry.network == &network; };
  if (current_network() == &network) current_ = nullptr;
  std::erase_if(entries_, leaves);
  if (!current_ && !entries_.empty()) current_ = entries_.front().buffer.get();
}

Network* BufferList::current_network() const {
  for (const Entry& entry : entries_)
    if (entry.buffer.get() == current_) return entry.network;
  return nullptr;
}

}  // namespace gnatter::chat

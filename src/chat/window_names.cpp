// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/window_names.h"

#include <algorithm>

#include "chat/network.h"

namespace gnatter::chat {

std::string window_name(const BufferList::Entry& entry) {
  return entry.buffer->kind() == BufferKind::network ? entry.network->name() : entry.buffer->shown_name();
}

std::string full_window_name(const BufferList::Entry& entry) {
  return entry.buffer->kind() == BufferKind::network
             ? entry.network->name()
             : entry.network->name() + '/' + entry.buffer->shown_name();
}

bool needs_network(const BufferList& windows, const Network& network, const Buffer& window) {
  if (window.kind() == BufferKind::network || &network == windows.current_network()) return false;
  const auto& all = windows.entries();
  return std::any_of(all.begin(), all.end(), [&](const BufferList::Entry& other) {
    return other.network != &network && other.buffer->kind() == window.kind() &&
           other.buffer->name() == window.name();
  });
}

std::string name_among(const BufferList& windows, const BufferList::Entry& entry) {
  return needs_network(windows, *entry.network, *entry.buffer) ? full_window_name(entry) : window_name(entry);
}

}  // namespace gnatter::chat

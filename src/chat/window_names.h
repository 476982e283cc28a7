// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "chat/buffer_list.h"

namespace gnatter::chat {

/// As the user calls a window: "#dev", "bob", the network's name for its own.
std::string window_name(const BufferList::Entry& entry);

/// With the network before it, as a TARGET has it: "work/#dev"; a network's own stays as it is.
std::string full_window_name(const BufferList::Entry& entry);

/// Whether its name alone would be taken for the current network's: it is of another one, and a third or the
/// current one has a window of that name.
bool needs_network(const BufferList& windows, const Network& network, const Buffer& window);

/// The shortest name that nobody takes for another window's.
std::string name_among(const BufferList& windows, const BufferList::Entry& entry);

}  // namespace gnatter::chat

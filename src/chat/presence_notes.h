// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/event_loop.h"
#include "chat/client.h"

namespace gnatter::chat {

/// Who came, who left and how they are, as quiet lines (LineKind::presence): what happens within `gathering`
/// is one line in each window that it concerns: the network's own, the person's, and the groups where that
/// person spoke in the last seven days. Only a front end with windows wants them. One thread.
class PresenceNotes {
 public:
  PresenceNotes(base::EventLoop& loop, Client& client,
                std::chrono::milliseconds gathering = std::chrono::seconds(2));
  ~PresenceNotes();
  PresenceNotes(const PresenceNotes&) = delete;
  PresenceNotes& operator=(const PresenceNotes&) = delete;

 private:
  class OfNetwork;
  base::EventLoop& loop_;
  const std::chrono::milliseconds gathering_;
  std::vector<std::unique_ptr<OfNetwork>> networks_;
  Subscription added_;
};

}  // namespace gnatter::chat

// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/presence_notes.h"

namespace gnatter::chat {

class PresenceNotes::OfNetwork {};

PresenceNotes::PresenceNotes(base::EventLoop& loop, Client&) : loop_(loop) {
  static_cast<void>(loop_);
}
PresenceNotes::~PresenceNotes() = default;

}  // namespace gnatter::chat

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "chat/buffer.h"
#include "transport/packets.h"

namespace gnatter::chat {

/// A message that stands in its window now, somebody's or one's own. Lives for the call.
struct Spoken {
  Buffer& window;
  const Line& line;
  const transport::Incoming* incoming;  ///< null: one's own, just said
  bool mine;                            ///< the sender bears our name: this client, or another device of ours
  bool queued;                          ///< kept by the broker while we were away, or retained
  std::optional<base::Time> sent_at;    ///< as its sender says
  base::Time arrived_at;
};

}  // namespace gnatter::chat

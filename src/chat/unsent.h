// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "chat/line.h"
#include "chat/target.h"
#include "protocol/message.h"

namespace gnatter::chat {

/// One's own line that no broker has taken: it waits, or it was refused (C7).
struct UnsentLine {
  protocol::Ulid id;
  Target target;
  LineNumber line = 0;  ///< in the target's window, as long as that one stays
  protocol::Kind kind = protocol::Kind::message;
  std::string text;  ///< as it was typed: not safe to show
  base::Time time{};
  std::uint64_t ticket = 0;  ///< in the transport::Outbox
  bool refused = false;
};

/// What one network's broker has not taken, in the order written; of those refused the latest 100. One
/// thread.
class Unsent {
 public:
  /// The reference holds until the next call.
  UnsentLine& add(UnsentLine line);
  [[nodiscard]] UnsentLine* find(const protocol::Ulid& id);
  void mark_refused(const protocol::Ulid& id);
  void remove(const protocol::Ulid& id);
  void clear() { lines_.clear(); }
  [[nodiscard]] const std::deque<UnsentLine>& lines() const { return lines_; }

 private:
  std::deque<UnsentLine> lines_;
};

}  // namespace gnatter::chat

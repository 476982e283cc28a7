// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_set>

#include "protocol/ulid.h"

namespace gnatter::chat {

/// The ids of the messages that have been taken, each with its sender, so that one that comes again is known
/// (X2). In memory, the newest 65,536. One thread.
class SeenMessages {
 public:
  /// Whether this is the first time.
  bool add(std::string_view sender, const protocol::Ulid& id);

 private:
  static constexpr std::size_t most = 65'536;
  std::unordered_set<std::string> keys_;
  std::deque<const std::string*> order_;
};

}  // namespace gnatter::chat

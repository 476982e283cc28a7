// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/signal.h"
#include "chat/buffer.h"

namespace gnatter::chat {

class Network;

/// Lines from before: whoever keeps logs gives them, windows get them. One thread.
class Backlog {
 public:
  struct PastLine {
    base::Time time{};
    LineKind kind = LineKind::message;
    std::string sender, text;  ///< made safe to show here
  };
  struct Request {
    Network& network;
    const Buffer& window;
    std::optional<PastLine> before;  ///< the oldest line of conversation there; nothing: from the newest kept
    std::size_t most = 0;
  };
  /// Gives the lines before that one, the oldest first; none when there are none. Throws nothing. What is not
  /// conversation (message, action, notice, presence, error), or of no year from 1970 to 9999, is left out;
  /// of more than `most` the latest are taken.
  using Source = std::function<std::vector<PastLine>(const Request&)>;

  /// The latest source that has anything is the one that is asked.
  [[nodiscard]] Subscription add_source(Source source);

  /// Puts the lines before what `window` has in front of it, `most` of them. False: there were none, or the
  /// window is full.
  bool load(Network& network, Buffer& window, std::size_t most = 500);

  /// The oldest line of conversation that stands there.
  [[nodiscard]] static std::optional<PastLine> oldest_of(const Buffer& window);

  /// From inside add_source(): who listens asks in a later turn.
  base::Signal<> source_added;

 private:
  [[nodiscard]] std::vector<PastLine> ask(const Request& request) const;

  std::shared_ptr<std::vector<std::pair<int, Source>>> sources_ =
      std::make_shared<std::vector<std::pair<int, Source>>>();
  int next_ = 0;
};

}  // namespace gnatter::chat

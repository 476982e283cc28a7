// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a plugin is told. Events, and all views and references in them, live for the call.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "gnatter/network.h"
#include "gnatter/values.h"

namespace gnatter {

/// Which messages of others a hook wants.
enum class Scope {
  live,  ///< said just now: for whoever answers. None that were kept by the broker or retained, none that are
         ///< automatic, none of one's own
  all,   ///< every one, one's own too: for whoever keeps them
};

/// There is no default: a bot that takes all answers 400 old questions when it comes back.
struct Want {
  Scope scope;
  bool direct = false;
  bool group = false;
};

/// A message that stands in its window: somebody's, or one's own as it was sent; not what this plugin said.
struct MessageEvent {
  Network& network;
  WindowId window;
  const Target& target;     ///< the group, or whom one talks with: where an answer goes
  std::string_view sender;  ///< safe to show, as `text` is: UTF-8, tab and newline the only controls
  std::string_view text;
  LineKind kind;                ///< message, action or notice
  bool automatic;               ///< no person wrote it: it is not answered, and nobody is alarmed
  bool mine;                    ///< one's own, from another device too
  bool mentions_me;             ///< a word of it is the own name, in a group
  bool queued;                  ///< the broker kept it while this client was away, or it was retained
  std::optional<Time> sent_at;  ///< as the sender's clock had it; one's own: now
  Time arrived_at;
  std::string_view topic;  ///< of others' messages; empty for one's own
  int qos;
  bool retained;

  Time time() const { return sent_at.value_or(arrived_at); }
};

/// A line that entered the window of a group or a user. Lines from the log are not told.
struct LineEvent {
  Network& network;
  WindowId window;
  const Target& target;
  LineKind kind;
  std::string_view sender;  ///< safe to show, as `text` is; empty where nobody speaks
  std::string_view text;
  Time time;  ///< sent, where that is known, else arrived
  bool mine;
  /// Its place in the network's journal: it grows with every line, from one run to the next too. A line that
  /// is told again after a crash has the one it had.
  std::uint64_t position;
};

/// One's own status is another.
struct SelfStatusEvent {
  Network& network;
  Status old;
  Status now;
};

/// A window wants lines from before (Host::add_history).
struct HistoryRequest {
  const Network& network;
  WindowId window;
  const Target& target;
  std::optional<Line> before;  ///< the oldest line that stands there; nothing: from the newest one kept
  std::size_t most;
};

}  // namespace gnatter

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/signal.h"
#include "chat/client.h"

namespace gnatter::headless {

/// What happens in a client, as the lines of C10 (headless/event_lines.h): for standard output and for
/// programs that are attached. From its making on; of all networks and windows, those that come later too.
/// Where there are several networks, a window is called as a line of input has it: work/#dev. One thread.
class EventFeed {
 public:
  explicit EventFeed(chat::Client& client);

  /// What stands in the windows already, as events.
  void tell_what_is_there();

  /// One event, newline included.
  base::Signal<const std::string&> line;
  /// The broker has refused a line of ours.
  base::Signal<> refused;

 private:
  void follow(chat::Network& network);
  void follow(const chat::Network& network, chat::Buffer& window);
  [[nodiscard]] std::string_view shown(const chat::Network& network) const;

  chat::Client& client_;
  std::map<const chat::Buffer*, std::array<Subscription, 2>> windows_;
  std::vector<Subscription> listening_;
};

}  // namespace gnatter::headless

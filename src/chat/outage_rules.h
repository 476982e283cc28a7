// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time_text.h"
#include "chat/client.h"

namespace gnatter::chat {

/// A rule across the windows of a network whose line is lost, from when to when: at once in the window in
/// view, in others before the first that is said there meanwhile; one a window and outage. It also tells when
/// nobody tries to come back any more, since the reason stands in the network's own window alone. Only a
/// front end with windows wants them. One thread.
class OutageRules {
 public:
  explicit OutageRules(Client& client);

 private:
  struct Outage {
    base::Time since;
    std::optional<base::Time> stopped;  ///< tried no more by itself
    std::map<Buffer*, LineNumber> rules;
  };
  void follow(Network& network);
  void begin(Network& network);
  void stop(Network& network);
  [[nodiscard]] std::string text(Network& network, const Outage& outage) const;
  void mark(Network& network, Buffer& window);
  void end(const Network& network);

  Client& client_;
  std::map<const Network*, Outage> outages_;  // of networks that are off
  std::vector<Subscription> listening_;
};

}  // namespace gnatter::chat

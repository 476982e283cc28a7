// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/time_text.h"
#include "chat/client.h"
#include "ui/style.h"

namespace gnatter::ui {

/// How each network's line is, in the words of the status line. One thread.
class LinkWatch {
 public:
  /// `changed`: a line is another, or its countdown has begun.
  LinkWatch(chat::Client& client, std::function<void()> changed);

  struct Words {
    /// "tls", "cert", "local", "PLAIN", "connecting", "no answer 8 s", "OFF since 10:52, next try in 12 s"
    std::string text;
    std::string short_text;  ///< "OFF, next try 12 s"
    Role role = Role::bar_dim;
  };
  [[nodiscard]] Words words(const chat::Network& network) const;
  /// Since when the line stands, or has been lost.
  [[nodiscard]] base::Time since(const chat::Network& network) const;
  [[nodiscard]] bool off(const chat::Network& network) const;
  /// Whether the line has stood at least once: until then nobody can be known to be here.
  [[nodiscard]] bool has_been_up(const chat::Network& network) const { return link(network).ever_up; }
  /// Whether it stood, was lost, and has not come back or been connected anew since.
  [[nodiscard]] bool is_lost(const chat::Network& network) const { return link(network).lost; }
  /// It will not come back by itself: whoever connects now is somebody who asked for it.
  void forget_loss(const chat::Network& network) { links_[&network].lost = false; }
  /// Whether somewhere seconds are counted down.
  [[nodiscard]] bool counting() const;

 private:
  struct Link {
    bool was_up = false;
    bool ever_up = false;
    bool lost = false;
    base::Time since{};
    std::optional<base::EventLoop::Clock::time_point> next_try;
  };
  void follow(chat::Network& network);
  [[nodiscard]] const Link& link(const chat::Network& network) const;

  chat::Client& client_;
  const std::function<void()> changed_;
  std::map<const chat::Network*, Link> links_;
  std::vector<Subscription> listening_;
};

}  // namespace gnatter::ui

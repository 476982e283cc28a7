// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/append_files.h"
#include "base/signal.h"
#include "chat/client.h"
#include "chat/spoken.h"
#include "gnatter/host.h"
#include "gnatter/throttle.h"
#include "gnatter/values.h"

namespace gnatter::plugin_host {

/// What the hosts of all plugins share: the numbers of windows and lines, what is told of both, and the
/// limits on plugins that talk. One thread.
class Services {
 public:
  explicit Services(chat::Client& client);

  [[nodiscard]] WindowId id_of(const chat::Buffer& window) const;
  /// Null when it has been closed.
  [[nodiscard]] chat::Buffer* window(WindowId id) const;
  /// Whom one talks to there; nothing: nobody.
  [[nodiscard]] static std::optional<Target> target_of(const chat::Network& network,
                                                       const chat::Buffer& window);
  [[nodiscard]] chat::Network* network(NetworkId id) const;

  /// After what is being told now has been told: says it in the name of the user. See Host::say.
  void say_soon(std::string plugin, Target target, std::string text, SayOptions options);
  /// Whose line is being told now: the plugin's name; empty: nobody's.
  [[nodiscard]] const std::string& speaker() const { return speaker_; }
  /// In the window of the network, else of the first one.
  void complain(NetworkId network, const std::string& sentence) const;

  base::AppendFiles files;

  struct LineTold {
    chat::Network& network;
    chat::Buffer& window;
    const chat::Line& line;
    std::uint64_t position;
  };
  base::Signal<chat::Network&, const chat::Spoken&> spoken;
  base::Signal<const LineTold&> line;
  base::Signal<chat::Network&, Status, Status> self_status;
  /// It is still there, and goes after this.
  base::Signal<WindowId> closing;

 private:
  void follow(chat::Network& network);
  void follow(chat::Network& network, chat::Buffer& window);
  void say(const std::string& plugin, const Target& target, const std::string& text, SayOptions options,
           int chain);
  [[nodiscard]] bool may_say(const std::string& plugin, const Target& target, SayOptions options, int chain);
  std::uint64_t next_position();

  chat::Client& client_;
  WindowId next_window_ = 1;
  std::map<const chat::Buffer*, WindowId> ids_;
  std::map<WindowId, chat::Buffer*> windows_;
  std::uint64_t position_ = 0;
  int chain_ = 0;  // how many plugins led to the line that is being told
  std::string speaker_;
  Throttle automatic_, complaints_;
  std::map<const chat::Buffer*, Subscription> lines_;
  std::vector<Subscription> listening_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace gnatter::plugin_host

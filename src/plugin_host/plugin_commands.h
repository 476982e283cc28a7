// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "chat/client.h"

namespace gnatter::plugin_host {

class PluginSet;

/// /plugin, /load and /unload, as long as it lives. One thread.
class PluginCommands {
 public:
  PluginCommands(chat::Client& client, PluginSet& plugins);

 private:
  void plugin(chat::CommandCall& call);
  void load(chat::CommandCall& call, const std::string& name);
  void unload(chat::CommandCall& call, const std::string& name);
  void reload(chat::CommandCall& call, const std::string& name);
  void load_and_tell(chat::Network& network, const std::string& name);
  void list(const chat::CommandCall& call) const;

  PluginSet& plugins_;
  std::array<Subscription, 3> rows_;
};

}  // namespace gnatter::plugin_host

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/config_file.h"
#include "app/plugin_settings.h"
#include "chat/client.h"

namespace gnatter::app {

/// /save and /reload of the configuration file. One thread.
class ConfigCommands {
 public:
  /// `plugins`: those that there are at the moment.
  ConfigCommands(chat::Client& client, std::filesystem::path file, std::function<KnownPlugins()> plugins);

 private:
  void save(const chat::CommandCall& call) const;
  void reload(const chat::CommandCall& call) const;
  std::vector<std::string> define_new(const ConfigFile& config) const;
  std::vector<std::string> forget_gone(const ConfigFile& config) const;

  chat::Client& client_;
  const std::filesystem::path file_;
  const std::function<KnownPlugins()> plugins_;
  std::vector<Subscription> rows_;
};

}  // namespace gnatter::app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/config_file.h"
#include "chat/client.h"

namespace gnatter::app {

/// /save and /reload of the configuration file. One thread.
class ConfigCommands {
 public:
  ConfigCommands(chat::Client& client, std::filesystem::path file);

 private:
  void save(const chat::CommandCall& call) const;
  void reload(const chat::CommandCall& call) const;
  void check_rows(const ConfigFile& config) const;
  std::vector<std::string> define_new(const ConfigFile& config) const;

  chat::Client& client_;
  const std::filesystem::path file_;
  std::vector<Subscription> rows_;
};

}  // namespace gnatter::app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "chat/settings.h"

namespace gnatter::app {

struct ConfigFile {
  /// By whole names in small letters ("network.home.port"), in the file's order, those of the client itself
  /// checked by their rows; where: "FILE:LINE".
  std::vector<chat::Settings::Given> settings;
  /// The tables [network.NAME], as they are written, in the file's order.
  std::vector<std::string> networks;
};

/// The keys of a TOML file (C3), each named like its long option; those of a network in [network.NAME], those
/// of a plugin in a table with its name, of which the plugin knows whether they are right. A relative path is
/// made one from the directory of `file`, `~/` from the home directory. Throws base::UserError with file,
/// line and what was expected, for the first mistake; the lines of others are named.
ConfigFile read_config_file(const std::filesystem::path& file);

/// The same of a text that was read from `file`.
ConfigFile parse_config(const std::string& text, const std::filesystem::path& file);

/// Every key of a TOML text by its whole name with the value that stands there, nothing checked. Throws
/// base::UserError like the others for what is no TOML.
std::map<std::string, chat::Settings::Value> values_of_config(const std::string& text,
                                                              const std::filesystem::path& file);

}  // namespace gnatter::app

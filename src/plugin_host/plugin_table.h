// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace gnatter::plugin_host {

/// One plugin for /plugin list; everything safe to show.
struct PluginRow {
  std::string name;
  std::string version;  ///< empty: not known
  std::string state;    ///< "loaded", "switched off", "leaving", "not loaded"
  std::string about;    ///< what it does and where it is, or why it is not loaded
};

/// A line a plugin, in columns.
std::vector<std::string> in_columns(const std::vector<PluginRow>& rows);

}  // namespace gnatter::plugin_host

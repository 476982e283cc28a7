// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "chat/settings.h"

namespace gnatter::app {

/// The plugins, as far as it matters to whether what is said of their settings is right.
struct KnownPlugins {
  std::set<std::string> loaded;  ///< what these have is in the table of settings
  /// Whether there is one of that name, loaded or not. What it can be told is known once it is loaded.
  std::function<bool(const std::string& name)> exists;
};

/// Looks at those of `given` that are a plugin's (C3). Throws base::UserError for the first that a loaded
/// plugin does not have or take, and for the first of a table [NAME] that is no plugin's: its place and what
/// would be right, and how many there are besides.
void check_plugin_settings(const chat::Settings& settings, const std::vector<chat::Settings::Given>& given,
                           const KnownPlugins& plugins);

}  // namespace gnatter::app

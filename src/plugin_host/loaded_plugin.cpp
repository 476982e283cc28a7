// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugin_host/loaded_plugin.h"

#include "base/cells.h"
#include "base/text.h"
#include "base/user_error.h"

namespace gnatter::plugin_host {
namespace {

using base::UserError;

constexpr int longest_version = 20;  // in cells
constexpr int longest_summary = 80;

std::string shown(const char* text, int cells) {
  return base::cut(base::safe_text(text), cells, "…");
}

Plugin* create(const PluginDescriptor& descriptor, Host& host, const std::string& name) {
  Plugin* made = nullptr;
  try {
    made = descriptor.create(host);
  } catch (const std::exception& error) {
    throw UserError("Plugin " + name + " did not start: " + base::safe_text(error.what()));
  } catch (...) {
    throw UserError("Plugin " + name + " did not start, and did not say why.");
  }
  if (!made) throw UserError("Plugin " + name + " did not start, and did not say why.");
  return made;
}

}  // namespace

LoadedPlugin::LoadedPlugin(chat::Client& client, Services& services, const std::string& plugin_name,
                           const std::filesystem::path& file)
    : name(plugin_name),
      library(file),
      host(client, services, name),
      plugin_(create(library.descriptor(), host, name), Destroy{library.descriptor().destroy}) {}

std::string LoadedPlugin::version() const {
  return shown(library.descriptor().version, longest_version);
}

std::string LoadedPlugin::summary() const {
  return shown(library.descriptor().summary, longest_summary);
}

}  // namespace gnatter::plugin_host

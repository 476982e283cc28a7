// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "chat/client.h"
#include "gnatter/plugin.h"
#include "plugin_host/host.h"
#include "plugin_host/library.h"
#include "plugin_host/services.h"

namespace gnatter::plugin_host {

/// A plugin that runs. Destroyed from the bottom up: the plugin first, then everything that could call it,
/// its code last. One thread.
class LoadedPlugin {
 public:
  /// Throws base::UserError with a sentence when the file is not fit (Library) or the plugin refuses.
  LoadedPlugin(chat::Client& client, Services& services, const std::string& name,
               const std::filesystem::path& file);

  /// The version and summary that it gives itself, safe to show and short.
  [[nodiscard]] std::string version() const;
  [[nodiscard]] std::string summary() const;

  const std::string name;
  const Library library;
  HostForPlugin host;
  bool leaving = false;
  std::function<void()> unloaded;  ///< to be called when it has gone
  Subscription patience;

 private:
  struct Destroy {
    void (*destroy)(Plugin*);
    void operator()(Plugin* object) const { destroy(object); }
  };
  const std::unique_ptr<Plugin, Destroy> plugin_;
};

}  // namespace gnatter::plugin_host

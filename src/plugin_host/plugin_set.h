// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/event_loop.h"
#include "chat/client.h"
#include "gnatter/plugin.h"
#include "plugin_host/library.h"
#include "plugin_host/plugin_commands.h"
#include "plugin_host/plugin_table.h"
#include "plugin_host/services.h"

namespace gnatter::plugin_host {

class LoadedPlugin;

/// The plugins that are loaded, and their commands. Destroy it before the client: it takes the plugins with
/// it, without asking them for a leave (the sessions have done that by then). One thread.
class PluginSet {
 public:
  /// `directories`: where NAME.so is looked for, the first that has it.
  PluginSet(base::EventLoop& loop, chat::Client& client, std::vector<std::filesystem::path> directories);
  ~PluginSet();
  /// Takes all plugins, and writes what they have left to be written: what cannot be is told. Nothing more is
  /// loaded then.
  base::AppendFiles::Unwritten end();

  /// Whether a plugin for which there is no file, a slip of the pen perhaps, is listed from then on.
  enum class Missing { listed, not_listed };
  /// Throws base::UserError with a sentence when it is not there, not fit (Library) or refuses by itself;
  /// rows() then has that as well.
  void load(const std::string& name, Missing missing = Missing::listed);

  /// Lets the plugin take its leave (2 s at most), then takes out everything it registered, and its code;
  /// then `done`, in a later turn. A connection whose Will it had set is made anew without. Throws
  /// base::UserError when it is not loaded or on its way out already.
  void unload(const std::string& name, std::function<void()> done);

  /// `then`, when the plugin that is on its way out has gone. False: there is none such.
  bool after_unload(const std::string& name, std::function<void()> then);

  /// The names of those that are loaded.
  [[nodiscard]] std::set<std::string> loaded() const;
  /// Whether there is one of that name: a file, or one that could not be loaded.
  [[nodiscard]] bool knows(const std::string& name) const;

  /// Those that are loaded and those that could not be, in the order of their names.
  [[nodiscard]] std::vector<PluginRow> rows() const;

 private:
  /// A number, never used again.
  using Number = std::uint64_t;
  void begin_unload(Number number);
  void finish_unload(Number number);
  void take_out(std::unique_ptr<LoadedPlugin> plugin);
  void check_staying(const std::filesystem::path& file) const;
  [[nodiscard]] LoadedPlugin* find(const std::string& name) const;
  [[nodiscard]] Number number_of(const std::string& name) const;
  [[nodiscard]] std::optional<std::filesystem::path> look_for(const std::string& name) const;
  [[nodiscard]] std::string not_found(const std::string& name) const;

  base::EventLoop& loop_;
  chat::Client& client_;
  Services services_;
  const std::vector<std::filesystem::path> directories_;
  std::map<Number, std::unique_ptr<LoadedPlugin>> loaded_;
  std::map<std::string, std::string> failed_;                // and why
  std::map<std::filesystem::path, Library::Build> staying_;  // unloaded, and yet in memory
  Number next_number_ = 1;
  PluginCommands commands_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace gnatter::plugin_host

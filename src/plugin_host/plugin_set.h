// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/event_loop.h"
#include "chat/client.h"
#include "gnatter/plugin.h"
#include "plugin_host/services.h"

namespace gnatter::plugin_host {

/// The plugins that are loaded, and `/plugin`. Destroy it before the client: it takes the plugins with it,
/// without asking them for a leave (the sessions have done that by then). One thread.
class PluginSet {
 public:
  /// `directories`: where NAME.so is looked for, the first that has it.
  PluginSet(base::EventLoop& loop, chat::Client& client, std::vector<std::filesystem::path> directories);
  ~PluginSet();

  /// Throws base::UserError with a sentence when it is not there, not fit (Library) or refuses by itself.
  void load(const std::string& name);

  /// Lets the plugin take its leave (2 s at most), then takes out everything it registered, and its code;
  /// then `done`, in a later turn. A connection whose Will it had set is made anew without. Throws
  /// base::UserError when it is not loaded or on its way out already.
  void unload(const std::string& name, std::function<void()> done);

 private:
  struct Loaded;
  void command(chat::CommandCall& call);
  void load_and_tell(chat::Network& network, const std::string& name);
  void list(const chat::CommandCall& call) const;
  void begin_unload(std::uint64_t number);
  void finish_unload(std::uint64_t number);
  [[nodiscard]] Loaded* find(std::uint64_t number) const;
  [[nodiscard]] std::filesystem::path find_file(const std::string& name) const;
  [[nodiscard]] Loaded* find(const std::string& name) const;

  base::EventLoop& loop_;
  chat::Client& client_;
  Services services_;
  const std::vector<std::filesystem::path> directories_;
  std::vector<std::unique_ptr<Loaded>> loaded_;
  std::uint64_t next_number_ = 1;
  Subscription command_row_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace gnatter::plugin_host

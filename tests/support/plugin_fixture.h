// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "plugin_host/plugin_set.h"
#include "support/chat_fixture.h"
#include "support/temporary_directory.h"

namespace gnatter::testing {

/// alice's client with the plugins that are built beside the tests.
struct PluginFixture : ChatFixture {
  TemporaryDirectory directory;
  plugin_host::PluginSet plugins{loop, client, {directory.path(), GNATTER_TEST_PLUGINS, GNATTER_PLUGINS}};

  /// The sentence with which a plugin is refused; empty when it is loaded.
  std::string load_refusal(const std::string& name) {
    try {
      plugins.load(name);
    } catch (const base::UserError& error) {
      return error.what();
    }
    return {};
  }
  /// Until the plugin has gone; false when it has not within 5 s.
  bool unload(const std::string& name) {
    bool done = false;
    plugins.unload(name, [&] { done = true; });
    return run_until(
        loop, [&] { return done; }, std::chrono::seconds(5));
  }
  void type(std::string_view line) { client.enter(line); }
  /// How many lines of the network's window hold `words`.
  std::size_t told(std::string_view words) { return count(&network.window(), words); }

  static std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  /// A file NAME.so of the test's own, found before all others.
  void put(const std::string& name, std::string_view bytes) {
    std::ofstream(directory.path() / (name + ".so"), std::ios::binary) << bytes;
  }
};

}  // namespace gnatter::testing

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/command_line.h"
#include "app/start_plan.h"
#include "base/user_error.h"
#include "chat/login.h"
#include "chat/setting_table.h"
#include "support/environment.h"
#include "support/temporary_directory.h"

namespace gnatter::testing {

using Words = std::vector<std::string>;

/// A command line as main() gets it, in memory that can be overwritten.
struct Arguments {
  explicit Arguments(Words given) : words(std::move(given)) {
    words.insert(words.begin(), "gnatter");
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
  }
  app::Invocation read() { return app::read_invocation(static_cast<int>(words.size()), pointers.data()); }
  /// As another process sees it: up to the first NUL.
  const char* seen(std::size_t index) const { return pointers[index]; }
  Words words;
  std::vector<char*> pointers;
};

/// What the client would make of it: the program's options, and those of the network that is meant.
struct Options : app::LoginOptions {
  Words join, plugins, plugin_directories;
  std::string client_id;
  std::chrono::seconds will_delay{};
  bool local = false, headless = false, stay = false, nowhere = false;
};

inline Options as_taken(const app::Options& given) {
  const app::StartPlan plan = app::plan_start(given);
  const std::string network = plan.connected.front();
  chat::Settings settings;
  std::vector<Subscription> rows;
  for (const auto& row : chat::setting_table()) {
    rows.push_back(settings.add(to_settings_row(row, row.name)));
    if (row.scope == chat::SettingRow::Scope::network)
      rows.push_back(settings.add(to_settings_row(row, chat::network_setting(network, row.name))));
  }
  for (const auto& one : plan.file) settings.give(one.name, one.value, one.where);
  for (const auto& one : plan.flags)
    settings.give(one.name, one.value, one.where, chat::Settings::Origin::flag);
  Options options;
  static_cast<app::LoginOptions&>(options) = app::login_options(settings, network, given.login_name);
  app::refuse_files_on_a_plain_line(given, options);
  const auto value = [&](const char* name) { return settings.value(chat::network_setting(network, name)); };
  options.password = given.password;
  options.join = std::get<Words>(value("join"));
  options.plugins = std::get<Words>(settings.value("plugin"));
  options.plugin_directories = std::get<Words>(settings.value("plugin-dir"));
  options.client_id = std::get<std::string>(value("client-id"));
  options.will_delay = chat::will_delay_of(settings, network);
  options.local = given.local;
  options.headless = given.headless;
  options.stay = given.stay;
  options.nowhere = plan.nowhere;
  return options;
}

/// Command lines of alice, with a folder for files of their own.
struct CommandLineFixture {
  TemporaryDirectory directory;
  Variable config{"XDG_CONFIG_HOME", directory.path().string()};
  Variable user{"USER", "alice"};

  Options options(Words words) { return as_taken(Arguments(std::move(words)).read().options); }
  std::string refusal(Words words) {
    try {
      as_taken(Arguments(std::move(words)).read().options);
    } catch (const base::UserError& error) {
      return error.what();
    }
    return {};
  }
  bool refused(Words words, std::string_view with) {
    const std::string sentence = refusal(std::move(words));
    BOOST_TEST_MESSAGE(sentence);
    return sentence.find(with) != std::string::npos;
  }
  std::string file(const std::string& text) {
    const auto path = directory.path() / "other.toml";
    std::ofstream(path) << text;
    return path.string();
  }
};

}  // namespace gnatter::testing

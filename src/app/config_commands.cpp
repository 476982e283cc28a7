// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config_commands.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "app/config_writer.h"
#include "base/paths.h"
#include "base/text.h"
#include "base/user_error.h"
#include "chat/letter_case.h"
#include "chat/network.h"
#include "chat/setting_table.h"

namespace gnatter::app {
namespace {

using base::UserError;

/// "~/.config/gnatter/gnatter.toml"
std::string shown_path(const std::filesystem::path& file) {
  const std::string path = file.string(), home = base::home_directory().string() + '/';
  return base::safe_row(home.size() > 1 && path.starts_with(home) ? "~/" + path.substr(home.size()) : path);
}

void take_no_arguments(const chat::CommandCall& call, std::string_view usage) {
  if (call.arguments.find_first_not_of(' ') != call.arguments.npos)
    throw UserError("Usage: " + std::string(usage));
}

std::string listed(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + base::safe_row(name);
  return all;
}

/// With the network that is new, or with the setting at the top that it has its value from.
bool is_told_otherwise(const chat::Settings::Current& current, const std::vector<std::string>& fresh) {
  const std::string network(chat::network_of_setting(current.row.name));
  const bool inherited = !current.row.inherits.empty() && current.origin == chat::Settings::Origin::initial;
  return inherited || std::any_of(fresh.begin(), fresh.end(),
                                  [&](const std::string& name) { return chat::folded(name) == network; });
}

}  // namespace

ConfigCommands::ConfigCommands(chat::Client& client, std::filesystem::path file,
                               std::function<KnownPlugins()> plugins)
    : client_(client), file_(std::move(file)), plugins_(std::move(plugins)) {
  const auto add = [&](std::string name, std::string summary,
                       void (ConfigCommands::*run)(const chat::CommandCall&) const) {
    chat::Command command{std::move(name), {}, "", std::move(summary), false, {}, "Else"};
    command.run = [this, run](chat::CommandCall& call) { (this->*run)(call); };
    rows_.push_back(client.commands.add(std::move(command), true));
  };
  add("save", "Writes what was set into the configuration file", &ConfigCommands::save);
  add("reload", "Reads the configuration file again", &ConfigCommands::reload);
}

void ConfigCommands::save(const chat::CommandCall& call) const {
  take_no_arguments(call, "/save");
  const auto changes = client_.settings.unsaved();
  if (changes.empty()) return call.print("Nothing was set that is not in " + shown_path(file_) + " already.");
  save_config(file_, changes);
  client_.settings.saved();
  std::vector<std::string> names;
  for (const auto& change : changes) names.push_back(change.name);
  call.print("Saved " + base::counted(names.size(), "setting", "settings") + " to " + shown_path(file_) +
             ": " + listed(names) + '.');
}

/// Makes the networks that nobody knows yet; their names.
std::vector<std::string> ConfigCommands::define_new(const ConfigFile& config) const {
  std::vector<std::string> fresh;
  for (const std::string& name : config.networks) {
    const auto& known = client_.defined_networks();
    const bool here = std::any_of(known.begin(), known.end(), [&](const std::string& other) {
      return chat::folded(other) == chat::folded(name);
    });
    if (here || client_.find_network(name)) continue;
    client_.define_network(name);
    fresh.push_back(name);
  }
  return fresh;
}

/// Of the networks that are not in the file any more; their names.
std::vector<std::string> ConfigCommands::forget_gone(const ConfigFile& config) const {
  std::vector<std::string> gone;
  for (const std::string& known : client_.defined_networks())
    if (std::none_of(config.networks.begin(), config.networks.end(),
                     [&](const std::string& name) { return chat::folded(name) == chat::folded(known); }))
      gone.push_back(known);
  for (const std::string& name : gone) client_.forget_network(name);
  return gone;
}

void ConfigCommands::reload(const chat::CommandCall& call) const {
  take_no_arguments(call, "/reload");
  ConfigFile config;
  try {
    config = read_config_file(file_);
    check_plugin_settings(client_.settings, config.settings, plugins_());
  } catch (const UserError& error) {
    throw UserError(error.what() + std::string(" Everything stays as it was."));
  }
  const auto fresh = define_new(config);
  const auto gone = forget_gone(config);
  bool told = !fresh.empty() || !gone.empty();
  for (const std::string& name : client_.settings.give_anew(config.settings)) {
    const auto found = client_.settings.all().find(name);
    if (found == client_.settings.all().end() || is_told_otherwise(found->second, fresh)) continue;
    const auto& [row, value, origin] = found->second;
    call.print(name + " is now " + chat::shown(value) + '.' + (row.effect.empty() ? "" : ' ' + row.effect));
    told = true;
  }
  for (const std::string& name : fresh)
    call.print("New: the network " + base::safe_row(name) + ". /network connect " + base::safe_row(name) +
               " goes there.");
  for (const std::string& name : gone)
    call.print("Gone: the network " + base::safe_row(name) + '.' +
               (client_.find_network(name) ? " Its windows stay until gnatter ends." : ""));
  if (!told) call.print(shown_path(file_) + " says nothing new.");
}

}  // namespace gnatter::app

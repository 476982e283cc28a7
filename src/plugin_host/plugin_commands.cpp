// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugin_host/plugin_commands.h"

#include <functional>

#include "base/user_error.h"
#include "plugin_host/plugin_set.h"

namespace gnatter::plugin_host {
namespace {

using base::UserError;
using chat::LineKind;

/// A command whose one argument is a plugin's name.
std::function<void(chat::CommandCall&)> named(
    const std::string& usage, std::function<void(chat::CommandCall&, const std::string&)> function) {
  return [usage, function = std::move(function)](chat::CommandCall& call) {
    std::string_view rest = call.arguments;
    const std::string name = chat::take_word(rest).text;
    if (name.empty() || !rest.empty()) throw UserError("Usage: " + usage);
    function(call, name);
  };
}

}  // namespace

PluginCommands::PluginCommands(chat::Client& client, PluginSet& plugins) : plugins_(plugins) {
  chat::Command row{"plugin",
                    {},
                    "list | load|unload|reload NAME",
                    "Lists the plugins, or loads and unloads one",
                    false,
                    [this](chat::CommandCall& call) { plugin(call); }};
  chat::Command loading{"load",
                        {},
                        "NAME",
                        "Loads a plugin, as /plugin load does",
                        false,
                        named("/load NAME", [this](chat::CommandCall& call, const std::string& name) { load(call, name); })};
  chat::Command unloading{"unload",
                          {},
                          "NAME",
                          "Unloads a plugin, as /plugin unload does",
                          false,
                          named("/unload NAME", [this](chat::CommandCall& call, const std::string& name) {
                            unload(call, name);
                          })};
  rows_ = {client.commands.add(std::move(row), true), client.commands.add(std::move(loading), true),
           client.commands.add(std::move(unloading), true)};
}

void PluginCommands::plugin(chat::CommandCall& call) {
  std::string_view rest = call.arguments;
  const std::string verb = chat::take_word(rest).text, name = chat::take_word(rest).text;
  if (verb.empty() || (verb == "list" && name.empty())) return list(call);
  const bool whole = !name.empty() && rest.empty();
  if (whole && verb == "load") return load(call, name);
  if (whole && verb == "unload") return unload(call, name);
  if (whole && verb == "reload") return reload(call, name);
  throw UserError("Usage: /plugin list, or /plugin load|unload|reload NAME");
}

void PluginCommands::load(chat::CommandCall& call, const std::string& name) {
  chat::Network& network = call.network;
  // One that is asked for in one breath with its unload is loaded behind it.
  if (plugins_.after_unload(name, [this, &network, name] { load_and_tell(network, name); })) return;
  plugins_.load(name, PluginSet::Missing::not_listed);
  network.print(LineKind::info, "Plugin " + name + " is loaded.");
}

void PluginCommands::unload(chat::CommandCall& call, const std::string& name) {
  plugins_.unload(name, [&network = call.network, name] {
    network.print(LineKind::info, "Plugin " + name + " is unloaded.");
  });
}

void PluginCommands::reload(chat::CommandCall& call, const std::string& name) {
  plugins_.unload(name, [this, &network = call.network, name] { load_and_tell(network, name); });
}

void PluginCommands::load_and_tell(chat::Network& network, const std::string& name) {
  try {
    plugins_.load(name);
    network.print(LineKind::info, "Plugin " + name + " is loaded.");
  } catch (const UserError& error) {
    network.print(LineKind::error, error.what());
  }
}

void PluginCommands::list(const chat::CommandCall& call) const {
  const auto lines = in_columns(plugins_.rows());
  if (lines.empty()) call.print("No plugin is loaded.");
  for (const std::string& line : lines) call.print(line);
}

}  // namespace gnatter::plugin_host

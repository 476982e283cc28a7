// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugin_host/plugin_set.h"

#include <algorithm>

#include "base/text.h"
#include "base/user_error.h"
#include "plugin_host/host.h"
#include "plugin_host/library.h"

namespace gnatter::plugin_host {

using namespace std::chrono_literals;
using base::UserError;

namespace {

constexpr auto leave_patience = 2s;
constexpr auto look_again = 20ms;
constexpr const char* usage = "Usage: /plugin list, or /plugin load|unload|reload NAME";

void check_name(const std::string& name) {
  const auto fine = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  if (name.empty() || !std::all_of(name.begin(), name.end(), fine))
    throw UserError('"' + base::safe_text(name) +
                    "\" is no plugin's name: letters, digits, - and _ make one.");
}

}  // namespace

/// In this order: destroyed from the bottom up, the plugin first, its code last.
struct PluginSet::Loaded {
  struct Destroy {
    void (*destroy)(Plugin*);
    void operator()(Plugin* object) const { destroy(object); }
  };
  const std::uint64_t number;
  const std::string name;
  Library library;
  HostForPlugin host;
  std::unique_ptr<Plugin, Destroy> plugin;
  bool leaving = false;
  std::function<void()> unloaded;
  Subscription patience;

  Loaded(std::uint64_t a_number, chat::Client& client, Services& services, std::string plugin_name,
         const std::filesystem::path& file)
      : number(a_number),
        name(std::move(plugin_name)),
        library(file),
        host(client, services, name),
        plugin(nullptr, Destroy{library.descriptor().destroy}) {
    try {
      plugin.reset(library.descriptor().create(host));
    } catch (const std::exception& error) {
      throw UserError("Plugin " + name + " did not start: " + base::safe_text(error.what()));
    } catch (...) {
      throw UserError("Plugin " + name + " did not start, and did not say why.");
    }
  }
};

PluginSet::PluginSet(base::EventLoop& loop, chat::Client& client,
                     std::vector<std::filesystem::path> directories)
    : loop_(loop), client_(client), services_(client), directories_(std::move(directories)) {
  chat::Command row{"plugin",
                    {},
                    "list | load|unload|reload NAME",
                    "Lists the plugins, or loads and unloads one",
                    false,
                    [this](chat::CommandCall& call) { command(call); }};
  command_row_ = client_.commands.add(std::move(row), true);
}

PluginSet::~PluginSet() = default;

PluginSet::Loaded* PluginSet::find(const std::string& name) const {
  const auto found =
      std::find_if(loaded_.begin(), loaded_.end(), [&](const auto& plugin) { return plugin->name == name; });
  return found == loaded_.end() ? nullptr : found->get();
}

std::filesystem::path PluginSet::find_file(const std::string& name) const {
  std::string places;
  for (const auto& directory : directories_) {
    const auto file = directory / (name + ".so");
    std::error_code ignored;
    if (std::filesystem::is_regular_file(file, ignored)) return file;
    places += (places.empty() ? "" : ", ") + directory.string();
  }
  throw UserError("There is no " + name + ".so in " + (places.empty() ? "any plugin directory" : places) +
                  ". --plugin-dir names another directory.");
}

void PluginSet::load(const std::string& name) {
  check_name(name);
  if (const Loaded* there = find(name))
    throw UserError(name + (there->leaving ? " is on its way out." : " is loaded already."));
  loaded_.push_back(std::make_unique<Loaded>(next_number_++, client_, services_, name, find_file(name)));
}

void PluginSet::unload(const std::string& name, std::function<void()> done) {
  Loaded* plugin = find(name);
  if (!plugin) throw UserError(name + " is not loaded.");
  if (plugin->leaving) throw UserError(name + " is on its way out already.");
  plugin->leaving = true;
  plugin->unloaded = std::move(done);
  begin_unload(plugin->number);
}

/// A connection that is being ended, or made anew, asks for leaves itself: the plugin stays until that is
/// over.
void PluginSet::begin_unload(std::uint64_t number) {
  Loaded* plugin = find(number);
  if (!plugin) return;
  const auto ending = [](const auto& network) {
    return network->session.state() == chat::Session::State::leaving;
  };
  if (std::any_of(client_.networks().begin(), client_.networks().end(), ending)) {
    plugin->patience = loop_.after(look_again, [this, number] { begin_unload(number); });
    return;
  }
  // The end comes by post(), never inside a callback of the plugin's: its code goes with it.
  const auto finish = [this, alive = std::weak_ptr(alive_), number] {
    if (!alive.expired()) finish_unload(number);
  };
  plugin->patience = loop_.after(leave_patience, finish);
  const Hold hold(nullptr, [post = loop_.poster(), finish](void*) { post(finish); });
  plugin->host.ask_to_leave(hold);
}

PluginSet::Loaded* PluginSet::find(std::uint64_t number) const {
  const auto found = std::find_if(loaded_.begin(), loaded_.end(),
                                  [&](const auto& plugin) { return plugin->number == number; });
  return found == loaded_.end() ? nullptr : found->get();
}

void PluginSet::finish_unload(std::uint64_t number) {
  const auto found = std::find_if(loaded_.begin(), loaded_.end(),
                                  [&](const auto& plugin) { return plugin->number == number; });
  if (found == loaded_.end()) return;  // the time was up before the Hold was gone, or the other way round
  std::vector<chat::Network*> with_will;
  for (const auto& network : client_.networks())
    if ((*found)->host.owns_will(network->id())) with_will.push_back(network.get());
  const auto done = std::move((*found)->unloaded);
  loaded_.erase(found);
  for (chat::Network* network : with_will) network->session.replan();
  if (done) done();
}

void PluginSet::command(chat::CommandCall& call) {
  std::string_view rest = call.arguments;
  const std::string verb = chat::take_word(rest).text, name = chat::take_word(rest).text;
  if (verb.empty() || (verb == "list" && name.empty())) return list(call);
  if (name.empty() || !rest.empty()) throw UserError(usage);
  chat::Network& network = call.network;
  if (verb == "load") {
    Loaded* before = find(name);
    if (before && before->leaving) {  // it has been asked for in one breath with its unload
      before->unloaded = [this, &network, first = before->unloaded, name] {
        first();
        load_and_tell(network, name);
      };
      return;
    }
    load(name);
    network.print(chat::LineKind::info, "Plugin " + name + " is loaded.");
  } else if (verb == "unload") {
    unload(name,
           [&network, name] { network.print(chat::LineKind::info, "Plugin " + name + " is unloaded."); });
  } else if (verb == "reload") {
    unload(name, [this, &network, name] { load_and_tell(network, name); });
  } else {
    throw UserError(usage);
  }
}

void PluginSet::load_and_tell(chat::Network& network, const std::string& name) {
  try {
    load(name);
    network.print(chat::LineKind::info, "Plugin " + name + " is loaded.");
  } catch (const UserError& error) {
    network.print(chat::LineKind::error, error.what());
  }
}

void PluginSet::list(const chat::CommandCall& call) const {
  if (loaded_.empty()) call.print("No plugin is loaded.");
  for (const auto& plugin : loaded_) {
    const PluginDescriptor& descriptor = plugin->library.descriptor();
    call.print(plugin->name + ' ' + descriptor.version + ", " + descriptor.summary + " (" +
               plugin->library.file().string() + ')' + (plugin->leaving ? ", on its way out" : ""));
  }
}

}  // namespace gnatter::plugin_host

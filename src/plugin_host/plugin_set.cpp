// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugin_host/plugin_set.h"

#include <algorithm>

#include "base/last_words.h"
#include "base/text.h"
#include "base/user_error.h"
#include "plugin_host/loaded_plugin.h"

namespace gnatter::plugin_host {

using namespace std::chrono_literals;
using base::UserError;

namespace {

constexpr auto leave_patience = 2s;
constexpr auto look_again = 20ms;

void check_name(const std::string& name) {
  const auto fine = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  if (name.empty() || !std::all_of(name.begin(), name.end(), fine))
    throw UserError('"' + base::safe_text(name) +
                    "\" is no plugin's name: letters, digits, - and _ make one.");
}

/// For the last words.
std::string words_for(const std::string& name, const std::filesystem::path& file) {
  return "plugin " + name + " (" + base::safe_text(file.string()) + ')';
}

PluginRow row_of(const LoadedPlugin& plugin) {
  const char* state = plugin.leaving                       ? "leaving"
                      : plugin.host.state().switched_off() ? "switched off"
                                                           : "loaded";
  return {plugin.name, plugin.version(), state,
          plugin.summary() + " (" + base::safe_text(plugin.library.file().string()) + ')'};
}

}  // namespace

PluginSet::PluginSet(base::EventLoop& loop, chat::Client& client,
                     std::vector<std::filesystem::path> directories)
    : loop_(loop),
      client_(client),
      services_(client),
      directories_(std::move(directories)),
      commands_(client, *this) {}

PluginSet::~PluginSet() {
  end();
}

base::AppendFiles::Unwritten PluginSet::end() {
  while (!loaded_.empty()) take_out(std::move(loaded_.extract(loaded_.begin()).mapped()));
  return services_.files.finish();
}

PluginSet::Number PluginSet::number_of(const std::string& name) const {
  const auto found = std::find_if(loaded_.begin(), loaded_.end(),
                                  [&](const auto& entry) { return entry.second->name == name; });
  return found == loaded_.end() ? 0 : found->first;
}

LoadedPlugin* PluginSet::find(const std::string& name) const {
  const auto found = loaded_.find(number_of(name));
  return found == loaded_.end() ? nullptr : found->second.get();
}

std::optional<std::filesystem::path> PluginSet::look_for(const std::string& name) const {
  for (const auto& directory : directories_) {
    const auto file = directory / (name + ".so");
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(file, ignored)))
      return std::filesystem::absolute(file);
  }
  return std::nullopt;
}

std::string PluginSet::not_found(const std::string& name) const {
  std::string places;
  for (const auto& directory : directories_) places += (places.empty() ? "" : ", ") + directory.string();
  return "There is no " + name + ".so in " + (places.empty() ? "any plugin directory" : places) +
         ". --plugin-dir names another directory.";
}

void PluginSet::load(const std::string& name, Missing missing) {
  check_name(name);
  if (const LoadedPlugin* there = find(name))
    throw UserError(name + (there->leaving ? " is on its way out." : " is loaded already."));
  const auto file = look_for(name);
  try {
    if (!file) throw UserError(not_found(name));
    check_staying(*file);
    const std::string who = words_for(name, *file);
    const base::LastWords words(who, "while it was loaded");
    loaded_.emplace(next_number_, std::make_unique<LoadedPlugin>(client_, services_, name, *file));
    ++next_number_;
    failed_.erase(name);
  } catch (const UserError& error) {
    if (file || missing == Missing::listed || failed_.contains(name)) failed_[name] = error.what();
    throw;
  }
}

void PluginSet::unload(const std::string& name, std::function<void()> done) {
  LoadedPlugin* plugin = find(name);
  if (!plugin) throw UserError(name + " is not loaded.");
  if (plugin->leaving) throw UserError(name + " is on its way out already.");
  plugin->leaving = true;
  plugin->unloaded = std::move(done);
  begin_unload(number_of(name));
}

bool PluginSet::after_unload(const std::string& name, std::function<void()> then) {
  LoadedPlugin* plugin = find(name);
  if (!plugin || !plugin->leaving) return false;
  plugin->unloaded = [first = std::move(plugin->unloaded), then = std::move(then)] {
    if (first) first();
    then();
  };
  return true;
}

/// A connection that is being ended, or made anew, asks for leaves itself: the plugin stays until that is
/// over.
void PluginSet::begin_unload(Number number) {
  const auto found = loaded_.find(number);
  if (found == loaded_.end()) return;
  LoadedPlugin& plugin = *found->second;
  const auto ending = [](const auto& network) {
    return network->session.state() == chat::Session::State::leaving;
  };
  if (std::any_of(client_.networks().begin(), client_.networks().end(), ending)) {
    plugin.patience = loop_.after(look_again, [this, number] { begin_unload(number); });
    return;
  }
  // The end comes by post(), never inside a callback of the plugin's: its code goes with it.
  const auto finish = [this, alive = std::weak_ptr(alive_), number] {
    if (!alive.expired()) finish_unload(number);
  };
  plugin.patience = loop_.after(leave_patience, finish);
  const Hold hold(nullptr, [post = loop_.poster(), finish](void*) { post(finish); });
  plugin.host.ask_to_leave(hold);
}

void PluginSet::finish_unload(Number number) {
  auto found = loaded_.extract(number);
  if (found.empty()) return;  // the time was up before the Hold was gone, or the other way round
  std::vector<chat::Network*> with_will;
  for (const auto& network : client_.networks())
    if (found.mapped()->host.owns_will(network->id())) with_will.push_back(network.get());
  const auto done = std::move(found.mapped()->unloaded);
  take_out(std::move(found.mapped()));
  for (chat::Network* network : with_will) network->session.replan();
  if (done) done();
}

void PluginSet::take_out(std::unique_ptr<LoadedPlugin> plugin) {
  const std::string who = words_for(plugin->name, plugin->library.file());
  const base::LastWords words(who, "while it was unloaded");
  const auto file = plugin->library.file();
  const Library::Build build = plugin->library.build();
  plugin.reset();
  if (Library::is_mapped(file)) staying_[file] = build;
}

/// The loader goes by the name: it would run the old code, silently.
void PluginSet::check_staying(const std::filesystem::path& file) const {
  const auto found = staying_.find(file);
  if (found == staying_.end() || found->second == Library::build_of(file) || !Library::is_mapped(file))
    return;
  throw UserError(file.filename().string() +
                  " has changed, but its old code cannot leave the memory: not loaded. Start gnatter again; "
                  "built with -fno-gnu-unique, as gnatter's CMake package does, it could leave.");
}

std::set<std::string> PluginSet::loaded() const {
  std::set<std::string> names;
  for (const auto& [number, plugin] : loaded_) names.insert(plugin->name);
  return names;
}

bool PluginSet::knows(const std::string& name) const {
  return find(name) || failed_.contains(name) || look_for(name).has_value();
}

std::vector<PluginRow> PluginSet::rows() const {
  std::vector<PluginRow> all;
  for (const auto& [number, plugin] : loaded_) all.push_back(row_of(*plugin));
  for (const auto& [name, reason] : failed_) all.push_back({name, "", "not loaded", reason});
  std::sort(all.begin(), all.end(), [](const auto& one, const auto& other) { return one.name < other.name; });
  return all;
}

}  // namespace gnatter::plugin_host

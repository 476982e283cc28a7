// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugin_host/services.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/user_error.h"

namespace gnatter::plugin_host {

using namespace std::chrono_literals;

namespace {

constexpr int longest_chain = 8;
constexpr std::size_t automatic_a_minute = 5;

protocol::Kind kind_of(const SayOptions& options) {
  if (options.automatic) return protocol::Kind::notice;
  return options.kind == LineKind::action ? protocol::Kind::action : protocol::Kind::message;
}

}  // namespace

Services::Services(chat::Client& client)
    : files(client.loop()), client_(client), automatic_(automatic_a_minute, 1min), complaints_(1, 1min) {
  for (const auto& network : client_.networks()) follow(*network);
  for (const auto& entry : client_.buffers.entries()) follow(*entry.network, *entry.buffer);
  auto& buffers = client_.buffers;
  listening_.push_back(client_.network_added.connect([this](chat::Network& network) { follow(network); }));
  listening_.push_back(buffers.opened.connect(
      [this](chat::Network& network, chat::Buffer& window) { follow(network, window); }));
  listening_.push_back(buffers.closing.connect([this](chat::Buffer& window) {
    closing.emit(id_of(window));
    windows_.erase(id_of(window));
    ids_.erase(&window);
    lines_.erase(&window);
  }));
}

void Services::follow(chat::Network& network) {
  listening_.push_back(network.messenger.spoken.connect(
      [this, &network](const chat::Spoken& message) { spoken.emit(network, message); }));
  listening_.push_back(network.self_status_changed.connect(
      [this, &network](Status old, Status now) { self_status.emit(network, old, now); }));
}

void Services::follow(chat::Network& network, chat::Buffer& window) {
  const WindowId id = next_window_++;
  ids_[&window] = id;
  windows_[id] = &window;
  if (!chat::is_conversation(window.kind())) return;
  lines_[&window] = window.appended.connect([this, &network, &window](const chat::Line& appended) {
    line.emit({network, window, appended, next_position()});
  });
}

/// Microseconds of the wall clock, so that the next run goes on behind this one.
std::uint64_t Services::next_position() {
  const auto now = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::system_clock::now().time_since_epoch());
  position_ = std::max(position_ + 1, static_cast<std::uint64_t>(now.count()));
  return position_;
}

WindowId Services::id_of(const chat::Buffer& window) const {
  const auto found = ids_.find(&window);
  return found == ids_.end() ? 0 : found->second;
}

chat::Buffer* Services::window(WindowId id) const {
  const auto found = windows_.find(id);
  return found == windows_.end() ? nullptr : found->second;
}

std::optional<Target> Services::target_of(const chat::Network& network, const chat::Buffer& window) {
  if (window.kind() == chat::BufferKind::group) return Target::group(network.id(), window.name());
  if (window.kind() == chat::BufferKind::direct) return Target::user(network.id(), window.name());
  return std::nullopt;
}

chat::Network* Services::network(NetworkId id) const {
  for (const auto& network : client_.networks())
    if (network->id() == id) return network.get();
  return nullptr;
}

void Services::complain(NetworkId id, const std::string& sentence) const {
  chat::Network* there = network(id);
  if (!there && !client_.networks().empty()) there = client_.networks().front().get();
  if (there) there->print(chat::LineKind::error, sentence);
}

void Services::say_soon(std::string plugin, Target target, std::string text, SayOptions options) {
  client_.loop().post([this, alive = std::weak_ptr(alive_), plugin = std::move(plugin),
                       target = std::move(target), text = std::move(text), options, chain = chain_ + 1] {
    if (!alive.expired()) say(plugin, target, text, options, chain);
  });
}

bool Services::may_say(const std::string& plugin, const Target& target, SayOptions options, int chain) {
  const std::string place = base::safe_text(target.shown());
  if (chain > longest_chain) {
    complain(target.network, "Plugin " + plugin + " answers other plugins in " + place +
                                 " for the ninth time in a row: not sent. /plugin unload ends it.");
    return false;
  }
  if (!options.automatic || automatic_.take(target.network, target.shown())) return true;
  if (complaints_.take(target.network, target.shown()))
    complain(target.network, "Plugin " + plugin + " wants to say more than " +
                                 std::to_string(automatic_a_minute) + " automatic lines a minute in " +
                                 place + ". The rest is not sent.");
  return false;
}

void Services::say(const std::string& plugin, const Target& target, const std::string& text,
                   SayOptions options, int chain) {
  chat::Network* const there = network(target.network);
  if (!there || !may_say(plugin, target, options, chain)) return;
  const bool group = target.kind == Target::Kind::group;
  const auto kind = group ? protocol::NameKind::group : protocol::NameKind::user;
  chain_ = chain;
  speaker_ = plugin;
  try {
    if (const auto wrong = protocol::name_error(target.name, kind))
      throw base::UserError('"' + base::safe_text(target.name) + "\" is no name: " + std::string(*wrong));
    there->messenger.say({group ? chat::BufferKind::group : chat::BufferKind::direct, target.name}, text,
                         kind_of(options));
  } catch (const base::UserError& error) {
    complain(target.network, "Plugin " + plugin + ": " + error.what());
  }
  chain_ = 0;
  speaker_.clear();
}

}  // namespace gnatter::plugin_host

// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/completion_sources.h"

#include <algorithm>

#include "base/text.h"
#include "chat/letter_case.h"
#include "chat/window_names.h"

namespace gnatter::chat::completion {
namespace {

/// In the order of the first time each is added.
class Names {
 public:
  explicit Names(std::string self) : self_(std::move(self)) {}
  void add(const std::string& name) {
    // What would not show as it is, nobody shall send without seeing it.
    if (name == self_ || base::safe_text(name) != name) return;
    if (known_.insert(name).second) names_.push_back(name);
  }
  std::vector<std::string> take() { return std::move(names_); }

 private:
  const std::string self_;
  std::set<std::string> known_;
  std::vector<std::string> names_;
};

std::vector<std::string> roster_by_letter(const Network& network) {
  std::vector<std::string> names;
  for (const auto& [name, entry] : network.roster.entries()) names.push_back(name);
  std::stable_sort(names.begin(), names.end(),
                   [](const std::string& a, const std::string& b) { return folded(a) < folded(b); });
  return names;
}

}  // namespace

std::vector<std::string> people(const Client& client, const Network* network) {
  const Buffer* const window = client.buffers.current();
  if (!window || !network) return {};
  Names names(network->user());
  if (network == client.buffers.current_network() && window->kind() != BufferKind::topic) {
    for (const auto& speaker : window->speakers()) names.add(speaker.name);
    if (window->kind() == BufferKind::direct) names.add(window->name());
  }
  for (const auto& entry : client.buffers.entries())
    if (entry.network == network && entry.buffer->kind() == BufferKind::direct)
      names.add(entry.buffer->name());
  for (const std::string& name : roster_by_letter(*network)) names.add(name);
  return names.take();
}

std::vector<std::string> groups(const Client& client, const Network* network) {
  if (!network) return {};
  Names names({});
  for (const std::string& group : network->messenger.groups()) names.add(group);
  for (const auto& entry : client.buffers.entries())
    if (entry.network == network && entry.buffer->kind() == BufferKind::group)
      names.add(entry.buffer->name());
  for (const std::string& group : network->messenger.seen_groups().by_news()) names.add(group);
  return names.take();
}

std::vector<std::string> filters(const Client& client) {
  std::vector<std::string> out;
  if (const Network* const network = client.buffers.current_network())
    for (const auto& [filter, qos] : network->raw_topics.filters())
      if (base::safe_text(filter) == filter) out.push_back(written({BufferKind::direct, filter}));
  return out;
}

std::vector<std::string> topics(const Client& client) {
  std::vector<std::string> out;
  if (const Network* const network = client.buffers.current_network())
    for (const std::string& topic : network->raw_topics.topics())
      if (base::safe_text(topic) == topic) out.push_back(written({BufferKind::direct, topic}));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<std::string> windows(const Client& client) {
  Names names({});
  for (const auto& entry : client.buffers.entries()) {
    const Buffer& window = *entry.buffer;
    const bool networks_own = window.kind() == BufferKind::network;
    const bool elsewhere = needs_network(client.buffers, *entry.network, window);
    names.add(networks_own ? entry.network->name()
                           : (elsewhere ? entry.network->name() + '/' : std::string()) +
                                 written({window.kind(), window.name()}));
  }
  for (std::size_t number = 1; number <= client.buffers.entries().size(); ++number)
    names.add(std::to_string(number));
  return names.take();
}

std::vector<std::string> commands(const Client& client, std::string_view head) {
  Names names({});
  const auto all = client.commands.all();
  for (const auto& command : all)
    for (const std::string& alias : command->aliases)
      if (alias == folded(head)) names.add(command->name);
  for (const auto& command : all)
    if (!command->summary.empty() && starts_folded(command->name, head)) names.add(command->name);
  for (const auto& [name, text] : client.aliases)
    if (starts_folded(name, head)) names.add(name);
  return names.take();
}

std::vector<std::string> networks(const Client& client) {
  Names names({});
  for (const auto& network : client.networks())
    if (!network->name().empty()) names.add(network->name());
  for (const std::string& name : client.defined_networks()) names.add(name);
  return names.take();
}

/// Those of single networks are many: for who begins to type them.
std::vector<std::string> settings(const Client& client, std::string_view head) {
  std::vector<std::string> names;
  for (const auto& [name, current] : client.settings.all())
    if (current.row.inherits.empty() || starts_folded(head, "n")) names.push_back(name);
  return names;
}

std::vector<std::string> values(const Client& client, std::string_view setting) {
  const auto found = client.settings.all().find(folded(setting));
  if (found == client.settings.all().end()) return {};
  if (!found->second.row.choices.empty()) return found->second.row.choices;
  const auto& value = found->second.value;
  if (const bool* const on = std::get_if<bool>(&value))
    return *on ? std::vector<std::string>{"false", "true"} : std::vector<std::string>{"true", "false"};
  return {shown(value)};
}

}  // namespace gnatter::chat::completion

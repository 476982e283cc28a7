// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "chat/command_rows.h"
#include "chat/words.h"

namespace gnatter::chat {
namespace {

constexpr std::size_t most_listed = 100;

/// What there is to say of one group.
struct Known {
  bool joined = false;
  std::size_t lines = 0;  // since the start
  std::string last_sender;
  std::optional<base::Time> last;
};

void add_windows(const Client& client, const Network& network, std::map<std::string, Known>& groups) {
  for (const auto& entry : client.buffers.entries()) {
    if (entry.network != &network || entry.buffer->kind() != BufferKind::group) continue;
    Known& known = groups[entry.buffer->name()];
    if (entry.buffer->speakers().empty()) continue;
    const Buffer::Speaker& last = entry.buffer->speakers().front();
    if (known.last >= last.last) continue;
    known.last = last.last;
    known.last_sender = last.name;
  }
}

/// Those with the latest lines first.
std::vector<std::pair<std::string, Known>> known_groups(const Client& client, const Network& network) {
  std::map<std::string, Known> groups;
  for (const std::string& name : network.messenger.groups()) groups[name].joined = true;
  for (const auto& [name, seen] : network.messenger.seen_groups().entries()) {
    Known& known = groups[name];
    known.lines = seen.lines;
    known.last = seen.last;
    known.last_sender = base::safe_text(seen.last_sender);
  }
  add_windows(client, network, groups);
  std::vector<std::pair<std::string, Known>> sorted(groups.begin(), groups.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second.last > b.second.last; });
  return sorted;
}

/// "#dev: joined, 12 lines, bob wrote last, 10:41"
std::string about_group(const std::string& name, const Known& known) {
  std::string text =
      written({BufferKind::group, base::safe_text(name)}) + (known.joined ? ": joined" : ": not joined");
  if (!known.last) return text + ", nobody has spoken yet";
  if (known.lines > 0) text += ", " + base::counted(known.lines, "line", "lines");
  return text + ", " + known.last_sender + " wrote last, " + words::moment(*known.last);
}

void list_groups(const CommandCall& call) {
  const auto groups = known_groups(call.client, call.network);
  for (std::size_t i = 0; i < groups.size() && i < most_listed; ++i)
    call.print(about_group(groups[i].first, groups[i].second));
  if (groups.size() > most_listed)
    call.print("And " + std::to_string(groups.size() - most_listed) + " more, where nothing newer came.");
  const bool watched = call.network.messenger.watches_groups();
  const std::string more = watched ? " Every group is watched; /list -watch off ends that."
                                   : " /list -watch looks at every group.";
  call.print((groups.empty() ? "No group has been seen yet, and a broker has no list of them. /join #GROUP "
                               "begins one."
                             : "These are the groups seen here; a broker has no list of all.") +
             more);
}

void watch(const CommandCall& call) {
  Network& network = call.network;
  call.print(
      "Every group of " + network.name() +
      " is watched now, and no window opens for that: /list shows what came, /list -watch off ends it.");
  network.messenger.watch_groups([&network](const SubscribeAnswer& answer) {
    if (answer.kind == SubscribeAnswer::Kind::granted) return;
    network.print(LineKind::error,
                  words::may_not_read(network.name(), network.user(), "every group", answer));
  });
}

void list(CommandCall& call) {
  std::string_view rest = call.arguments;
  const Word option = take_word(rest), value = take_word(rest);
  if (option.text.empty()) return list_groups(call);
  const bool off = value.text == "off", on = value.text == "on";
  if (option.text != "-watch" || (!value.text.empty() && !off && !on)) usage_error("/list [-watch [off]]");
  Messenger& messenger = call.network.messenger;
  if (call.network.user().empty()) throw base::UserError("Not connected yet: there is no group to watch.");
  if (on && messenger.watches_groups()) return call.print("Every group is watched already.");
  if (!off && !messenger.watches_groups()) return watch(call);
  call.print(messenger.end_watch()
                 ? "The groups of " + call.network.name() + " are not watched any more; /list has what came."
                 : "They are not watched.");
}

}  // namespace

std::vector<Command> group_commands() {
  return {
      {"list", {}, "[-watch [off]]", "Lists groups seen; -watch looks at all", false, list, "People"},
  };
}

}  // namespace gnatter::chat

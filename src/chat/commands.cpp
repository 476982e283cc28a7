// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/commands.h"

#include <utility>

#include "base/text.h"
#include "chat/command_rows.h"

namespace gnatter::chat {

namespace {

using base::UserError;
using protocol::Kind;

void message(CommandCall& call) {
  std::string_view rest = call.arguments;
  const Place to = call.client.take_place(call.network, rest);
  if (rest.empty()) usage_error("/msg TARGET TEXT");
  to.network.messenger.say(to.target, rest, Kind::message);
}

void query(CommandCall& call) {
  if (call.arguments.empty()) usage_error("/query USER [TEXT]");
  std::string_view rest = call.arguments;
  const auto [network, target] = call.client.take_place(call.network, rest);
  if (target.kind == BufferKind::group)
    throw UserError("/query is for one person; a group is joined: /join " + written(target));
  call.client.buffers.show(call.client.buffers.open(network, target.kind, target.name));
  if (!rest.empty()) network.messenger.say(target, rest, Kind::message);
}

void action(CommandCall& call) {
  if (call.arguments.empty()) usage_error("/me TEXT");
  call.network.messenger.say(call.client.current_target(), call.arguments, Kind::action);
}

void say(CommandCall& call) {
  if (call.arguments.empty()) usage_error("/say TEXT");
  call.network.messenger.say(call.client.current_target(), call.arguments, Kind::message);
}

void notice(CommandCall& call) {
  std::string_view rest = call.arguments;
  const Place to = call.client.take_place(call.network, rest);
  if (rest.empty()) usage_error("/notice TARGET TEXT");
  to.network.messenger.say(to.target, rest, Kind::notice);
}

void join(CommandCall& call) {
  const auto places = call.client.take_groups(call.network, call.arguments);
  if (places.empty()) usage_error("/join #GROUP…");
  for (const auto& [network, group] : places) {
    if (network.messenger.joined(group.name)) call.print("You are in " + written(group) + '.');
    network.messenger.join(group.name);
    call.client.buffers.show(call.client.buffers.open(network, BufferKind::group, group.name));
  }
}

/// As it was set, else as the keys' preset has it: irssi's hands expect it.
bool closes_on_part(const Settings& settings) {
  const auto& closing = settings.all().find("window.close-on-part")->second;
  if (closing.origin != Settings::Origin::initial) return std::get<bool>(closing.value);
  return std::get<std::string>(settings.value("keys")) == "irssi";
}

void part_one(const CommandCall& call, const Place& place) {
  const auto& [network, group] = place;
  const std::string shown = written(group);
  if (!network.messenger.part(group.name)) throw UserError("You are not in " + shown + '.');
  BufferList& windows = call.client.buffers;
  Buffer& window = windows.open(network, BufferKind::group, group.name);
  const bool closes = closes_on_part(call.client.settings);
  window.print(LineKind::info, "You left " + shown + '.');
  if (closes) windows.close(window);
}

void part(CommandCall& call) {
  auto places = call.client.take_groups(call.network, call.arguments);
  if (places.empty()) {
    if (call.window.kind() != BufferKind::group) usage_error("/part #GROUP…");
    places.push_back({call.network, {BufferKind::group, call.window.name()}});
  }
  for (const Place& place : places) part_one(call, place);
}

/// What IRC has and a chat over MQTT has not, answered in words rather than with "no such command".
Command refused(std::string name, std::string reason) {
  return {std::move(name), {}, "", "", true, [reason](CommandCall&) {
            throw UserError(reason + " Nothing was sent.");
          }};
}

std::vector<Command> talk_commands() {
  return {
      {"join", {"j"}, "#GROUP…", "Joins groups and shows the last of them", false, join, "Talk"},
      {"me", {}, "TEXT", "Says what you do, in this window", false, action, "Talk"},
      {"msg", {"m"}, "TARGET TEXT", "Sends TEXT to a user or a #group", false, message, "Talk"},
      {"notice", {}, "TARGET TEXT", "The same as an automatic reply", false, notice, "Talk"},
      {"part", {"leave", "p"}, "[#GROUP…]", "Leaves groups, or this one", false, part, "Talk"},
      {"query", {"q"}, "USER [TEXT]", "Shows the window of one person", false, query, "Talk"},
      {"say", {}, "TEXT", "Sends TEXT as it stands to this window", false, say, "Talk"},
  };
}

std::vector<Command> refused_commands() {
  std::vector<Command> rows;
  rows.push_back(refused("nick", "Your name is the one the broker knows you by: /connect -user NAME."));
  rows.push_back(refused("topic", "Groups have no topic here."));
  for (const char* name : {"kick", "ban", "op", "mode", "invite"})
    rows.push_back(refused(name, "There are no operators: who may write is set in the broker."));
  return rows;
}

}  // namespace

std::vector<Command> core_commands() {
  std::vector<Command> all;
  for (const auto& part :
       {talk_commands, people_commands, group_commands, window_commands, unsent_commands, connection_commands,
        network_commands, setting_commands, topic_commands, rawlog_commands, help_commands, refused_commands})
    for (Command& row : part()) all.push_back(std::move(row));
  return all;
}

}  // namespace gnatter::chat

// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/commands.h"

#include <utility>

#include "base/text.h"
#include "chat/command_rows.h"

namespace gnatter::chat {

std::vector<std::string> group_arguments(std::string_view arguments) {
  std::vector<std::string> groups;
  for (Word word = take_word(arguments); !word.text.empty() || word.quoted; word = take_word(arguments))
    groups.push_back(to_target(word, true).name);
  return groups;
}

namespace {

using base::UserError;
using protocol::Kind;

void message(CommandCall& call) {
  std::string_view rest = call.arguments;
  const Target target = call.client.take_target(call.network, rest);
  if (rest.empty()) usage_error("/msg TARGET TEXT");
  call.network.messenger.say(target, rest, Kind::message);
}

void query(CommandCall& call) {
  if (call.arguments.empty()) usage_error("/query USER [TEXT]");
  std::string_view rest = call.arguments;
  const Target target = call.client.take_target(call.network, rest);
  if (target.kind == BufferKind::group)
    throw UserError("/query is for one person; a group is joined: /join " + written(target));
  call.client.buffers.show(call.client.buffers.open(call.network, target.kind, target.name));
  if (!rest.empty()) call.network.messenger.say(target, rest, Kind::message);
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
  const Target target = call.client.take_target(call.network, rest);
  if (rest.empty()) usage_error("/notice TARGET TEXT");
  call.network.messenger.say(target, rest, Kind::notice);
}

void join(CommandCall& call) {
  const auto groups = group_arguments(call.arguments);
  if (groups.empty()) usage_error("/join #GROUP…");
  for (const std::string& group : groups) {
    if (call.network.messenger.joined(group))
      call.print("You are in " + written({BufferKind::group, group}) + '.');
    call.network.messenger.join(group);
    call.client.buffers.show(call.client.buffers.open(call.network, BufferKind::group, group));
  }
}

void part(CommandCall& call) {
  auto groups = group_arguments(call.arguments);
  if (groups.empty()) {
    if (call.window.kind() != BufferKind::group) usage_error("/part #GROUP…");
    groups.push_back(call.window.name());
  }
  for (const std::string& group : groups) {
    const std::string shown = written({BufferKind::group, group});
    if (!call.network.messenger.part(group)) throw UserError("You are not in " + shown + '.');
    CommandCall there{
        call.client, call.network, call.client.buffers.open(call.network, BufferKind::group, group), {}};
    there.print("You left " + shown + '.');
  }
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
  for (const auto& part : {talk_commands, people_commands, window_commands, unsent_commands,
                           connection_commands, setting_commands, help_commands, refused_commands})
    for (Command& row : part()) all.push_back(std::move(row));
  return all;
}

}  // namespace gnatter::chat

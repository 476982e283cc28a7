// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/commands.h"

#include <fnmatch.h>

#include "base/text.h"
#include "base/user_error.h"
#include "chat/client.h"
#include "chat/words.h"

namespace gnatter::chat {
namespace {

using base::UserError;
using protocol::Kind;

[[noreturn]] void usage_error(std::string_view usage) {
  throw UserError("Usage: " + std::string(usage));
}

void message(CommandCall& call) {
  std::string_view rest = call.arguments;
  const Target target = call.client.take_target(call.network, rest);
  if (rest.empty()) usage_error("/msg TARGET TEXT");
  call.network.messenger.say(target, rest, Kind::message);
}

void query(CommandCall& call) {
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

/// Every word of the arguments as a group, all checked before the first is used.
std::vector<std::string> group_arguments(std::string_view arguments) {
  std::vector<std::string> groups;
  for (Word word = take_word(arguments); !word.text.empty() || word.quoted; word = take_word(arguments))
    groups.push_back(to_target(word, true).name);
  return groups;
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

std::string status_word(const std::optional<protocol::Status>& status) {
  return status ? std::string(protocol::to_payload(*status)) : "status unknown";
}

std::string since(base::Time time) {
  return "since " + base::local_clock(time);
}

void names_of_group(CommandCall& call, const std::string& group) {
  const std::string shown = written({BufferKind::group, group});
  const Buffer* buffer = call.client.buffers.find(call.network, BufferKind::group, group);
  if (!buffer || buffer->speakers().empty()) return call.print("Nobody has spoken in " + shown + " yet.");
  std::string list = "Spoke in " + shown + ':';
  for (const auto& speaker : buffer->speakers()) list += ' ' + written({BufferKind::direct, speaker.name});
  call.print(list);
}

void names(CommandCall& call) {
  const auto groups = group_arguments(call.arguments);
  for (const std::string& group : groups) names_of_group(call, group);
  if (!groups.empty()) return;
  if (!call.network.roster_kept)
    return call.print("Nobody keeps track of who is here: presence is not loaded.");
  std::string list = "Here on " + call.network.name() + ':';
  for (const auto& [name, entry] : call.network.roster.entries()) {
    list += ' ' + written({BufferKind::direct, base::safe_text(name)});
    if (entry.status && *entry.status != protocol::Status::online)
      list += " (" + status_word(entry.status) + ')';
  }
  call.print(list);
}

void who(CommandCall& call) {
  std::string_view rest = call.arguments;
  Word word = take_word(rest);
  const bool verbose = !word.quoted && word.text == "-v";
  if (verbose) word = take_word(rest);
  const std::string pattern = word.text.empty() ? "*" : word.text;
  if (!call.network.roster_kept) call.print("Nobody keeps track of who is here: presence is not loaded.");
  std::size_t count = 0;
  for (const auto& [name, entry] : call.network.roster.entries()) {
    if (fnmatch(pattern.c_str(), name.c_str(), FNM_NOESCAPE) != 0) continue;
    ++count;
    call.print(base::safe_text(name) + ": " +
               (entry.status ? status_word(entry.status) : "here, status unknown") + ' ' +
               since(entry.since) + (entry.frozen ? ", as of when the line was lost" : ""));
  }
  if (count == 0 && call.network.roster_kept)
    call.print(pattern == "*" ? "Nobody is here." : "Nobody here is called like that.");
  if (verbose)
    call.print("Dropped since the start: " +
               base::counted(call.network.messenger.dropped(), "announcement or message",
                             "announcements or messages") +
               " with a name that is not allowed.");
}

void connect(CommandCall& call) {
  std::string_view rest = call.arguments;
  Account account = call.network.session.account();
  const std::string host = take_word(rest).text, port = take_word(rest).text;
  const Word user = take_word(rest);
  if (!rest.empty()) usage_error("/connect [HOST [PORT [USER]]]");
  if (!host.empty()) account.host = to_host(host);
  if (!port.empty()) account.port = to_port(port);
  if (!user.text.empty()) {
    const std::string name = protocol::own_name(user.text, protocol::NameKind::user);
    // Without a password of its own an account has its name as password; another user's is not ours to send.
    if (name != account.user) account.password = name;
    account.user = name;
  }
  if (account.host.empty()) usage_error("/connect HOST PORT USER");
  call.client.connect(call.network, std::move(account));
}

void disconnect(CommandCall& call) {
  if (call.network.session.state() == Session::State::off) return call.print("Not connected.");
  call.network.disconnect();
}

std::string synopsis(const Command& command) {
  return '/' + command.name + (command.usage.empty() ? "" : ' ' + command.usage);
}

void help(CommandCall& call) {
  std::string_view rest = call.arguments;
  const Word word = take_word(rest);
  const std::string name = word.text.substr(word.text.starts_with('/') ? 1 : 0);
  if (name.empty()) {
    for (const auto& command : call.client.commands.all())
      if (!command->summary.empty()) call.print(synopsis(*command) + " - " + command->summary);
    return;
  }
  const auto command = call.client.commands.find(name);
  if (command->summary.empty()) return command->run(call);
  std::string text = synopsis(*command) + " - " + command->summary + '.';
  for (const std::string& alias : command->aliases)
    text += (alias == command->aliases.front() ? " Also: /" : ", /") + alias;
  call.print(text);
}

/// What IRC has and a chat over MQTT has not, answered in words rather than with "no such command".
Command refused(std::string name, std::string reason) {
  return {std::move(name), {}, "", "", true, [reason](CommandCall&) {
            throw UserError(reason + " Nothing was sent.");
          }};
}

}  // namespace

std::vector<Command> core_commands() {
  const std::string no_operators = "There are no operators: who may write is set in the broker.";
  std::vector<Command> rows{
      {"connect",
       {"server"},
       "[HOST [PORT [USER]]]",
       "Connects to a broker; without arguments again to the last",
       false,
       connect},
      {"disconnect", {}, "", "Logs out and ends the connection", true, disconnect},
      {"help", {}, "[COMMAND]", "Lists the commands, or tells about one", false, help},
      {"join", {"j"}, "#GROUP…", "Joins groups: what is written there comes from now on", false, join},
      {"me", {}, "TEXT", "Says what you do, in the current window", false, action},
      {"msg", {"m"}, "TARGET TEXT", "Sends TEXT to a user or a #group", false, message},
      {"names", {"n"}, "[#GROUP…]", "Lists who is here, or who spoke in a group", false, names},
      {"part",
       {"leave", "p"},
       "[#GROUP…]",
       "Leaves groups, without an argument the current one",
       false,
       part},
      {"query", {"q"}, "USER [TEXT]", "Opens the window of one person, and sends TEXT there", false, query},
      {"quit",
       {"bye", "exit", "signoff"},
       "",
       "Logs out and ends gnatter",
       true,
       [](CommandCall& call) { call.client.quit_asked.emit(); }},
      {"who",
       {"w"},
       "[-v] [PATTERN]",
       "Tells who is here, how and since when; -v counts what was dropped",
       false,
       who},
  };
  rows.push_back(refused("nick", "Your name is the one the broker knows you by: /connect HOST PORT USER."));
  rows.push_back(refused("topic", "Groups have no topic here."));
  for (const char* name : {"kick", "ban", "op", "mode", "invite"})
    rows.push_back(refused(name, no_operators));
  return rows;
}

}  // namespace gnatter::chat

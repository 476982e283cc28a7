// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "chat/command_rows.h"
#include "chat/letter_case.h"
#include "chat/setting_commands.h"

namespace gnatter::chat {
namespace {

using base::UserError;

std::string synopsis(const Command& command) {
  return '/' + command.name + (command.usage.empty() ? "" : ' ' + command.usage);
}

using Rows = std::vector<std::shared_ptr<const Command>>;

Rows rows_of(const CommandCall& call, std::string_view group) {
  Rows rows = call.client.commands.all();
  std::erase_if(rows, [&](const auto& row) { return row->group != group || row->summary.empty(); });
  return rows;
}

/// One line a group, of names; `verbose`: one a command.
void help_of_all(const CommandCall& call, bool verbose) {
  constexpr std::pair<const char*, const char*> groups[] = {{"Talk", "Talk: "},       {"People", "People: "},
                                                            {"Windows", "Windows: "}, {"Topics", "Topics: "},
                                                            {"Else", "Else: "},       {"", "More: "}};
  for (const auto& [group, heading] : groups) {
    std::string names = heading;
    for (const auto& command : rows_of(call, group)) {
      if (verbose) call.print(synopsis(*command) + " - " + command->summary);
      names += '/' + command->name + ' ';
    }
    if (!verbose && names != heading) call.print(names.substr(0, names.size() - 1));
  }
  if (!verbose) call.print("/help COMMAND tells more, /help -v of all; //text sends a text with a slash.");
}

void help(CommandCall& call) {
  std::string_view rest = call.arguments;
  const Word word = take_word(rest);
  const std::string name = word.text.substr(word.text.starts_with('/') ? 1 : 0);
  if (name.empty() || (!word.quoted && name == "-v")) return help_of_all(call, !name.empty());
  const auto alias = call.client.aliases.find(folded(name));
  if (!call.client.commands.has(name) && alias != call.client.aliases.end())
    return call.print('/' + alias->first + " is your name for /" + alias->second);
  const bool is_command = call.client.commands.has(name);
  if (!is_command && help_of_setting(call, name)) return;
  const auto command = call.client.commands.find(name);
  if (command->summary.empty()) return command->run(call);
  std::string text = synopsis(*command) + " - " + command->summary + '.';
  for (const std::string& other : command->aliases)
    text += (other == command->aliases.front() ? " Also: /" : ", /") + other;
  call.print(text);
  if (is_command) help_of_setting(call, name);  // /join, and what is joined at the start
}

std::string alias_name(const Word& word) {
  std::string name = folded(word.text.substr(word.text.starts_with('/') ? 1 : 0));
  if (name.find_first_of("/ ") != name.npos || name.find_first_not_of("0123456789") == name.npos)
    throw UserError("An alias is one word, not a number and without a slash in it.");
  return name;
}

void alias(CommandCall& call) {
  auto& aliases = call.client.aliases;
  std::string_view rest = call.arguments;
  const Word word = take_word(rest);
  if (word.text.empty()) {
    for (const auto& [name, text] : aliases) call.print('/' + name + " is /" + text);
    if (aliases.empty()) call.print("You have no aliases. /alias NAME TEXT makes one.");
    return;
  }
  const std::string name = alias_name(word);
  rest.remove_prefix(std::min(rest.find_first_not_of(" /"), rest.size()));
  const auto known = aliases.find(name);
  if (rest.empty() && known == aliases.end()) throw UserError("There is no alias /" + name + '.');
  if (rest.empty()) return call.print('/' + name + " is /" + known->second);
  if (call.client.commands.has(name)) throw UserError('/' + name + " is a command already.");
  aliases[name] = rest;
  call.print('/' + name + " is now /" + std::string(rest));
}

void unalias(CommandCall& call) {
  std::string_view rest = call.arguments;
  const Word word = take_word(rest);
  if (word.text.empty()) usage_error("/unalias NAME");
  const std::string name = alias_name(word);
  if (call.client.aliases.erase(name) == 0) throw UserError("There is no alias /" + name + '.');
  call.print("There is no alias /" + name + " any more.");
}

}  // namespace

std::vector<Command> help_commands() {
  return {
      {"alias", {}, "[NAME [TEXT]]", "Names a command line, for this run", false, alias, "Else"},
      {"help", {}, "[-v] [COMMAND|SETTING]", "Lists commands, or tells of one", false, help, "Else"},
      {"unalias", {}, "NAME", "Ends an alias", false, unalias, "Else"},
  };
}

}  // namespace gnatter::chat

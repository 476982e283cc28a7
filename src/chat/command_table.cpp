// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/command_table.h"

#include <algorithm>

#include "base/text.h"
#include "chat/buffer.h"
#include "chat/letter_case.h"
#include "chat/nearest.h"

namespace gnatter::chat {

void CommandCall::print(std::string_view sentence) const {
  window.print(LineKind::info, sentence);
}

Subscription CommandTable::add(Command command, bool core) {
  bool taken = named(command.name) != nullptr;
  for (const std::string& alias : command.aliases) taken = taken || named(alias);
  if (taken) return {};
  auto row = std::make_shared<const Command>(std::move(command));
  const auto place = std::find_if(rows_->begin(), rows_->end(),
                                  [&](const Row& other) { return other.command->name > row->name; });
  rows_->insert(place, {row, core});
  return Subscription([rows = std::weak_ptr(rows_), row] {
    if (auto all = rows.lock()) std::erase_if(*all, [&](const Row& other) { return other.command == row; });
  });
}

std::shared_ptr<const Command> CommandTable::named(std::string_view name) const {
  for (const Row& row : *rows_)
    if (row.command->name == name) return row.command;
  for (const Row& row : *rows_)
    for (const std::string& alias : row.command->aliases)
      if (alias == name) return row.command;
  return nullptr;
}

std::shared_ptr<const Command> CommandTable::prefixed(std::string_view name, bool core) const {
  std::vector<std::shared_ptr<const Command>> matches;
  for (const Row& row : *rows_)
    if (row.core == core && !row.command->whole_name && row.command->name.starts_with(name))
      matches.push_back(row.command);
  if (matches.size() < 2) return matches.empty() ? nullptr : matches.front();
  std::string names;
  for (const auto& match : matches) names += (names.empty() ? "/" : ", /") + match->name;
  throw base::UserError('/' + std::string(name) + " could be " + names + ". Nothing was done.");
}

std::shared_ptr<const Command> CommandTable::find(std::string_view name) const {
  if (name.empty()) throw base::UserError("A command stands right after the slash. /help lists them.");
  const std::string wanted = folded(name);
  if (auto command = named(wanted)) return command;
  for (bool core : {true, false})
    if (auto command = prefixed(wanted, core)) return command;
  const std::string near = nearest(wanted);
  throw UnknownCommand("There is no /" + base::safe_text(name.substr(0, 40)) +
                       (near.empty() ? "" : " (/" + near + "?)") + '.');
}

bool CommandTable::has(std::string_view name) const {
  return named(folded(name)) != nullptr;
}

std::string CommandTable::nearest(std::string_view name) const {
  std::vector<std::string> names;
  for (const Row& row : *rows_)
    if (!row.command->summary.empty()) names.push_back(row.command->name);
  return chat::nearest(name, names);
}

std::vector<std::shared_ptr<const Command>> CommandTable::all() const {
  std::vector<std::shared_ptr<const Command>> out;
  for (const Row& row : *rows_) out.push_back(row.command);
  return out;
}

}  // namespace gnatter::chat

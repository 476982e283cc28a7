// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/command_table.h"

#include <algorithm>

#include "base/text.h"
#include "chat/buffer.h"
#include "chat/letter_case.h"

namespace gnatter::chat {
namespace {

/// Edits (insert, delete, replace) from one word to the other.
std::size_t distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  for (std::size_t j = 0; j <= to.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= from.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const std::size_t replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({replaced, row[j] + 1, row[j - 1] + 1}));
    }
  }
  return row.back();
}

}  // namespace

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
  std::string best;
  std::size_t least = std::min<std::size_t>(3, name.size() / 2 + 1);  // half of it wrong is no guess
  if (name.size() > 20) return best;
  for (const Row& row : *rows_)
    if (const std::size_t edits = distance(name, row.command->name);
        edits < least && !row.command->summary.empty()) {
      least = edits;
      best = row.command->name;
    }
  return best;
}

std::vector<std::shared_ptr<const Command>> CommandTable::all() const {
  std::vector<std::shared_ptr<const Command>> out;
  for (const Row& row : *rows_) out.push_back(row.command);
  return out;
}

}  // namespace gnatter::chat

// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/setting_commands.h"

#include <algorithm>
#include <vector>

#include "chat/command_rows.h"
#include "chat/letter_case.h"

namespace gnatter::chat {
namespace {

using base::UserError;

bool is_initial(const Settings::Current& current) {
  return current.value == current.row.initial;
}

/// "  logger.lines 500", or with a mark where it is not the default: "* logger.lines 200 (default 500)".
std::string row_of(const Settings::Current& current) {
  const std::string now = current.row.name + ' ' + shown(current.value);
  return is_initial(current) ? "  " + now : "* " + now + " (default " + shown(current.row.initial) + ')';
}

/// Of a network, and the same as at the top: that stands there already.
bool is_inherited(const Settings::Current& current) {
  return !current.row.inherits.empty() && current.origin == Settings::Origin::initial;
}

void list(const CommandCall& call, const std::string& part) {
  std::size_t count = 0;
  for (const auto& [name, current] : call.client.settings.all()) {
    if (name.find(part) == name.npos || (part.empty() && is_inherited(current))) continue;
    call.print(row_of(current));
    ++count;
  }
  if (count == 0) throw UserError(call.client.settings.no_such(part) + " /set lists them all.");
  call.print("/set NAME VALUE changes one, /unset NAME takes that back, /help NAME tells of it.");
}

/// A value in quotes is what stands in them, so that it can be empty or begin with a blank. A list has words
/// in quotes of its own.
std::string value_of(std::string_view text, const Settings::Value& type) {
  if (!text.starts_with('"') || std::holds_alternative<Settings::List>(type)) return std::string(text);
  std::string_view rest = text;
  try {
    const Word word = take_word(rest);
    if (rest.empty()) return word.text;
  } catch (const UserError&) {  // a text that begins with a quote
  }
  return std::string(text);
}

/// Of the programs that have it in their /set, some take it for a part of the value.
void refuse_equals(std::string_view name, std::string_view value) {
  const std::size_t sign = name.find('=');
  const bool between = value == "=" || value.starts_with("= ");
  if (sign == name.npos && !between) return;
  if (sign != name.npos)
    value = name.substr(sign + 1);
  else
    value.remove_prefix(std::min<std::size_t>(2, value.size()));
  throw UserError("No = belongs there: /set " + std::string(name.substr(0, sign)) + ' ' +
                  (value.empty() ? "VALUE" : std::string(value)) + ". Nothing was changed.");
}

/// Does `change`, and tells what has become of the setting.
template <class Change>
void tell_change(const CommandCall& call, const std::string& name, Change change) {
  auto& settings = call.client.settings;
  if (!settings.has(name)) throw UserError(settings.no_such(name) + " Nothing was changed.");
  const Settings::Value before = settings.value(name);
  change();
  if (!settings.has(name)) return;  // whoever had it went, on this change
  const Settings::Value& now = settings.value(name);
  if (now == before) return call.print(name + " is " + shown(now) + " already.");
  const std::string effect = settings.all().find(name)->second.row.effect;
  call.print(name + " is now " + shown(now) + '.' + (effect.empty() ? "" : ' ' + effect));
}

void set(CommandCall& call) {
  std::string_view rest = call.arguments;
  const std::string name = folded(take_word(rest).text);
  refuse_equals(name, rest);
  auto& settings = call.client.settings;
  if (!rest.empty())
    return tell_change(call, name, [&] { settings.set(name, value_of(rest, settings.value(name))); });
  if (!settings.has(name)) return list(call, name);
  call.print(row_of(settings.all().find(name)->second).substr(2));
}

std::string only_name(const CommandCall& call, std::string_view usage) {
  std::string_view rest = call.arguments;
  const std::string name = folded(take_word(rest).text);
  if (name.empty() || !rest.empty()) usage_error(usage);
  return name;
}

void toggle(CommandCall& call) {
  const std::string name = only_name(call, "/toggle SETTING");
  auto& settings = call.client.settings;
  tell_change(call, name, [&] {
    const auto* const on = std::get_if<bool>(&settings.value(name));
    if (!on)
      throw UserError(name + " is not just true or false. It stays " + shown(settings.value(name)) +
                      "; /set " + name + " VALUE changes it.");
    settings.set(name, *on ? "false" : "true");
  });
}

void unset(CommandCall& call) {
  const std::string name = only_name(call, "/unset SETTING");
  tell_change(call, name, [&] { call.client.settings.reset(name); });
}

}  // namespace

bool help_of_setting(const CommandCall& call, std::string_view typed) {
  const std::string name = folded(typed);
  const auto& settings = call.client.settings;
  if (!settings.has(name)) {
    if (name.find('.') == name.npos || call.client.commands.has(name)) return false;
    throw UserError(settings.no_such(name) + " /set lists them all.");
  }
  const Settings::Current& current = settings.all().find(name)->second;
  constexpr const char* types[] = {"True or false", "A whole number", "A text", "A list"};
  call.print(name + " - " + current.row.summary + ". " + types[current.row.initial.index()] + ", default " +
             shown(current.row.initial) +
             (is_initial(current) ? "." : "; now " + shown(current.value) + '.'));
  return true;
}

std::vector<Command> setting_commands() {
  return {
      {"set", {}, "[SETTING [VALUE]]", "Lists what can be set, or sets it", false, set, "Else"},
      {"toggle", {}, "SETTING", "Turns a setting on or off", false, toggle, "Else"},
      {"unset", {"reset"}, "SETTING", "Sets it to its default", false, unset, "Else"},
  };
}

}  // namespace gnatter::chat

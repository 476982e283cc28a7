// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bind_commands.h"

#include <algorithm>
#include <utility>

#include "base/user_error.h"
#include "chat/letter_case.h"
#include "ui/key_names.h"

namespace gnatter::ui {
namespace {

using base::UserError;
using Kind = LineEditor::Binding::Kind;
using Keys = std::vector<std::string>;

constexpr std::string_view our_prefix = "gnatter-";

std::string_view take_word(std::string_view& text) {
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(std::min(text.find_first_not_of(' ', word.size()), text.size()));
  return word;
}

std::string_view without_prefix(std::string_view function) {
  return function.starts_with(our_prefix) ? function.substr(our_prefix.size()) : function;
}

Keys keys_of_user(std::string_view name) {
  Keys keys = keys_named(name);
  if (keys.empty())
    throw UserError("There is no key " + std::string(name) +
                    ". Keys are written alt-x, ctrl-x, f5, pgup; two in a row ctrl-x,n.");
  return keys;
}

/// What a user may bind: not what is typed, sends the line or begins other keys.
Keys keys_to_bind(const LineEditor& editor, std::string_view name) {
  Keys keys = keys_of_user(name);
  const std::string& first = keys.front();
  if (first.front() != '\\' || first.starts_with("\\\\") || first.starts_with("\\\""))
    throw UserError(key_name(first) + " is typed as it is. Keys to bind are alt-x, ctrl-x, f5 and such.");
  if (first == "\\C-m") throw UserError("Enter sends the line, and nothing else may.");
  if (editor.binding(first).kind == Kind::longer)
    throw UserError(key_name(first) + " begins other keys, and can do nothing alone.");
  for (std::size_t end = name.find(','); end != name.npos; end = name.find(',', end + 1)) {
    const Keys before = keys_named(name.substr(0, end));
    if (!before.empty() && editor.binding(before.front()).kind != Kind::longer &&
        editor.binding(before.front()).kind != Kind::nothing)
      throw UserError(key_name(before.front()) + " does something alone, and can begin no other keys.");
  }
  return keys;
}

}  // namespace

BindCommands::BindCommands(chat::Client& client, LineEditor& editor) : editor_(editor) {
  rows_[0] = client.commands.add({"bind",
                                  {"key"},
                                  "[KEY [ACTION]]",
                                  "Tells what keys do, or changes it for this run",
                                  false,
                                  [this](chat::CommandCall& call) { bind(call); },
                                  "Else"},
                                 true);
  rows_[1] = client.commands.add({"unbind",
                                  {},
                                  "KEY",
                                  "Makes a key do nothing, for this run",
                                  false,
                                  [this](chat::CommandCall& call) { unbind(call, call.arguments); },
                                  "Else"},
                                 true);
}

void BindCommands::bind(const chat::CommandCall& call) {
  std::string_view rest = call.arguments;
  std::string_view name = take_word(rest);
  if (name == "unbind") return unbind(call, rest);
  if (name == "bind") name = take_word(rest);
  const std::string_view action = take_word(rest);
  if (!rest.empty()) throw UserError("Usage: /bind [KEY [ACTION]]");
  if (name.empty()) return list(call);
  if (action.empty()) return call.print(told(name));
  const Keys keys = keys_to_bind(editor_, name);
  const std::string function = function_named(std::string(action));
  for (const std::string& one : keys) editor_.bind(one, function);
  call.print("From now on: " + told(name));
}

void BindCommands::unbind(const chat::CommandCall& call, std::string_view name) {
  std::string_view rest = name;
  name = take_word(rest);
  if (name.empty() || !rest.empty()) throw UserError("Usage: /unbind KEY");
  for (const std::string& one : keys_to_bind(editor_, name)) editor_.unbind(one);
  call.print("From now on: " + told(name));
}

void BindCommands::list(const chat::CommandCall& call) const {
  for (const KeyAction& action : editor_.actions()) {
    const std::string keys = names_of_keys(editor_.keys_of(action.name));
    call.print(std::string(without_prefix(action.name)) + (keys.empty() ? "" : " (" + keys + ")") + ": " +
               action.summary);
  }
  const std::string& preset = std::get<std::string>(call.client.settings.value("keys"));
  if (preset != "gnatter") call.print("These are the keys of " + preset + "; /set keys gnatter has ours.");
  call.print("/bind KEY tells what a key does; the other functions are those of readline.");
}

/// What the key does, in a sentence.
std::string BindCommands::told(std::string_view name) const {
  const Keys keys = keys_of_user(name);
  LineEditor::Binding binding;
  for (const std::string& one : keys)
    if (binding.kind == Kind::nothing) binding = editor_.binding(one);
  const std::string key = key_name(keys.front());
  if (binding.kind == Kind::nothing) return key + " does nothing.";
  if (binding.kind == Kind::longer) return key + " begins other keys, and does nothing alone.";
  if (binding.kind == Kind::macro) return key + " types \"" + binding.text + "\".";
  const auto& actions = editor_.actions();
  const auto action = std::ranges::find(actions, binding.text, &KeyAction::name);
  if (action == actions.end()) return key + " does " + binding.text + " of readline.";
  return key + " does " + std::string(without_prefix(action->name)) + ": " + action->summary + '.';
}

/// An action's name, whole or without what all of them begin with, else one of readline's.
std::string BindCommands::function_named(const std::string& name) const {
  const std::string small = chat::folded(name);
  for (const KeyAction& action : editor_.actions())
    if (small == action.name || small == without_prefix(action.name)) return action.name;
  if (!LineEditor::is_function(name))
    throw UserError("There is nothing called " + name +
                    ". /bind lists what keys can do, and so does readline(3).");
  return name;
}

}  // namespace gnatter::ui

// SPDX-License-Identifier: GPL-3.0-or-later
// Keys bound while the program runs.
#include <utility>

#include "ui/key_sequences.h"
#include "ui/line_editor_state.h"

namespace gnatter::ui {
namespace {

/// readline lists our own names first.
std::string name_of(rl_command_func_t* function) {
  for (FUNMAP** row = funmap; row && *row; ++row)
    if ((*row)->function == function) return (*row)->name;
  return {};
}

}  // namespace

const std::vector<KeyAction>& LineEditor::actions() const {
  return state_->actions;
}

LineEditor::Binding LineEditor::binding(const std::string& keys) const {
  using Kind = Binding::Kind;
  const std::string bytes = bytes_of(keys);
  if (auto text = state_->keymaps.macro_of(bytes)) return {Kind::macro, written_keys(*text)};
  if (!ReadlineKeymaps::is_bound(bytes)) return {};
  int type = ISFUNC;
  rl_command_func_t* const function =
      rl_function_of_keyseq_len(bytes.data(), bytes.size(), rl_get_keymap(), &type);
  if (type == ISKMAP) return {Kind::longer, {}};
  return {Kind::function, name_of(function)};
}

std::vector<std::string> LineEditor::keys_of(const std::string& function) const {
  rl_command_func_t* const wanted = rl_named_function(function.c_str());
  char** const found = wanted ? rl_invoking_keyseqs_in_map(wanted, rl_get_keymap()) : nullptr;
  std::vector<std::string> all;
  for (char** keys = found; keys && *keys; ++keys) {
    all.emplace_back(*keys);
    ::free(*keys);
  }
  ::free(found);
  return all;
}

bool LineEditor::is_function(const std::string& name) {
  return rl_named_function(name.c_str()) != nullptr;
}

void LineEditor::bind(const std::string& keys, const std::string& function) {
  if (rl_command_func_t* const command = rl_named_function(function.c_str())) state_->bind_now(keys, command);
}

void LineEditor::unbind(const std::string& keys) {
  state_->bind_now(keys, nullptr);
}

void LineEditor::use_preset(std::string_view name) {
  state_->use_preset(name);
}

void LineEditor::State::bind_now(const std::string& keys, rl_command_func_t* function) {
  keymaps.open();
  ReadlineKeymaps::bind(keys, function);
  keymaps.close();
  bound[keys] = function;
}

/// Before the inputrc is read.
void LineEditor::State::save_defaults() {
  for (const KeyPreset& preset : presets)
    for (const KeyPreset::Row& row : preset.rows)
      defaults.emplace(row.keys, ReadlineKeymaps::saved(row.keys));
}

void LineEditor::State::use_preset(std::string_view name) {
  settle();
  keymaps.open();
  for (const auto& [keys, before] : defaults) ReadlineKeymaps::restore(keys, before);
  for (const KeyPreset& preset : presets)
    for (const KeyPreset::Row& row : preset.rows)
      if (preset.name == name) ReadlineKeymaps::bind(row.keys, rl_named_function(row.function.c_str()));
  keymaps.close();
  const std::vector<std::string> told = complaints;  // what is wrong with the inputrc has been told
  read_inputrc();
  complaints = told;
  keymaps.open();
  for (const auto& [keys, function] : bound) ReadlineKeymaps::bind(keys, function);
  keymaps.close();
}

}  // namespace gnatter::ui

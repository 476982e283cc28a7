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
  rl_command_func_t* const command = rl_named_function(function.c_str());
  if (!command) return;
  state_->keymaps.open();
  ReadlineKeymaps::bind(keys, command);
  state_->keymaps.close();
}

void LineEditor::unbind(const std::string& keys) {
  state_->keymaps.open();
  ReadlineKeymaps::bind(keys, nullptr);
  state_->keymaps.close();
}

}  // namespace gnatter::ui

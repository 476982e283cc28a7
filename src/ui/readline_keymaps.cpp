// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/readline_keymaps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
// clang-format off: readline's headers want FILE
#include <readline/keymaps.h>
#include <readline/readline.h>
// clang-format on

#include <array>
#include <functional>
#include <set>
#include <utility>

#include "ui/key_sequences.h"

namespace gnatter::ui {
namespace {

std::array<Keymap, 3> maps() {
  return {emacs_standard_keymap, vi_insertion_keymap, vi_movement_keymap};
}

int nothing(int, int) {
  return 0;
}

struct Binding {
  const char* keys;
  rl_command_func_t* command;
};

/// What terminals send for the keys that readline knows only by terminfo, which it is not shown here.
constexpr auto terminal_keys = std::to_array<Binding>({
    {"\\e[1~", rl_beg_of_line},
    {"\\e[7~", rl_beg_of_line},
    {"\\e[4~", rl_end_of_line},
    {"\\e[8~", rl_end_of_line},
    {"\\e[H", rl_beg_of_line},
    {"\\e[F", rl_end_of_line},
    {"\\eOH", rl_beg_of_line},
    {"\\eOF", rl_end_of_line},
    {"\\e[3~", rl_delete},
    {"\\e[3;5~", rl_kill_word},
    {"\\e[3^", rl_kill_word},
    {"\\e[3;3~", rl_kill_word},
    {"\\e[1;5C", rl_forward_word},
    {"\\e[5C", rl_forward_word},
    {"\\eOc", rl_forward_word},
    {"\\e[1;5D", rl_backward_word},
    {"\\e[5D", rl_backward_word},
    {"\\eOd", rl_backward_word},
    {"\\e[1;5A", rl_get_previous_history},
    {"\\eOa", rl_get_previous_history},
    {"\\e[1;5B", rl_get_next_history},
    {"\\eOb", rl_get_next_history},
    {"\\eOM", rl_newline},
});

void bind_terminal_keys() {
  for (const Keymap map : maps()) {
    for (const Binding& row : terminal_keys) rl_bind_keyseq_if_unbound_in_map(row.keys, row.command, map);
    rl_bind_keyseq_in_map("\\e[200~", nothing, map);  // a paste never comes this way
    rl_bind_key_in_map(never_typed, nothing, map);
  }
}

/// Keys of readline that send a line, or change to vi's, with one wrong finger.
void unbind_what_bites() {
  rl_unbind_function_in_map(rl_insert_comment, emacs_meta_keymap);
  rl_unbind_function_in_map(rl_insert_comment, vi_movement_keymap);
  rl_unbind_function_in_map(rl_vi_editing_mode, emacs_meta_keymap);
  rl_unbind_function_in_map(rl_vi_eof_maybe, vi_insertion_keymap);
  rl_unbind_function_in_map(rl_vi_eof_maybe, vi_movement_keymap);
}

/// Visits every entry that a key can reach; `falls_back`: readline tries a shorter sequence where there is
/// none.
class Walk {
 public:
  using Visit = std::function<void(Keymap map, int key, bool falls_back)>;
  explicit Walk(Visit visit) : visit_(std::move(visit)) {
    for (const Keymap map : maps()) into(map, false);
  }

 private:
  void into(Keymap map, bool falls_back) {
    if (!seen_.insert(map).second) return;  // an inputrc may bind a prefix to itself
    for (int key = 0; key < KEYMAP_SIZE; ++key) {
      visit_(map, key, falls_back);
      if (map[key].type != ISKMAP || !map[key].function) continue;
      const Keymap next = reinterpret_cast<Keymap>(map[key].function);
      into(next, falls_back || next[ANYOTHERKEY].function);
    }
  }
  Visit visit_;
  std::set<Keymap> seen_;
};

}  // namespace

void ReadlineKeymaps::bind_defaults() {
  bind_terminal_keys();
  unbind_what_bites();
}

void ReadlineKeymaps::bind(const std::string& keys, Command* command) {
  for (const Keymap map : maps()) rl_bind_keyseq_in_map(keys.c_str(), command, map);
}

ReadlineKeymaps::Saved ReadlineKeymaps::saved(const std::string& keys) {
  const std::string bytes = bytes_of(keys);
  Saved saved{};
  for (std::size_t i = 0; i < saved.size(); ++i) {
    int type = ISFUNC;
    Command* const command = rl_function_of_keyseq_len(bytes.data(), bytes.size(), maps()[i], &type);
    if (type == ISFUNC) saved[i] = command;
  }
  return saved;
}

void ReadlineKeymaps::restore(const std::string& keys, const Saved& before) {
  for (std::size_t i = 0; i < before.size(); ++i) rl_bind_keyseq_in_map(keys.c_str(), before[i], maps()[i]);
}

bool ReadlineKeymaps::is_bound(const std::string& bytes) {
  Command* const command = rl_function_of_keyseq_len(bytes.data(), bytes.size(), rl_get_keymap(), nullptr);
  return command && command != &nothing;
}

void ReadlineKeymaps::open() {
  Walk([this](Keymap map, int key, bool) {
    KEYMAP_ENTRY& entry = map[key];
    if (entry.type != ISFUNC) return;
    if (entry.function == &nothing && key != never_typed) entry.function = nullptr;
    const auto macro = macros_.find({map, key});
    if (entry.function != on_macro_ || macro == macros_.end()) return;
    entry.type = ISMACR;
    entry.function = reinterpret_cast<Command*>(::strdup(macro->second.c_str()));  // readline's own again
  });
  macros_.clear();
}

void ReadlineKeymaps::close() {
  Walk([this](Keymap map, int key, bool falls_back) {
    KEYMAP_ENTRY& entry = map[key];
    if (entry.type == ISFUNC && !entry.function && key != ANYOTHERKEY && !falls_back)
      entry.function = &nothing;
    if (entry.type != ISMACR || !entry.function) return;
    char* const text = reinterpret_cast<char*>(entry.function);  // as readline keeps it
    macros_[{map, key}] = text;
    ::free(text);
    entry.type = ISFUNC;
    entry.function = on_macro_;
  });
}

std::string ReadlineKeymaps::macro() const {
  for (const int key : {rl_executing_key, ANYOTHERKEY}) {
    const auto found = macros_.find({rl_executing_keymap, key});
    if (found != macros_.end()) return found->second;
  }
  return {};
}

std::optional<std::string> ReadlineKeymaps::macro_of(const std::string& bytes) const {
  Keymap map = rl_get_keymap();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const int key = static_cast<unsigned char>(bytes[i]);
    const auto found = macros_.find({map, key});
    if (i + 1 == bytes.size() && found != macros_.end()) return found->second;
    if (map[key].type != ISKMAP || !map[key].function) return std::nullopt;
    map = reinterpret_cast<Keymap>(map[key].function);
  }
  return std::nullopt;
}

}  // namespace gnatter::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdio.h>
#include <stdlib.h>
// clang-format off: readline's headers want FILE
#include <readline/history.h>
#include <readline/readline.h>
// clang-format on

#include <array>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ui/line_editor.h"
#include "ui/readline_keymaps.h"

namespace gnatter::ui {

/// Different names of actions in the life of the process.
inline constexpr std::size_t most_actions = 128;
/// What readline is in the middle of.
inline constexpr unsigned long in_search = RL_STATE_ISEARCH | RL_STATE_NSEARCH;
inline constexpr unsigned long in_sequence = RL_STATE_MULTIKEY | RL_STATE_NUMERICARG;
inline constexpr unsigned long in_vi_command = RL_STATE_VIMOTION | RL_STATE_CHARSEARCH;

inline bool is_in(unsigned long states) {
  return (rl_readline_state & states) != 0;
}

/// readline's functions have no argument for whom they are called, hence `current`.
struct LineEditor::State {
  State(std::vector<KeyAction> rows, std::function<void()> on_changed,
        std::function<void(std::string)> on_entered, std::vector<KeyPreset> more_keys);
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State();

  // What readline calls
  template <std::size_t slot>
  static int command(int, int) {
    current->run(slot);
    return 0;
  }
  template <std::size_t... slots>
  static constexpr std::array<rl_command_func_t*, sizeof...(slots)> commands(std::index_sequence<slots...>) {
    return {&command<slots>...};
  }
  static int reread(int, int) {
    current->read_inputrc();
    return 0;
  }
  static int abort(int, int) { return rl_discard_argument(); }
  static int expand_macro(int, int);
  static int next_byte(FILE*);
  static void accept(char* line);
  static int hand_over();

  void hook_up();
  static void replace_own();
  void bind(const KeyAction& action);
  void read_inputrc();
  void save_defaults();
  void use_preset(std::string_view name);
  void bind_now(const std::string& keys, rl_command_func_t* function);
  void keep_complaints(std::string_view text);

  void key(std::string_view bytes);
  bool is_ignored(std::string_view bytes);
  void feed(std::string_view bytes);
  void end_search();
  void settle();
  void scrub();
  void show();
  void run(std::size_t slot);
  void call(const std::function<void()>& function);

  static inline State* current = nullptr;

  const std::vector<KeyAction> actions;
  std::array<const KeyAction*, most_actions> by_slot{};
  const std::function<void()> changed;
  const std::function<void(std::string)> entered;
  const std::vector<KeyPreset> presets;
  std::map<std::string, ReadlineKeymaps::Saved> defaults;  // of the keys of all presets
  std::map<std::string, rl_command_func_t*> bound;         // in this run
  std::unique_ptr<FILE, int (*)(FILE*)> nowhere{::fopen("/dev/null", "r+e"), &::fclose};
  ReadlineKeymaps keymaps{&expand_macro};
  std::string queue;            // the rest of a key
  int made_up = 0;              // bytes for this key that nobody typed
  std::size_t macro_bytes = 0;  // typed by macros for this key
  std::optional<std::string> accepted;
  std::exception_ptr failure;
  std::vector<std::string> complaints;
  FILE* const real_errors = stderr;
  bool busy = false;     // within key()
  bool calling = false;  // within a function that was given to us
  bool dirty = false;
};

}  // namespace gnatter::ui

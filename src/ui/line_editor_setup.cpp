// SPDX-License-Identifier: GPL-3.0-or-later
// Making readline ours: what it is told once, keys, the inputrc.
#include <algorithm>
#include <cassert>
#include <deque>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <utility>

#include "base/text.h"
#include "ui/caught_errors.h"
#include "ui/inputrc.h"
#include "ui/line_editor_state.h"
#include "ui/readline_line.h"

namespace gnatter::ui {
namespace {

constexpr std::size_t most_complaints = 20;
constexpr int history_lines = 1000;

void set(const char* variable, const char* value) {
  std::string copy = value;  // readline takes it as char*
  rl_variable_bind(variable, copy.data());
}

/// What an inputrc cannot change: keys come as UTF-8, and nothing is printed.
void set_what_must_be() {
  set("convert-meta", "off");
  set("input-meta", "on");
  set("output-meta", "on");
  set("enable-bracketed-paste", "off");
  set("bell-style", "none");
  set("completion-query-items", "-1");
  set("page-completions", "off");
  rl_set_keymap_from_edit_mode();
}

/// readline reads the user's inputrc here, too, or the system's where there is none.
void initialize() {
  const char* const named = ::getenv("INPUTRC");
  const std::optional<std::string> before = named ? std::optional<std::string>(named) : std::nullopt;
  const bool endless = endless_include(inputrc_path()).has_value();
  if (endless) ::setenv("INPUTRC", "/dev/null", 1);
  rl_initialize();
  if (endless && before) ::setenv("INPUTRC", before->c_str(), 1);
  if (endless && !before) ::unsetenv("INPUTRC");
}

/// The names that readline was told; it never forgets one, nor where the name stands.
std::deque<std::string>& known_names() {
  static std::deque<std::string> names;
  return names;
}

void check_count(const std::vector<KeyAction>& actions) {
  const auto is_new = [](const KeyAction& action) {
    return std::ranges::count(known_names(), action.name) == 0;
  };
  if (known_names().size() + static_cast<std::size_t>(std::ranges::count_if(actions, is_new)) > most_actions)
    throw std::length_error("too many key actions");
}

}  // namespace

LineEditor::State::State(std::vector<KeyAction> rows, std::function<void()> on_changed,
                         std::function<void(std::string)> on_entered, std::vector<KeyPreset> more_keys)
    : actions(std::move(rows)),
      changed(std::move(on_changed)),
      entered(std::move(on_entered)),
      presets(std::move(more_keys)) {
  assert(!current && "one at a time");
  if (!nowhere) throw std::runtime_error("/dev/null cannot be opened");
  check_count(actions);
  current = this;
  hook_up();
  {
    const CaughtErrors errors;  // what is wrong with the inputrc is told when it is read below
    rl_add_defun("re-read-init-file", &reread, -1);
    rl_add_defun("abort", &abort, -1);
    rl_add_defun(
        "bracketed-paste-begin", [](int, int) { return 0; }, -1);  // it reads to an end that never comes
    initialize();
  }
  set("editing-mode", "emacs");
  set("revert-all-at-newline", "on");
  set_what_must_be();
  keymaps.open();
  ReadlineKeymaps::bind_defaults();
  replace_own();
  for (const KeyAction& action : actions) bind(action);
  save_defaults();
  stifle_history(history_lines);
  read_inputrc();
  rl_callback_handler_install("", &accept);
}

LineEditor::State::~State() {
  settle();
  forget_edits();
  rl_initialize();
  ::clear_history();  // readline's own leaves pointers to the freed lines where Ctrl-R looks
  rl_callback_handler_remove();
  rl_pre_input_hook = nullptr;
  rl_input_available_hook = nullptr;
  rl_instream = rl_outstream = nullptr;
  current = nullptr;
}

void LineEditor::State::hook_up() {
  rl_readline_name = "gnatter";
  rl_instream = rl_outstream = nowhere.get();
  rl_catch_signals = 0;
  rl_catch_sigwinch = 0;
  rl_change_environment = 0;
  rl_prep_term_function = [](int) {};
  rl_deprep_term_function = [] {};
  rl_redisplay_function = [] {
    current->dirty = true;
  };  // before rl_initialize: it leaves the terminal alone
  rl_getc_function = &next_byte;
  rl_input_available_hook = [] { return current->queue.empty() ? 0 : 1; };
  rl_pre_input_hook = &hand_over;
  rl_attempted_completion_function = [](const char*, int, int) -> char** {
    rl_attempted_completion_over = 1;  // no file names
    return nullptr;
  };
}

/// Commands of readline that would print, or jump.
void LineEditor::State::replace_own() {
  rl_bind_key_in_map('R' - '@', &reread, emacs_ctlx_keymap);
  for (const Keymap map :
       {emacs_standard_keymap, emacs_meta_keymap, emacs_ctlx_keymap, vi_insertion_keymap, vi_movement_keymap})
    rl_bind_key_in_map('G' - '@', &abort, map);
}

void LineEditor::State::bind(const KeyAction& action) {
  static constexpr auto functions = commands(std::make_index_sequence<most_actions>());
  std::deque<std::string>& names = known_names();
  const auto slot = static_cast<std::size_t>(std::ranges::find(names, action.name) - names.begin());
  if (slot == names.size()) rl_add_defun(names.emplace_back(action.name).c_str(), functions[slot], -1);
  by_slot[slot] = &action;
  for (const std::string& keys : action.keys) ReadlineKeymaps::bind(keys, functions[slot]);
}

void LineEditor::State::read_inputrc() {
  const CaughtErrors errors;
  keymaps.open();
  const std::filesystem::path file = inputrc_path();
  if (const auto endless = endless_include(file))
    keep_complaints(endless->string() + ": it includes itself; no keys were read from " + file.string());
  else
    rl_read_init_file(file.c_str());
  set_what_must_be();
  keymaps.close();
  keep_complaints(errors.text());
}

void LineEditor::State::keep_complaints(std::string_view text) {
  constexpr std::string_view prefix = "readline: ";
  while (!text.empty() && complaints.size() < most_complaints) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.starts_with(prefix)) line.remove_prefix(prefix.size());
    complaints.push_back(base::safe_text(line));
  }
}

}  // namespace gnatter::ui

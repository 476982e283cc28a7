// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/line_editor.h"

#include <stdio.h>
#include <stdlib.h>
// clang-format off: readline's headers want FILE
#include <readline/history.h>
#include <readline/readline.h>
// clang-format on

#include <algorithm>
#include <array>
#include <cassert>
#include <deque>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

#include "base/text.h"
#include "ui/readline_keymaps.h"

namespace gnatter::ui {
namespace {

constexpr std::size_t most_actions = 128;
constexpr std::size_t most_complaints = 20;
constexpr std::size_t longest_macro = 10'000;  // with all that it calls
constexpr int most_made_up = 16;
constexpr int history_lines = 1000;
constexpr unsigned long in_search = RL_STATE_ISEARCH | RL_STATE_NSEARCH;
constexpr unsigned long in_sequence = RL_STATE_MULTIKEY | RL_STATE_NUMERICARG;
constexpr unsigned long in_vi_command = RL_STATE_VIMOTION | RL_STATE_CHARSEARCH;

bool is_in(unsigned long states) {
  return (rl_readline_state & states) != 0;
}

void set(const char* variable, const char* value) {
  std::string copy = value;  // readline takes it as char*
  rl_variable_bind(variable, copy.data());
}

/// What readline would print to standard error while it lives; glibc's `stderr` is a variable.
class CaughtErrors {
 public:
  CaughtErrors() : stream_(::open_memstream(&bytes_, &size_)), before_(stderr) {
    if (stream_) stderr = stream_;
  }
  CaughtErrors(const CaughtErrors&) = delete;
  CaughtErrors& operator=(const CaughtErrors&) = delete;
  ~CaughtErrors() {
    stderr = before_;
    if (stream_) ::fclose(stream_);
    ::free(bytes_);
  }
  [[nodiscard]] std::string text() const {
    if (!stream_) return {};
    ::fflush(stream_);
    return std::string(bytes_, size_);
  }

 private:
  char* bytes_ = nullptr;
  std::size_t size_ = 0;
  FILE* stream_;
  FILE* before_;
};

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

struct Placed {
  std::string text;
  int cursor = 0;
};

Placed made_safe(std::string_view text, std::size_t cursor) {
  cursor = std::min(cursor, text.size());
  while (cursor > 0 && cursor < text.size() && (static_cast<unsigned char>(text[cursor]) & 0xC0) == 0x80)
    --cursor;
  Placed placed{.text = base::safe_text(text.substr(0, cursor))};
  placed.cursor = static_cast<int>(placed.text.size());
  placed.text += base::safe_text(text.substr(cursor));
  return placed;
}

void put(const Placed& placed) {
  rl_begin_undo_group();
  rl_delete_text(0, rl_end);
  rl_point = 0;
  rl_insert_text(placed.text.c_str());
  rl_end_undo_group();
  rl_point = placed.cursor;
}

/// Takes back what was changed in lines of the history, which readline would keep, and lets go of the undo
/// lists. The line is not valid after it.
void forget_edits() {
  if (where_history() == history_length)
    rl_free_undo_list();
  else
    rl_maybe_replace_line();
  rl_undo_list = nullptr;
  using_history();
  HIST_ENTRY** const entries = history_list();
  for (int i = 0; entries && i < history_length; ++i) {
    HIST_ENTRY& entry = *entries[i];
    if (!entry.data) continue;
    rl_replace_line(entry.line, 0);
    rl_undo_list = static_cast<UNDO_LIST*>(std::exchange(entry.data, nullptr));
    while (rl_undo_list && rl_do_undo() != 0) {
    }
    free_history_entry(replace_history_entry(i, rl_line_buffer, nullptr));
  }
}

/// A CSI or SS3 sequence: readline would take the rest of one that is not bound as text.
bool is_sequence(std::string_view key) {
  return key.size() > 2 && key[0] == '\x1b' && (key[1] == '[' || key[1] == 'O' || key[1] == '\x1b');
}

/// Whether readline waits for more after this one.
bool begins_sequence(char byte) {
  return byte != '\x1b' && rl_get_keymap()[static_cast<unsigned char>(byte)].type == ISKMAP;
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

/// readline's functions have no argument for whom they are called, hence `current`.
struct LineEditor::State {
  State(std::vector<KeyAction> rows, std::function<void()> on_changed,
        std::function<void(std::string)> on_entered);
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
  std::unique_ptr<FILE, int (*)(FILE*)> nowhere{::fopen("/dev/null", "r+e"), &::fclose};
  ReadlineKeymaps keymaps;
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

LineEditor::State::State(std::vector<KeyAction> rows, std::function<void()> on_changed,
                         std::function<void(std::string)> on_entered)
    : actions(std::move(rows)), changed(std::move(on_changed)), entered(std::move(on_entered)) {
  assert(!current && "one at a time");
  if (!nowhere) throw std::runtime_error("/dev/null cannot be opened");
  check_count(actions);
  current = this;
  hook_up();
  {
    const CaughtErrors errors;  // the user's inputrc is read below, this is the system's
    rl_add_defun("re-read-init-file", &reread, -1);
    rl_add_defun("abort", &abort, -1);
    rl_add_defun(
        "bracketed-paste-begin", [](int, int) { return 0; }, -1);  // it reads to an end that never comes
    rl_initialize();
  }
  set("editing-mode", "emacs");
  set("revert-all-at-newline", "on");
  set_what_must_be();
  keymaps.open();
  ReadlineKeymaps::bind_defaults();
  replace_own();
  for (const KeyAction& action : actions) bind(action);
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
  const char* const named = ::getenv("INPUTRC");
  const CaughtErrors errors;
  keymaps.open();
  rl_read_init_file(named && *named ? named : "~/.inputrc");
  set_what_must_be();
  keymaps.close(&expand_macro);
  keep_complaints(errors.text());
}

void LineEditor::State::keep_complaints(std::string_view text) {
  constexpr std::string_view prefix = "readline: ";
  while (!text.empty() && complaints.size() < most_complaints) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.starts_with(prefix)) line.remove_prefix(prefix.size());
    complaints.push_back("Keys are as readline has them, but for this: " + base::safe_text(line));
  }
}

/// The macro's text is typed before the rest of the key; one that calls itself comes to an end.
int LineEditor::State::expand_macro(int, int) {
  const std::string text = current->keymaps.macro();
  current->macro_bytes += text.size();
  if (current->macro_bytes <= longest_macro)
    current->queue.insert(0, text);
  else
    current->queue.clear();
  return 0;
}

/// Without a byte to give it must not wait: a command is then the one that does nothing, all else ends, at
/// last what reads on and on (bracketed-paste-begin).
int LineEditor::State::next_byte(FILE*) {
  std::string& queue = current->queue;
  if (queue.empty()) {
    const bool wants_command = is_in(RL_STATE_READCMD | RL_STATE_MULTIKEY);
    return wants_command && ++current->made_up <= most_made_up ? never_typed : EOF;
  }
  const char byte = queue.front();
  queue.erase(0, 1);
  return static_cast<unsigned char>(byte);
}

/// `line` is null at readline's end of file, which there is none of here.
void LineEditor::State::accept(char* line) {
  if (line) current->accepted = line;
  ::free(line);
}

/// Only when the next line stands is it safe to put something into it.
int LineEditor::State::hand_over() {
  if (auto line = std::exchange(current->accepted, std::nullopt))
    current->call([&line] { current->entered(std::move(*line)); });
  return 0;
}

void LineEditor::State::run(std::size_t slot) {
  if (by_slot[slot] && by_slot[slot]->run) call(by_slot[slot]->run);
}

/// No exception may pass through readline.
void LineEditor::State::call(const std::function<void()>& function) {
  FILE* const caught = std::exchange(stderr, real_errors);
  calling = true;
  try {
    function();
  } catch (...) {
    failure = std::current_exception();
  }
  calling = false;
  stderr = caught;
}

void LineEditor::State::key(std::string_view bytes) {
  assert(!busy && "not from one of our own functions");
  if (bytes.empty()) return;
  busy = true;
  if (!is_ignored(bytes)) {
    if (is_in(RL_STATE_ISEARCH) &&
        (bytes.size() > 1 ? bytes.front() == '\x1b' : begins_sequence(bytes.front())))
      end_search();
    feed(bytes);
  }
  if (!is_in(in_search)) scrub();
  busy = false;
  show();
  if (failure) std::rethrow_exception(std::exchange(failure, nullptr));
}

bool LineEditor::State::is_ignored(std::string_view bytes) {
  // readline's end of file
  if (bytes == "\x04" && rl_end == 0 && !is_in(in_search | in_sequence | in_vi_command)) return true;
  if (!is_sequence(bytes)) return false;
  if (is_in(RL_STATE_NSEARCH)) return true;
  if (is_in(RL_STATE_MULTIKEY)) {
    const auto begun = static_cast<std::size_t>(rl_key_sequence_length);
    if (ReadlineKeymaps::is_bound(std::string(rl_executing_keyseq, begun).append(bytes))) return false;
    settle();
  }
  if (is_in(in_vi_command)) settle();
  return !ReadlineKeymaps::is_bound(std::string(bytes));
}

void LineEditor::State::feed(std::string_view bytes) {
  const CaughtErrors errors;
  queue = bytes;
  macro_bytes = 0;
  made_up = 0;
  while (!queue.empty()) {
    rl_callback_read_char();
    // An escape sequence that was given up: its rest is no text.
    if (bytes.front() == '\x1b' && macro_bytes == 0 && !is_in(in_search | in_sequence | in_vi_command))
      queue.clear();
  }
  keep_complaints(errors.text());
}

/// What a key sequence does in a search, readline would do later, perhaps in the middle of another search.
void LineEditor::State::end_search() {
  feed("\x1b");
  if (is_in(RL_STATE_ISEARCH)) feed("\a");  // the inputrc has other terminators
}

/// Gives up what readline is in the middle of.
void LineEditor::State::settle() {
  if (calling) return;  // a command ran: there is nothing
  for (int tries = 0; tries < 3 && is_in(in_search | in_sequence); ++tries) feed("\a");
  rl_callback_sigcleanup();
}

/// Control characters can be typed (Ctrl-V).
void LineEditor::State::scrub() {
  rl_point = std::clamp(rl_point, 0, rl_end);  // vi's commands may leave it beyond
  const std::string_view line(rl_line_buffer, static_cast<std::size_t>(rl_end));
  const Placed placed = made_safe(line, static_cast<std::size_t>(rl_point));
  if (placed.text == line) return;
  put(placed);
  dirty = true;
}

void LineEditor::State::show() {
  if (!busy && std::exchange(dirty, false) && changed) changed();
}

LineEditor::LineEditor(std::vector<KeyAction> actions, std::function<void()> changed,
                       std::function<void(std::string line)> entered)
    : state_(std::make_unique<State>(std::move(actions), std::move(changed), std::move(entered))) {}
LineEditor::~LineEditor() = default;

void LineEditor::key(std::string_view bytes) {
  state_->key(bytes);
}

std::string LineEditor::text() const {
  return {rl_line_buffer, static_cast<std::size_t>(rl_end)};
}

std::size_t LineEditor::cursor() const {
  return static_cast<std::size_t>(std::clamp(rl_point, 0, rl_end));  // a search may leave it beyond
}

std::string LineEditor::prompt() const {
  return rl_display_prompt && rl_display_prompt != rl_prompt ? base::safe_text(rl_display_prompt) : "";
}

void LineEditor::set_text(std::string_view text, std::size_t cursor) {
  state_->settle();
  put(made_safe(text, cursor));
  state_->dirty = true;
  state_->show();
}

void LineEditor::replace(std::string_view text, std::size_t cursor) {
  const Placed placed = made_safe(text, cursor);
  state_->settle();
  forget_edits();
  rl_initialize();  // lets go of the line that Down would bring back
  rl_replace_line(placed.text.c_str(), 1);
  rl_point = placed.cursor;
  state_->dirty = true;
  state_->show();
}

void LineEditor::insert(std::string_view text) {
  state_->settle();
  rl_begin_undo_group();
  rl_insert_text(base::safe_text(text).c_str());
  rl_end_undo_group();
  state_->dirty = true;
  state_->show();
}

void LineEditor::remember(const std::string& line) {
  state_->settle();
  const std::string safe = base::safe_text(line);
  const HIST_ENTRY* const last = history_get(history_base + history_length - 1);
  if (safe.empty() || (last && safe == last->line)) return;
  const int before = history_length;
  const int from_end = history_length - where_history();
  add_history(safe.c_str());
  // At the end stays at the end; a line that is being edited stays the same one.
  history_set_pos(from_end == 0              ? history_length
                  : history_length == before ? before - from_end - 1
                                             : before - from_end);
}

std::vector<std::string> LineEditor::complaints() {
  return std::exchange(state_->complaints, {});
}

}  // namespace gnatter::ui

// SPDX-License-Identifier: GPL-3.0-or-later
// The way of a key through readline, which calls back in its midst.
#include <algorithm>
#include <cassert>
#include <utility>

#include "ui/caught_errors.h"
#include "ui/line_editor_state.h"
#include "ui/readline_line.h"

namespace gnatter::ui {
namespace {

constexpr std::size_t longest_macro = 10'000;  // with all that it calls
constexpr int most_made_up = 16;

/// A CSI or SS3 sequence: readline would take the rest of one that is not bound as text.
bool is_sequence(std::string_view key) {
  return key.size() > 2 && key[0] == '\x1b' && (key[1] == '[' || key[1] == 'O' || key[1] == '\x1b');
}

/// Whether readline waits for more after this one.
bool begins_sequence(char byte) {
  return byte != '\x1b' && rl_get_keymap()[static_cast<unsigned char>(byte)].type == ISKMAP;
}

}  // namespace

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

}  // namespace gnatter::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/line_editor.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "ui/line_editor_state.h"
#include "ui/readline_line.h"

namespace gnatter::ui {

LineEditor::LineEditor(std::vector<KeyAction> actions, std::function<void()> changed,
                       std::function<void(std::string line)> entered, std::vector<KeyPreset> presets)
    : state_(std::make_unique<State>(std::move(actions), std::move(changed), std::move(entered),
                                     std::move(presets))) {}
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
  if (!rl_display_prompt || rl_display_prompt == rl_prompt) return {};
  // vi's is the character that began it, and "/" begins commands here.
  return (is_in(RL_STATE_NSEARCH) ? "(search) " : "") + base::safe_text(rl_display_prompt);
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
  append_to_history(line);
}

std::vector<std::string> LineEditor::complaints() {
  return std::exchange(state_->complaints, {});
}

}  // namespace gnatter::ui

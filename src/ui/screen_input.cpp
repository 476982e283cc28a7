// SPDX-License-Identifier: GPL-3.0-or-later
// What is typed and pasted.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/user_error.h"
#include "ui/screen.h"

namespace gnatter::ui {
namespace {

bool is_command(std::string_view text) {
  return text.starts_with('/') && !text.starts_with("//");
}

}  // namespace

void Screen::on_key(std::string_view key) {
  popup_.clear();
  on_key_pressed();
  if (is_asking()) {
    questions_.front().waits_for_idle = false;  // whatever else happens: what was begun is ended
    if (const auto done = questions_.front().question.key(key)) {
      questions_.pop_front();
      (*done)();
    }
  } else if (taking_number_ && key.size() == 1 && key[0] >= '0' && key[0] <= '9') {
    number_typed_ += key;
    if (number_typed_.size() == 2) {
      taking_number_ = false;
      show_number(std::stoul(number_typed_));
    }
  } else {
    taking_number_ = false;
    editor_.key(key);
    tell_complaints();  // there is a key that reads the inputrc again
  }
  draw_soon();
}

void Screen::tell_complaints() {
  for (const std::string& complaint : editor_.complaints())
    if (chat::Buffer* window = client_.buffers.current())
      window->print(chat::LineKind::error, "inputrc: " + complaint);
}

/// Several lines are sent as one message, and only when asked: who pastes into the wrong window has time to
/// see it.
void Screen::on_paste(Paste paste) {
  std::string text = std::move(paste.text);
  popup_.clear();
  if (is_asking()) {
    questions_.front().waits_for_idle = false;
    questions_.front().question.paste(text);
    return draw_soon();
  }
  if (paste.left_out > 0)
    popup_ = "That was too much to paste: " + base::counted(paste.left_out, "byte is", "bytes are") +
             " not in it.";
  if (text.ends_with('\n')) text.pop_back();
  if (text.find('\n') == std::string::npos) {
    editor_.insert(text);
    return draw_soon();
  }
  const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
  const bool alone = editor_.text().empty();
  const auto put_in = [this, text] { editor_.insert(text); };
  ask(Question::choice(
      "Paste of " + std::to_string(lines) + " lines: Enter sends one message, e edits, Esc cancels",
      {{"\r",
        [this, put_in, alone, text] {
          put_in();
          std::string all = editor_.text();
          editor_.clear();
          // A paste that begins with a slash is text: nobody typed that as a command.
          if (alone && text.starts_with('/')) all = '/' + all;
          enter(all);
        }},
       {"e", put_in}}));
  draw_soon();
}

void Screen::on_line(const std::string& line) {
  completion_ = {};
  if (line.empty()) return;
  editor_.remember(line);
  enter(line);
}

/// What cannot be done stays in the input, with the reason above it.
void Screen::enter(const std::string& line) {
  if (departure_.leaving() && !is_command(line)) {
    popup_ = "gnatter is leaving: this was not sent.";
    return;
  }
  try {
    client_.enter(line);
    if (!is_command(line)) scroll_to_newest();
  } catch (const base::UserError& error) {
    popup_ = error.what();
    editor_.set_text(line, line.size());
  }
}

void Screen::complete(bool back) {
  if (const auto edited = completion_.next(client_, editor_.text(), editor_.cursor(), back))
    editor_.set_text(edited->text, edited->cursor);
}

/// Ctrl-C: the line goes, and can be had back from the history.
void Screen::interrupt() {
  const std::string text = editor_.text();
  if (text.empty()) {
    popup_ = "To leave: /quit";
    return;
  }
  editor_.remember(text);
  editor_.clear();
}

InputContent Screen::input() const {
  InputContent content;
  if (is_asking()) {
    const Question& question = questions_.front().question;
    content.text = question.shown();  // which may take several rows
    content.text_role = content.prompt_role = Role::command;
    content.cursor = question.cursor();
    return content;
  }
  content.prompt = editor_.prompt();
  content.text = editor_.text();
  content.cursor = std::min(editor_.cursor(), content.text.size());
  if (content.prompt.empty() && is_command(content.text)) {
    content.prompt = "/";
    content.prompt_role = Role::command;
    content.text.erase(0, 1);
    content.cursor -= std::min<std::size_t>(content.cursor, 1);
  }
  return content;
}

/// What Tab offers, else the usage of the command typed so far.
std::string Screen::hint() const {
  if (taking_number_) return "window " + number_typed_ + "_";
  if (departure_.leaving()) return "leaving";
  const std::string text = editor_.text();
  if (std::string offer = completion_.offer(text); !offer.empty()) return offer;
  if (!is_command(text) || text.size() < 2) return {};
  try {
    const auto command = client_.commands.find(std::string_view(text).substr(1, text.find(' ') - 1));
    return '/' + command->name + (command->usage.empty() ? "" : ' ' + command->usage);
  } catch (const base::UserError&) {
    return {};
  }
}

}  // namespace gnatter::ui

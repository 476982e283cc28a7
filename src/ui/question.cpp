// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/question.h"

#include <utility>

#include "base/cells.h"
#include "gnatter/utf8.h"

namespace gnatter::ui {
namespace {

/// Esc, Ctrl-C, Ctrl-G; and Alt with a character, which is what Esc and the next key are when they come
/// together.
bool cancels(std::string_view key) {
  const bool sequence =
      key.size() > 2 && key[0] == '\x1b' && (key[1] == '[' || key[1] == 'O' || key[1] == '\x1b');
  return (key.starts_with('\x1b') && !sequence) || key == "\x03" || key == "\x07";
}

void drop_last_character(std::string& text) {
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.pop_back();
  if (!text.empty()) text.pop_back();
}

}  // namespace

Question Question::secret(std::string prompt, std::function<void(std::optional<std::string>)> answer) {
  Question question;
  question.prompt_ = std::move(prompt);
  question.answer_ = std::move(answer);
  return question;
}

Question Question::choice(std::string prompt, std::vector<Choice> choices) {
  Question question;
  question.prompt_ = std::move(prompt);
  question.choices_ = std::move(choices);
  return question;
}

std::optional<std::function<void()>> Question::key(std::string_view bytes) {
  if (answer_) return secret_key(bytes);
  if (cancels(bytes)) return [] {};
  for (const Choice& choice : choices_)
    if (bytes == choice.key) return choice.chosen;
  return std::nullopt;
}

void Question::paste(std::string_view text) {
  if (answer_) typed_ += text.substr(0, text.find('\n'));
}

std::optional<std::function<void()>> Question::secret_key(std::string_view bytes) {
  if (cancels(bytes)) return [answer = answer_] { answer(std::nullopt); };
  if (bytes == "\r" || bytes == "\n") return [answer = answer_, typed = typed_] { answer(typed); };
  if (bytes == "\x7f" || bytes == "\b") {
    drop_last_character(typed_);
  } else if (bytes == "\x15") {  // Ctrl-U
    typed_.clear();
  } else if (const utf8::CodePoint point = utf8::decode(bytes);
             point.length == bytes.size() && !utf8::is_control(point.value)) {
    typed_ += bytes;
  }
  return std::nullopt;
}

}  // namespace gnatter::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/question.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/cells.h"
#include "base/text.h"
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

template <std::size_t count>
bool is_one_of(std::string_view key, const std::array<std::string_view, count>& keys) {
  return std::ranges::count(keys, key) > 0;
}

// As terminals send them, and Emacs' letters.
constexpr std::array<std::string_view, 3> left_keys{"\x1b[D", "\x1bOD", "\x02"};
constexpr std::array<std::string_view, 3> right_keys{"\x1b[C", "\x1bOC", "\x06"};
constexpr std::array<std::string_view, 5> home_keys{"\x1b[H", "\x1bOH", "\x1b[1~", "\x1b[7~", "\x01"};
constexpr std::array<std::string_view, 5> end_keys{"\x1b[F", "\x1bOF", "\x1b[4~", "\x1b[8~", "\x05"};
constexpr std::array<std::string_view, 2> backspace_keys{"\x7f", "\b"};
constexpr std::array<std::string_view, 2> delete_keys{"\x1b[3~", "\x04"};
constexpr std::string_view clear_key = "\x15", rest_key = "\x0b", word_key = "\x17";  // Ctrl-U, -K, -W

}  // namespace

Question Question::secret(std::string prompt, Answer answer) {
  Question question;
  question.prompt_ = std::move(prompt);
  question.answer_ = std::move(answer);
  return question;
}

Question Question::line(std::string prompt, const std::string& suggestion, Answer answer) {
  Question question = secret(std::move(prompt), std::move(answer));
  question.secret_ = false;
  question.insert(suggestion);
  return question;
}

Question Question::choice(std::string prompt, std::vector<Choice> choices) {
  Question question;
  question.prompt_ = std::move(prompt);
  question.choices_ = std::move(choices);
  return question;
}

std::size_t Question::cursor() const {
  return prompt_.size() + (secret_ ? 0 : cursor_);
}

std::optional<std::function<void()>> Question::key(std::string_view bytes) {
  if (answer_) return line_key(bytes);
  if (cancels(bytes)) return [] {};
  for (const Choice& choice : choices_)
    if (bytes == choice.key) return choice.chosen;
  return std::nullopt;
}

void Question::paste(std::string_view text) {
  if (answer_) insert(text.substr(0, text.find('\n')));
}

std::optional<std::function<void()>> Question::line_key(std::string_view bytes) {
  if (cancels(bytes)) return [answer = answer_] { answer(std::nullopt); };
  if (bytes == "\r" || bytes == "\n") return [answer = answer_, typed = typed_] { answer(typed); };
  if (secret_ || !move(bytes)) edit(bytes);
  return std::nullopt;
}

/// Nobody sees where the cursor of a secret would be, so it stays at the end.
bool Question::move(std::string_view bytes) {
  if (is_one_of(bytes, left_keys))
    cursor_ = before_cursor();
  else if (is_one_of(bytes, right_keys))
    cursor_ = behind_cursor();
  else if (is_one_of(bytes, home_keys))
    cursor_ = 0;
  else if (is_one_of(bytes, end_keys))
    cursor_ = typed_.size();
  else
    return false;
  return true;
}

void Question::edit(std::string_view bytes) {
  const auto erase = [this](std::size_t from, std::size_t to) {
    typed_.erase(from, to - from);
    cursor_ = from;
  };
  if (is_one_of(bytes, backspace_keys)) return erase(before_cursor(), cursor_);
  if (is_one_of(bytes, delete_keys)) return erase(cursor_, behind_cursor());
  if (bytes == clear_key) return erase(0, typed_.size());
  if (bytes == rest_key) return erase(cursor_, typed_.size());
  if (bytes == word_key) {
    const std::size_t end = typed_.find_last_not_of(' ', cursor_ == 0 ? 0 : cursor_ - 1);
    const std::size_t blank = end == typed_.npos ? end : typed_.find_last_of(' ', end);
    return erase(blank == typed_.npos ? 0 : blank + 1, cursor_);
  }
  const utf8::CodePoint point = utf8::decode(bytes);
  if (point.length == bytes.size() && !utf8::is_control(point.value)) insert(bytes);
}

/// A secret is taken as it is, byte for byte.
void Question::insert(std::string_view text) {
  const std::string taken = secret_ ? std::string(text) : base::safe_row(text);
  typed_.insert(cursor_, taken);
  cursor_ += taken.size();
}

/// Of a line, whole clusters, as they are seen; of a secret, whole characters.
std::size_t Question::before_cursor() const {
  std::size_t at = 0, before = 0;
  while (at < cursor_) {
    before = at;
    const std::string_view rest = std::string_view(typed_).substr(at);
    at += secret_ ? std::max<std::size_t>(1, utf8::decode(rest).length)
                  : base::first_cluster(rest).bytes.size();
  }
  return before;
}

std::size_t Question::behind_cursor() const {
  if (cursor_ >= typed_.size()) return typed_.size();
  return cursor_ + base::first_cluster(std::string_view(typed_).substr(cursor_)).bytes.size();
}

}  // namespace gnatter::ui

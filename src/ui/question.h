// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gnatter::ui {

/// Something that is asked in the prompt's place: keys go here until it is answered. What is typed never
/// reaches the editor's history or kill ring.
class Question {
 public:
  using Answer = std::function<void(std::optional<std::string>)>;
  struct Choice {
    std::string key;  ///< as the key decoder gives it: "\r", "e"
    std::function<void()> chosen;
  };

  /// A line that is not shown, ended by Enter; nothing after Esc, Ctrl-C or Ctrl-G.
  static Question secret(std::string prompt, Answer answer);
  /// A line that is shown, one row, begins as `suggestion` (safe text) and can be changed; ended as a secret
  /// is.
  static Question line(std::string prompt, const std::string& suggestion, Answer answer);
  /// One of a few keys; Esc, Ctrl-C and Ctrl-G are none of them, and end it too.
  static Question choice(std::string prompt, std::vector<Choice> choices);

  [[nodiscard]] const std::string& prompt() const { return prompt_; }
  /// The prompt and what was typed behind it as far as it is to be seen; safe text.
  [[nodiscard]] std::string shown() const { return secret_ ? prompt_ : prompt_ + typed_; }
  [[nodiscard]] std::size_t cursor() const;  ///< a byte of shown()

  /// What is to be done when this key answered it; nothing as long as it is not answered.
  [[nodiscard]] std::optional<std::function<void()>> key(std::string_view bytes);

  /// A password comes from elsewhere as often as not: a pasted line is part of it, without the newline. To
  /// questions of a few keys a paste is no answer.
  void paste(std::string_view text);

 private:
  Question() = default;
  std::optional<std::function<void()>> line_key(std::string_view bytes);
  void edit(std::string_view bytes);
  bool move(std::string_view bytes);
  void insert(std::string_view text);
  [[nodiscard]] std::size_t before_cursor() const;
  [[nodiscard]] std::size_t behind_cursor() const;

  std::string prompt_;
  std::string typed_;
  std::size_t cursor_ = 0;  // a byte of typed_; in a secret always its end
  bool secret_ = true;
  Answer answer_;
  std::vector<Choice> choices_;
};

}  // namespace gnatter::ui

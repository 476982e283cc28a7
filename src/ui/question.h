// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gnatter::ui {

/// Something that is asked in the prompt's place: keys go here until it is answered. What is typed never
/// reaches the editor's history or kill ring, and is not shown.
class Question {
 public:
  struct Choice {
    std::string key;  ///< as the key decoder gives it: "\r", "e"
    std::function<void()> chosen;
  };

  /// A line that is not shown, ended by Enter; nothing after Esc, Ctrl-C or Ctrl-G.
  static Question secret(std::string prompt, std::function<void(std::optional<std::string>)> answer);
  /// One of a few keys; Esc, Ctrl-C and Ctrl-G are none of them, and end it too.
  static Question choice(std::string prompt, std::vector<Choice> choices);

  [[nodiscard]] const std::string& prompt() const { return prompt_; }

  /// What is to be done when this key answered it; nothing as long as it is not answered.
  [[nodiscard]] std::optional<std::function<void()>> key(std::string_view bytes);

  /// A password comes from elsewhere as often as not: a pasted line is part of it, without the newline. To
  /// questions of a few keys a paste is no answer.
  void paste(std::string_view text);

 private:
  Question() = default;
  std::optional<std::function<void()>> secret_key(std::string_view bytes);

  std::string prompt_;
  std::string typed_;
  std::function<void(std::optional<std::string>)> answer_;
  std::vector<Choice> choices_;
};

}  // namespace gnatter::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "expression.h"

namespace notify {

/// What is known of a message that somebody else wrote just now or while nobody was here.
struct Said {
  std::string_view network;
  std::string_view window;  ///< as the user writes it: "#dev", "bob"
  bool direct = false;
  bool mentions_me = false;
  std::string_view text;
};

/// Patterns of windows, with commas between them: `*` is any text and `?` any character, `!` in front says
/// never; `work/#dev` is that window on that network, `#dev` on each. The last one that fits decides.
class WindowPatterns {
 public:
  enum class Verdict { none, always, never };

  WindowPatterns() = default;
  explicit WindowPatterns(std::string_view patterns);
  Verdict verdict(std::string_view network, std::string_view window) const;

  /// What is wrong with patterns; empty: nothing.
  static std::string complaint(std::string_view patterns);

 private:
  struct One {
    std::string pattern;
    Verdict verdict;
  };
  std::vector<One> all_;
};

/// Which messages are told of: what goes to oneself alone, what has one's name or what `expression` finds,
/// and what `windows` say.
struct Rules {
  WindowPatterns windows;
  Expression expression;

  bool want(const Said& said) const;
};

/// Whether all of `text` is what `pattern` says, by bytes; `?` takes a whole character.
bool fits(std::string_view pattern, std::string_view text);

}  // namespace notify

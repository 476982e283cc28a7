// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace notify {

/// A POSIX extended regular expression, in which upper and lower case are one; `^` and `$` are the ends of a
/// line. (std::regex overflows the stack on a long text, which anybody can send.)
class Expression {
 public:
  /// Finds nothing.
  Expression() = default;
  /// An empty pattern, or one with which something is wrong, finds nothing.
  explicit Expression(const std::string& pattern);

  /// In the first 1,024 bytes of `text`.
  bool found_in(std::string_view text) const;

  /// What is wrong with a pattern; empty: nothing.
  static std::string complaint(const std::string& pattern);

 private:
  struct Compiled;
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace notify

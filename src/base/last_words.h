// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace gnatter::base {

/// While it lives, code that is not ours runs on this thread. When that ends the process, by a deadly signal
/// (that of std::terminate too) or by exit(), standard error gets "gnatter: WHO ended the program HOW WHERE".
/// They stand one in another, like the calls they are made in; the innermost speaks.
class LastWords {
 public:
  /// The bytes must outlive it and be safe to show.
  LastWords(std::string_view who, std::string_view how, std::string_view where = {});
  ~LastWords();
  LastWords(const LastWords&) = delete;
  LastWords& operator=(const LastWords&) = delete;

  /// From now on they are said at the end of the process: for where nobody else does so. Signals that
  /// somebody handles or ignores already are left alone. More than once does nothing more.
  static void listen();
  /// Whether a signal's handler is the one of listen(). Who takes its place says them as well, by say().
  [[nodiscard]] static bool listens_by(void (*handler)(int));

  /// Writes them to standard error, if there are any on this thread; whether there were. Async-signal-safe.
  static bool say();

 private:
  static thread_local const LastWords* innermost;  // for signal handlers

  const std::string_view who_, how_, where_;
  const LastWords* const around_;
};

}  // namespace gnatter::base

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <signal.h>
#include <sys/types.h>
#include <termios.h>

#include <string>
#include <utility>
#include <vector>

#include "base/file_descriptor.h"

namespace gnatter::ui {

/// Puts a terminal back when the process dies of SIGSEGV, SIGABRT (an assert, an uncaught exception) and
/// their like, from a signal handler, or of exit(), which nobody here calls (a plugin may); then the last
/// words (base::LastWords) are said. The orderly end is its owner's. While it lives, what is written to a
/// standard error that is a terminal is held back, so that no library writes into the picture; it comes out
/// at the end. One at a time, on the main thread; made before the terminal's modes are changed.
class TerminalGuard {
 public:
  /// `restore`: the bytes that end everything that was switched on at the terminal `fd`.
  TerminalGuard(int fd, std::string restore);
  ~TerminalGuard();
  TerminalGuard(const TerminalGuard&) = delete;
  TerminalGuard& operator=(const TerminalGuard&) = delete;

 private:
  static void on_crash(int number);
  static void on_exit();
  static void give_back();
  void use_own_stack();
  void hold_standard_error();
  void put_back() const;
  void release_standard_error() const;

  static TerminalGuard* standing;  // for the signal handler alone

  const pid_t process_;  // not a child of it that has not become another program
  const int fd_;
  const std::string restore_;
  termios modes_{};
  bool has_modes_ = false;
  base::FileDescriptor held_;                              // what was written to standard error meanwhile
  base::FileDescriptor standard_error_;                    // the real one
  std::vector<std::pair<int, struct sigaction>> handled_;  // signals, and what they did before
  std::vector<char> stack_;                                // the handlers'; empty: there was one already
};

}  // namespace gnatter::ui

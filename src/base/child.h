// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/event_loop.h"

namespace gnatter::base {

/// A program that runs beside us, never through a shell: in a process group of its own, with the signals of a
/// fresh program and no descriptor but its three pipes. The loop's thread; the loop outlives it.
class Child {
 public:
  using OnLine = std::function<void(std::string_view line)>;
  struct Plan {
    std::vector<std::string> words{};  ///< the program, looked up in PATH, and its arguments
    std::string input{};               ///< all of its standard input; `input_stays_open`: the beginning
    bool input_stays_open = false;     ///< until close_input()
    std::vector<std::pair<std::string, std::string>> environment{};  ///< beside ours; NAME, value
    std::chrono::milliseconds patience{0};  ///< then it is ended; 0: as long as it takes
    /// Each line of its standard error without the newline, 1000 bytes of it; may be empty, and may destroy
    /// the Child.
    OnLine on_complaint{};
  };
  struct End {
    enum class Kind { exited, signalled, took_too_long };
    Kind kind = Kind::exited;
    int code = 0;             ///< exit status or signal
    std::string complaint{};  ///< the first line of its standard error, as it came, 1000 bytes at most
  };
  static constexpr std::size_t longest_line = std::size_t{64} << 10;
  using OnEnd = std::function<void(const End& end)>;

  /// `on_line`: each line of its standard output without the newline (what passes longest_line is cut off).
  /// `on_end`: once, last, when the program itself has ended; what its own children write later is not read.
  /// Either may be empty. Neither is called from in here; both may destroy the Child. Throws
  /// std::system_error, also when there is no such program.
  Child(EventLoop& loop, Plan plan, OnLine on_line, OnEnd on_end);

  /// Ends it, with its process group: SIGTERM at once, SIGKILL 2 s later or when the loop goes, whichever
  /// comes first. Does not wait; nothing is called any more.
  ~Child();

  /// More for its standard input. Never waits: what the program has not read yet stands in waiting_input(),
  /// and how much that may be is the caller's matter. Dropped once its end of the pipe or ours is closed.
  void write(std::string_view bytes);
  /// Bytes.
  [[nodiscard]] std::size_t waiting_input() const;
  /// It reads the end of its input, after what waits.
  void close_input();
  /// While held its standard output is not read, so that in the end it waits; lines of what had been read
  /// are still told, and at its end those that are left.
  void hold_output(bool held);
  /// To its process group, as long as it runs.
  void signal(int number);
  /// 0 once it has ended.
  [[nodiscard]] pid_t id() const;
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

 private:
  class State;
  const std::shared_ptr<State> state_;
};

}  // namespace gnatter::base

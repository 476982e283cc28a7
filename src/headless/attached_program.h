// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/child.h"
#include "base/time_text.h"
#include "chat/client.h"

namespace gnatter::headless {

/// A program beside the client, which reads events on its standard input and whose output lines are taken as
/// typed (headless/typed_line.h), with the same rights. One that fails is started again, 1 s later, then
/// 2 s … 60 s, and 1 s again after a minute in which it ran. It never holds the client up: what it does not
/// read is dropped from 1 MiB on, what it types is entered a few milliseconds a turn. One thread, the loop's.
class AttachedProgram {
 public:
  /// A sentence about it, with its name; and that it has ended for good, after which it may be destroyed.
  /// Both come from turns of the loop, never from inside a call.
  struct Listener {
    std::function<void(chat::LineKind, const std::string&)> tell;
    std::function<void(const AttachedProgram&)> ended;
  };

  /// Starts it. `words`: see base::Child. Throws base::UserError when that cannot be.
  AttachedProgram(chat::Client& client, std::string name, std::vector<std::string> words, Listener listener);
  AttachedProgram(const AttachedProgram&) = delete;
  AttachedProgram& operator=(const AttachedProgram&) = delete;

  /// One event line for it; lost while it does not run.
  void hear(std::string_view event);

  [[nodiscard]] const std::string& name() const { return name_; }
  /// "pid 4242, runs since 10:42, 2 restarts"
  [[nodiscard]] std::string state() const;
  [[nodiscard]] const std::vector<std::string>& words() const { return words_; }
  /// 0 while it does not run.
  [[nodiscard]] pid_t id() const { return child_ ? child_->id() : 0; }

  /// The end of its input. It is not started again, and what it types is not entered any more. May be called
  /// from inside a line that it types.
  void close();
  /// SIGTERM.
  void terminate();

 private:
  using Clock = base::EventLoop::Clock;
  void start();
  void start_again();
  void on_line(std::string_view line);
  void on_complaint(std::string_view line);
  void work();
  void enter(const std::string& line);
  void on_end(const base::Child::End& end);
  void conclude();
  void refuse(const std::string& sentence);
  void tell_bounded(chat::LineKind kind, const std::string& sentence);
  void tell(chat::LineKind kind, const std::string& sentence);

  chat::Client& client_;
  const std::string name_;
  const std::vector<std::string> words_;
  const Listener listener_;
  std::unique_ptr<base::Child> child_;
  std::deque<std::string> typed_;  // and not entered yet
  std::optional<base::Child::End> end_;
  std::string last_complaint_;
  base::Time started_{};
  Clock::time_point running_since_{};
  std::chrono::seconds pause_{1};
  Clock::time_point again_at_{};
  std::size_t restarts_ = 0;
  std::size_t dropped_ = 0;  // events, since it does not read
  std::size_t told_ = 0;     // sentences in this minute, of those that it can cause at will
  bool closing_ = false;
  Subscription working_, restart_, minute_;
};

/// How sentences call it: the program's name, or that of the script behind an interpreter's.
std::string program_name(const std::vector<std::string>& words);

}  // namespace gnatter::headless

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/event_loop.h"

namespace gnatter::headless {

/// Lines from a descriptor: a terminal, a pipe, a file. Starts paused; while paused nothing is read, so the
/// writer is held back. A line may have 1 MiB; a longer one is told as too long and its rest skipped. One
/// thread, the loop's.
class LineReader {
 public:
  struct Handlers {
    std::function<void(std::string_view line)> line;  ///< without its newline
    std::function<void()> too_long;
    std::function<void()> end;  ///< once, after the last line
  };

  LineReader(base::EventLoop& loop, int fd, Handlers handlers);
  /// Lines already read wait as well. May be called from the handlers.
  void pause(bool paused);
  /// Nothing more is read or told.
  void stop();

 private:
  void read_more();
  void deliver();

  base::EventLoop& loop_;
  const int fd_;
  const Handlers handlers_;
  std::string buffer_;
  bool paused_ = true;
  bool ended_ = false;
  bool stopped_ = false;
  bool skipping_ = false;  // the rest of a line that was too long
  bool delivering_ = false;
  Subscription watch_, resume_;
};

}  // namespace gnatter::headless

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/event_loop.h"
#include "base/signal.h"

namespace gnatter::headless {

/// Writes to a descriptor that may be a pipe with a slow reader, without ever waiting for it and without
/// O_NONBLOCK, which a terminal would share with the shell: only when poll says so, and only as much as a
/// pipe then takes. One thread, the loop's.
class Output {
 public:
  Output(base::EventLoop& loop, int fd);

  void write(std::string_view bytes);
  /// Calls `done` once everything is written, or cannot be any more.
  void finish(std::function<void()> done);
  /// More than 1 MiB waits, or did and more than 256 KiB still does.
  [[nodiscard]] bool congested() const { return congested_; }
  [[nodiscard]] bool broken() const { return broken_; }

  base::Signal<bool> congestion;  ///< congested() changed
  base::Signal<> broke;           ///< the reader has gone: nothing is kept any more

 private:
  void ready();
  /// False: nothing more can be written now.
  bool write_some();
  void update();

  base::EventLoop& loop_;
  const int fd_;
  std::string waiting_;
  std::size_t written_ = 0;  // of waiting_
  bool congested_ = false;
  bool broken_ = false;
  bool told_broken_ = false;
  std::function<void()> finished_;
  Subscription watch_;
};

}  // namespace gnatter::headless

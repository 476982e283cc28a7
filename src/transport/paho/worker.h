// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "transport/paho/library_hold.h"

namespace gnatter::transport {

/// The one thread of the process that makes every Paho call. Paho has one lock for all its clients and holds
/// it while it looks up a name, opens a socket or runs a callback: whoever calls it can wait for seconds, and
/// the loop must not.
///
/// One a process, made after the EventLoop and destroyed after every PahoConnection. The destructor runs what
/// is still queued and joins; it takes up to about a second, the library's own threads look up only that
/// often.
class Worker {
 public:
  using Function = std::function<void()>;

  Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker();

  /// From any thread, never blocks: runs `function` on the worker's thread, in the order posted. False, and
  /// nothing is taken, when `most_waiting` wait: the library has been stuck for a long time then. `function`
  /// must not throw.
  [[nodiscard]] bool try_post(Function function);

  /// The same without the bound, for what must come through: the ends of clients.
  void post(Function function);

  /// Makes the library look at what there is to do, which it else does once a second: see LibraryHold.
  void wake_library();

 private:
  static constexpr std::size_t most_waiting = 1024;
  void run();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Function> queue_;
  bool ending_ = false;
  std::optional<LibraryHold> hold_;  // the worker thread's
  std::thread thread_;
};

}  // namespace gnatter::transport

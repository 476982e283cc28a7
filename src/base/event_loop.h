// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <signal.h>

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "base/file_descriptor.h"
#include "gnatter/subscription.h"

namespace gnatter::base {

/// The one thread that owns all state waits here: descriptors, timers, signals and work posted by other
/// threads, over poll(2). Everything is called on the thread of run(), never from inside a registration call.
///
/// Make it before any other thread starts: it blocks the signals it handles (SIGINT, SIGTERM, SIGHUP,
/// SIGWINCH, SIGCHLD, SIGCONT) for the whole process and ignores SIGPIPE; the destructor puts both back.
class EventLoop {
 public:
  using Clock = std::chrono::steady_clock;
  using Function = std::function<void()>;

  EventLoop();
  ~EventLoop();

  /// Blocks the signals from now on and beyond the loop's end: for a program in which none of them may end it
  /// by default, not even while it ends.
  static void block_signals();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  /// Calls `ready` with poll's revents as long as `events` (POLLIN, POLLOUT) or a hang-up or error holds. The
  /// descriptor stays the caller's and must outlive the Subscription.
  [[nodiscard]] Subscription watch(int fd, short events, std::function<void(short)> ready);

  /// Once, after `delay`; every `interval`, first after one interval. Monotonic clock.
  [[nodiscard]] Subscription after(Clock::duration delay, Function function);
  [[nodiscard]] Subscription every(Clock::duration interval, Function function);

  /// One of the signals named above. Several listeners may stand; with none the signal is dropped.
  [[nodiscard]] Subscription on_signal(int number, Function function);

  /// From any thread: runs `function` on the loop's thread in a later turn, in the order posted. What is
  /// still posted when the loop is destroyed is dropped unrun.
  void post(Function function);

  /// A handle for threads that may outlive the loop: posts, or drops the work when the loop has gone.
  [[nodiscard]] std::function<void(Function)> poster() const;

  /// Runs until quit(); returns the code given there. May be called again.
  int run();
  void quit(int code);

 private:
  struct Watch {
    int fd;
    short events;
    std::function<void(short)> ready;
    bool live = true;
  };
  struct Timer {
    Function function;
    Clock::duration interval{};  // zero: once
  };
  struct SignalListener {
    Function function;
    bool live = true;
  };
  /// What other threads see of the loop.
  struct Inbox {
    std::mutex mutex;
    std::deque<Function> posted;
    FileDescriptor wake;
    void push(Function function);
  };
  using TimerKey = std::pair<Clock::time_point, std::uint64_t>;

  Subscription add_timer(Clock::duration delay, Timer timer);
  void remove_timer(std::uint64_t id);
  void turn();
  int wait_milliseconds() const;
  void dispatch_descriptors(const std::vector<std::pair<std::shared_ptr<Watch>, short>>& ready);
  void run_due_timers();
  void run_posted();
  void read_signals();

  sigset_t old_mask_{};
  struct sigaction old_pipe_ {};
  FileDescriptor signals_;
  std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>();
  std::vector<std::shared_ptr<Watch>> watches_;
  std::map<TimerKey, Timer> timers_;
  std::map<std::uint64_t, Clock::time_point> timer_due_;
  std::multimap<int, std::shared_ptr<SignalListener>> signal_listeners_;
  std::vector<Subscription> own_watches_;
  std::uint64_t next_timer_ = 1;
  std::optional<int> exit_code_;
  std::shared_ptr<EventLoop*> alive_ = std::make_shared<EventLoop*>(this);
};

}  // namespace gnatter::base

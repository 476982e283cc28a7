// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/event_loop.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace gnatter::base {
namespace {

sigset_t handled_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (int number : {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCHLD, SIGCONT}) sigaddset(&set, number);
  return set;
}

FileDescriptor checked(int fd, const char* what) {
  if (fd < 0) throw std::system_error(errno, std::generic_category(), what);
  return FileDescriptor(fd);
}

}  // namespace

void EventLoop::Inbox::push(Function function) {
  const std::lock_guard lock(mutex);
  posted.push_back(std::move(function));
  if (posted.size() == 1) eventfd_write(wake.get(), 1);
}

void EventLoop::block_signals() {
  const sigset_t set = handled_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

EventLoop::EventLoop() {
  const sigset_t set = handled_signals();
  pthread_sigmask(SIG_BLOCK, &set, &old_mask_);
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, &old_pipe_);
  signals_ = checked(signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC), "signalfd");
  inbox_->wake = checked(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), "eventfd");
  own_watches_.push_back(watch(signals_.get(), POLLIN, [this](short) { read_signals(); }));
  own_watches_.push_back(watch(inbox_->wake.get(), POLLIN, [this](short) { run_posted(); }));
}

EventLoop::~EventLoop() {
  alive_.reset();
  sigaction(SIGPIPE, &old_pipe_, nullptr);
  pthread_sigmask(SIG_SETMASK, &old_mask_, nullptr);
}

Subscription EventLoop::watch(int fd, short events, std::function<void(short)> ready) {
  auto entry = std::make_shared<Watch>(Watch{fd, events, std::move(ready)});
  watches_.push_back(entry);
  return Subscription([this, alive = std::weak_ptr(alive_), entry] {
    entry->live = false;
    if (!alive.expired()) std::erase(watches_, entry);
  });
}

Subscription EventLoop::after(Clock::duration delay, Function function) {
  return add_timer(delay, {std::move(function), {}});
}

Subscription EventLoop::every(Clock::duration interval, Function function) {
  return add_timer(interval, {std::move(function), interval});
}

Subscription EventLoop::add_timer(Clock::duration delay, Timer timer) {
  const std::uint64_t id = next_timer_++;
  const auto due = Clock::now() + delay;
  timers_.emplace(TimerKey{due, id}, std::move(timer));
  timer_due_.emplace(id, due);
  return Subscription([this, alive = std::weak_ptr(alive_), id] {
    if (!alive.expired()) remove_timer(id);
  });
}

void EventLoop::remove_timer(std::uint64_t id) {
  const auto found = timer_due_.find(id);
  if (found == timer_due_.end()) return;
  timers_.erase({found->second, id});
  timer_due_.erase(found);
}

Subscription EventLoop::on_signal(int number, Function function) {
  const auto entry = signal_listeners_.emplace(
      number, std::make_shared<SignalListener>(SignalListener{std::move(function)}));
  return Subscription([this, alive = std::weak_ptr(alive_), number, listener = entry->second] {
    listener->live = false;
    if (alive.expired()) return;
    const auto [first, last] = signal_listeners_.equal_range(number);
    const auto found =
        std::find_if(first, last, [&](const auto& candidate) { return candidate.second == listener; });
    if (found != last) signal_listeners_.erase(found);
  });
}

void EventLoop::post(Function function) {
  inbox_->push(std::move(function));
}

std::function<void(EventLoop::Function)> EventLoop::poster() const {
  return [weak = std::weak_ptr(inbox_)](Function function) {
    if (const auto inbox = weak.lock()) inbox->push(std::move(function));
  };
}

int EventLoop::run() {
  exit_code_.reset();
  while (!exit_code_) turn();
  return *exit_code_;
}

void EventLoop::quit(int code) {
  exit_code_ = code;
}

int EventLoop::wait_milliseconds() const {
  if (timers_.empty()) return -1;
  const auto left = timers_.begin()->first.first - Clock::now();
  const auto whole = std::chrono::ceil<std::chrono::milliseconds>(left).count();
  return static_cast<int>(std::clamp<long long>(whole, 0, 60'000));
}

void EventLoop::turn() {
  const auto watched = watches_;
  std::vector<pollfd> descriptors;
  descriptors.reserve(watched.size());
  for (const auto& entry : watched) descriptors.push_back({entry->fd, entry->events, 0});
  const int count = ::poll(descriptors.data(), descriptors.size(), wait_milliseconds());
  if (count < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "poll");

  std::vector<std::pair<std::shared_ptr<Watch>, short>> ready;
  for (std::size_t i = 0; count > 0 && i < descriptors.size(); ++i)
    if (descriptors[i].revents != 0) ready.emplace_back(watched[i], descriptors[i].revents);
  dispatch_descriptors(ready);
  if (!exit_code_) run_due_timers();
}

void EventLoop::dispatch_descriptors(const std::vector<std::pair<std::shared_ptr<Watch>, short>>& ready) {
  for (const auto& [entry, revents] : ready) {
    if (exit_code_) return;
    if (entry->live) entry->ready(revents);
  }
}

void EventLoop::run_due_timers() {
  // Those due now, and no more: a timer that sets itself again at once must not starve the descriptors.
  const auto now = Clock::now();
  const std::uint64_t newest = next_timer_;
  while (!exit_code_ && !timers_.empty() && timers_.begin()->first.first <= now) {
    const auto id = timers_.begin()->first.second;
    if (id >= newest) return;
    Timer timer = std::move(timers_.begin()->second);
    remove_timer(id);
    if (timer.interval == Clock::duration::zero()) {
      timer.function();
      continue;
    }
    const auto function = timer.function;  // a copy: the callback may revoke the timer it runs from
    const auto due = now + timer.interval;
    timers_.emplace(TimerKey{due, id}, std::move(timer));
    timer_due_.emplace(id, due);
    function();
  }
}

void EventLoop::run_posted() {
  std::deque<Function> batch;
  {
    const std::lock_guard lock(inbox_->mutex);
    eventfd_t ignored;
    eventfd_read(inbox_->wake.get(), &ignored);
    batch.swap(inbox_->posted);
  }
  while (!batch.empty()) {
    Function function = std::move(batch.front());
    batch.pop_front();
    function();
    if (!exit_code_ || batch.empty()) continue;
    // Quit in the middle: the rest stays posted, for a later run().
    const std::lock_guard lock(inbox_->mutex);
    if (inbox_->posted.empty()) eventfd_write(inbox_->wake.get(), 1);
    inbox_->posted.insert(inbox_->posted.begin(), std::make_move_iterator(batch.begin()),
                          std::make_move_iterator(batch.end()));
    return;
  }
}

void EventLoop::read_signals() {
  signalfd_siginfo info;
  while (::read(signals_.get(), &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
    const auto [first, last] = signal_listeners_.equal_range(static_cast<int>(info.ssi_signo));
    std::vector<std::shared_ptr<SignalListener>> listeners;
    for (auto it = first; it != last; ++it) listeners.push_back(it->second);
    for (const auto& listener : listeners)
      if (listener->live) listener->function();
  }
}

}  // namespace gnatter::base

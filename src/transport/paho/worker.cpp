// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/paho/worker.h"

#include <utility>

#include "transport/tls/process_end.h"

namespace gnatter::transport {

Worker::Worker() : thread_([this] { run(); }) {}

Worker::~Worker() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

bool Worker::try_post(Function function) {
  {
    const std::lock_guard lock(mutex_);
    if (queue_.size() >= most_waiting) return false;
    queue_.push_back(std::move(function));
  }
  wake_.notify_one();
  return true;
}

void Worker::post(Function function) {
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back(std::move(function));
  }
  wake_.notify_one();
}

void Worker::wake_library() {
  // With the queue full the library is stuck, and no signal helps.
  static_cast<void>(try_post([this] { hold_->wake(); }));
}

void Worker::run() {
  keep_openssl_to_the_end();  // before the library starts it
  hold_.emplace();
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return ending_ || !queue_.empty(); });
    if (queue_.empty()) break;
    Function function = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    function();
    function = nullptr;  // what it holds goes here, not under the lock
    lock.lock();
  }
  lock.unlock();
  hold_.reset();
}

}  // namespace gnatter::transport

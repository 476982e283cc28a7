// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/eventfd.h>

#include <cerrno>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <system_error>
#include <utility>

#include "base/file_descriptor.h"

namespace gnatter::base {

/// A queue from other threads to the loop, bounded by bytes: at the bound push() waits, so that whoever feeds
/// the writer (a socket, in the end) is held back and memory is not. The loop watches fd() for POLLIN, which
/// holds as long as something is queued; the descriptor is written only when the queue was empty.
template <class T>
class Mailbox {
 public:
  /// `limit`: bytes that may wait. One entry larger than that is taken when the queue is empty.
  explicit Mailbox(std::size_t limit) : limit_(limit), wake_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    if (!wake_) throw std::system_error(errno, std::generic_category(), "eventfd");
  }

  /// Any thread. Waits for room; false, and the entry is dropped, once the mailbox is closed.
  bool push(T entry, std::size_t bytes) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return closed_ || queue_.empty() || bytes_ + bytes <= limit_; });
    if (closed_) return false;
    queue_.emplace_back(std::move(entry), bytes);
    bytes_ += bytes;
    if (queue_.size() == 1) eventfd_write(wake_.get(), 1);
    return true;
  }

  /// The loop's thread: the oldest entry, or nothing.
  std::optional<T> pop() {
    const std::lock_guard lock(mutex_);
    if (queue_.empty()) return std::nullopt;
    std::optional<T> entry(std::move(queue_.front().first));
    bytes_ -= queue_.front().second;
    queue_.pop_front();
    if (queue_.empty()) {
      eventfd_t ignored;
      eventfd_read(wake_.get(), &ignored);
    }
    room_.notify_one();
    return entry;
  }

  /// Lets every waiting push() go and refuses further ones. What is queued can still be popped.
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    room_.notify_all();
  }

  [[nodiscard]] int fd() const { return wake_.get(); }

 private:
  const std::size_t limit_;
  FileDescriptor wake_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::deque<std::pair<T, std::size_t>> queue_;
  std::size_t bytes_ = 0;
  bool closed_ = false;
};

}  // namespace gnatter::base

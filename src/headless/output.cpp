// SPDX-License-Identifier: GPL-3.0-or-later
#include "headless/output.h"

#include <limits.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace gnatter::headless {
namespace {

constexpr std::size_t high = std::size_t{1} << 20;
constexpr std::size_t low = high / 4;
constexpr int writes_a_turn = 64;

}  // namespace

Output::Output(base::EventLoop& loop, int fd) : loop_(loop), fd_(fd) {}

void Output::write(std::string_view bytes) {
  if (broken_) return;
  waiting_ += bytes;
  if (!watch_) watch_ = loop_.watch(fd_, POLLOUT, [this](short) { ready(); });
  update();
}

void Output::finish(std::function<void()> done) {
  finished_ = std::move(done);
  update();
}

void Output::ready() {
  for (int i = 0; i < writes_a_turn && write_some(); ++i) {
    // poll promises room for PIPE_BUF bytes, and no more, before write() would wait.
    pollfd again{fd_, POLLOUT, 0};
    if (::poll(&again, 1, 0) != 1 || (again.revents & POLLOUT) == 0) break;
  }
  update();
}

bool Output::write_some() {
  const std::size_t size = std::min<std::size_t>(waiting_.size() - written_, PIPE_BUF);
  if (size == 0) return false;
  const ssize_t count = ::write(fd_, waiting_.data() + written_, size);
  if (count < 0) {
    if (errno == EINTR || errno == EAGAIN) return false;
    broken_ = true;
    waiting_.clear();
    written_ = 0;
    return false;
  }
  written_ += static_cast<std::size_t>(count);
  return true;
}

void Output::update() {
  if (written_ == waiting_.size() || written_ > low) {
    waiting_.erase(0, written_);
    written_ = 0;
  }
  if (waiting_.empty()) watch_.reset();
  const std::size_t left = waiting_.size() - written_;
  const bool now = left > (congested_ ? low : high);
  if (std::exchange(congested_, now) != now) congestion.emit(now);
  if (broken_ && !std::exchange(told_broken_, true)) broke.emit();
  if (waiting_.empty())
    if (auto finished = std::exchange(finished_, nullptr)) finished();
}

}  // namespace gnatter::headless

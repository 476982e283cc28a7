// SPDX-License-Identifier: GPL-3.0-or-later
#include "headless/line_reader.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <utility>
#include <vector>

namespace gnatter::headless {
namespace {

constexpr std::size_t longest_line = std::size_t{1} << 20;
constexpr std::size_t chunk = 64 * 1024;

}  // namespace

LineReader::LineReader(base::EventLoop& loop, int fd, Handlers handlers)
    : loop_(loop), fd_(fd), handlers_(std::move(handlers)) {}

void LineReader::pause(bool paused) {
  if (stopped_ || paused == paused_) return;
  paused_ = paused;
  if (paused) {
    watch_.reset();
    resume_.reset();
  } else {
    resume_ = loop_.after(std::chrono::seconds(0), [this] { deliver(); });
  }
}

void LineReader::stop() {
  stopped_ = true;
  watch_.reset();
  resume_.reset();
}

void LineReader::read_more() {
  std::vector<char> bytes(chunk);
  const ssize_t count = ::read(fd_, bytes.data(), bytes.size());
  if (count < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (count > 0)
    buffer_.append(bytes.data(), static_cast<std::size_t>(count));
  else
    ended_ = true;
  deliver();
}

void LineReader::deliver() {
  if (delivering_) return;
  delivering_ = true;
  std::size_t begin = 0;
  while (!paused_ && !stopped_) {
    const std::size_t newline = buffer_.find('\n', begin);
    const bool last = newline == buffer_.npos;
    if (last && (!ended_ || begin == buffer_.size())) break;
    const std::size_t size = (last ? buffer_.size() : newline) - begin;
    const std::string line = buffer_.substr(begin, size);
    begin += size + (last ? 0 : 1);
    if (!std::exchange(skipping_, false))
      line.size() > longest_line ? handlers_.too_long() : handlers_.line(line);
  }
  buffer_.erase(0, begin);
  delivering_ = false;
  if (stopped_ || paused_) return;
  if (!ended_ && buffer_.size() > longest_line) {
    if (!std::exchange(skipping_, true)) handlers_.too_long();
    buffer_.clear();
  }
  if (ended_) {
    stop();
    return handlers_.end();
  }
  if (!watch_ && !paused_) watch_ = loop_.watch(fd_, POLLIN, [this](short) { read_more(); });
}

}  // namespace gnatter::headless

// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/backoff.h"

#include <algorithm>

namespace gnatter::transport {

std::chrono::milliseconds Backoff::next() {
  std::uniform_int_distribution<std::chrono::milliseconds::rep> shortened(0, delay_.count() / 4);
  const auto result = delay_ - std::chrono::milliseconds(shortened(random_));
  delay_ = std::min(delay_ * 2, longest_);
  return result;
}

}  // namespace gnatter::transport

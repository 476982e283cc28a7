// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared_status.h"

#include <algorithm>
#include <chrono>

namespace presence {

using namespace gnatter;
using namespace std::chrono_literals;

namespace {

/// A status of QoS 0 may overtake the login of QoS 2 before it; and who types quickly is followed once.
constexpr auto decision_pause = 1s;
/// A login and the status behind it come within that time.
constexpr auto arrival_time = 3s;
/// What has not come back by then does not: QoS 0, or the broker gives out no statuses.
constexpr auto echo_patience = 10s;
constexpr std::size_t most_awaited = 64;

}  // namespace

void SharedStatus::logged_in() {
  off();
  settle_ = host_.after(arrival_time, [this] { settled_ = true; });
}

void SharedStatus::off() {
  settled_ = false;
  awaited_.clear();
  last_.reset();
  for (Subscription* timer : {&settle_, &decision_, &give_up_, &newcomer_}) timer->reset();
}

void SharedStatus::chosen() {
  settled_ = true;
  settle_.reset();
}

void SharedStatus::published(Status status) {
  if (awaited_.size() == most_awaited) awaited_.pop_front();
  awaited_.push_back(status);
  give_up_ = host_.after(echo_patience, [this] { awaited_.clear(); });
}

void SharedStatus::heard(Status status, Status own) {
  own_ = own;
  last_ = status;
  // They come in order; what was before it is lost.
  const auto found = std::find(awaited_.begin(), awaited_.end(), status);
  if (found != awaited_.end()) awaited_.erase(awaited_.begin(), found + 1);
  if (awaited_.empty() && status == own)
    decision_.reset();
  else
    decision_ = host_.after(decision_pause, [this] { decide(); });
}

void SharedStatus::another_came() {
  if (settled_) newcomer_ = host_.after(arrival_time, [this] { newcomer_.reset(); });
}

/// While one of ours is on its way back it is the last word, and not yet heard.
void SharedStatus::decide() {
  decision_.reset();
  if (!awaited_.empty() || !last_ || *last_ == own_) return;
  if (newcomer_) {
    newcomer_.reset();
    return calls_.repeat();
  }
  own_ = *last_;
  calls_.follow(*last_);
}

}  // namespace presence

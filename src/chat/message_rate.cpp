// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/message_rate.h"

#include <chrono>

#include "chat/raw_text.h"

namespace gnatter::chat {
namespace {

constexpr std::int64_t lately = 5;

std::int64_t second_of(MessageRate::Time time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

}  // namespace

void MessageRate::count(Time now) {
  const std::int64_t number = second_of(now);
  Second& second = seconds_[static_cast<std::size_t>(number) % seconds_.size()];
  if (second.number != number) second = {number, 0};
  ++second.messages;
}

std::uint64_t MessageRate::last(std::int64_t seconds, std::int64_t now) const {
  std::uint64_t sum = 0;
  for (const Second& second : seconds_)
    if (second.number >= 0 && second.number > now - seconds) sum += second.messages;
  return sum;
}

std::string MessageRate::words(Time now) const {
  const std::uint64_t a_second = last(lately, second_of(now)) / lately;
  if (a_second > 0) return grouped(a_second) + " a second";
  const std::uint64_t a_minute = last(60, second_of(now));
  return a_minute > 0 ? grouped(a_minute) + " a minute" : std::string();
}

}  // namespace gnatter::chat

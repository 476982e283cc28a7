// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "base/event_loop.h"
#include "chat/buffer.h"
#include "chat/latest_values.h"
#include "chat/message_rate.h"
#include "transport/connection.h"

namespace gnatter::chat {

/// What comes by one filter, in its window: a line a message, of a flood 30 a second and how many more there
/// were; below $SYS a row a topic (LatestValues). Bounded in memory whatever comes. One thread, the loop's.
class RawWindow {
 public:
  /// The window outlives this.
  RawWindow(base::EventLoop& loop, Buffer& window);

  /// `every_line`: nothing is left out.
  void received(const transport::Incoming& incoming, bool every_line);
  /// "Subscribed to sensors/#, QoS 1. Nothing has come yet.", until something has.
  void tell_subscribed(int qos);
  void print(LineKind kind, std::string_view sentence) { window_.print(kind, sentence); }

  [[nodiscard]] const Buffer& window() const { return window_; }
  /// Only the latest value of each topic is shown.
  [[nodiscard]] bool latest_only() const { return latest_.has_value(); }
  /// "34 topics · 12 a second"; empty before the first message. At most 1,000 topics are told apart: "1,000+
  /// topics".
  [[nodiscard]] std::string traffic() const;
  /// Those told apart, as they are.
  [[nodiscard]] const std::unordered_set<std::string>& topics() const { return topics_; }

 private:
  using Clock = base::EventLoop::Clock;
  void note_topic(const std::string& topic);
  void show(const transport::Incoming& incoming);
  void fold();
  void tell_folded();
  void begin_second(Clock::time_point now);

  base::EventLoop& loop_;
  Buffer& window_;
  std::optional<LatestValues> latest_;
  MessageRate rate_;
  std::unordered_set<std::string> topics_;
  std::size_t topic_bytes_ = 0;
  bool more_topics_ = false;
  std::string subscribed_;  // the sentence, and the line it stands in as long as nothing has come
  std::optional<LineNumber> nothing_yet_;
  Clock::time_point second_{};  // when it began
  std::size_t shown_ = 0, folded_ = 0;
  std::optional<LineNumber> folded_line_;
  Subscription tell_soon_;
};

}  // namespace gnatter::chat

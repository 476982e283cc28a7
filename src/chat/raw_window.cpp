// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/raw_window.h"

#include <chrono>

#include "base/text.h"
#include "base/time_text.h"
#include "chat/raw_text.h"

namespace gnatter::chat {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_lines_a_second = 30;
constexpr auto telling = 200ms;  // how often the number of the others is rewritten
constexpr std::size_t most_topics = 1000, most_topic_bytes = std::size_t{256} << 10;

}  // namespace

RawWindow::RawWindow(base::EventLoop& loop, Buffer& window) : loop_(loop), window_(window) {
  if (window.name().starts_with("$SYS/")) latest_.emplace(loop, window);
}

void RawWindow::received(const transport::Incoming& incoming, bool every_line) {
  const auto now = Clock::now();
  if (nothing_yet_) {
    window_.rewrite(*nothing_yet_, subscribed_);
    nothing_yet_.reset();
  }
  rate_.count(now);
  note_topic(incoming.topic);
  if (latest_) return latest_->received(incoming.topic, incoming.payload);
  if (now - second_ >= 1s) begin_second(now);
  if (shown_ == most_lines_a_second && !every_line) return fold();
  if (!every_line) ++shown_;
  show(incoming);
}

void RawWindow::note_topic(const std::string& topic) {
  if (topics_.contains(topic)) return;
  if (topics_.size() == most_topics || topic_bytes_ + topic.size() > most_topic_bytes) {
    more_topics_ = true;
    return;
  }
  topic_bytes_ += topic.size();
  topics_.insert(topic);
}

void RawWindow::show(const transport::Incoming& incoming) {
  const std::string sender = shown_topic(incoming.topic), text = raw_text(incoming.payload);
  Line line;
  line.time = base::now();
  line.kind = LineKind::raw;
  line.sender = sender;
  line.text = text;
  line.retained = incoming.retained;
  window_.append(line);
}

void RawWindow::fold() {
  ++folded_;
  if (!tell_soon_)
    tell_soon_ = loop_.after(telling, [this] {
      tell_soon_.reset();
      tell_folded();
    });
}

void RawWindow::tell_folded() {
  const std::string text = grouped(folded_) + " more in this second";
  if (folded_line_)
    window_.rewrite(*folded_line_, text);
  else
    folded_line_ = window_.print(LineKind::presence, text);
}

void RawWindow::begin_second(Clock::time_point now) {
  if (folded_ > 0) tell_folded();
  tell_soon_.reset();
  folded_line_.reset();
  shown_ = folded_ = 0;
  second_ = now;
}

void RawWindow::tell_subscribed(int qos) {
  subscribed_ = "Subscribed to " + base::safe_row(window_.name()) + ", QoS " + std::to_string(qos) + '.';
  nothing_yet_.reset();
  if (topics_.empty())
    nothing_yet_ = window_.print(LineKind::info, subscribed_ + " Nothing has come yet.");
  else
    window_.print(LineKind::info, subscribed_);
}

std::string RawWindow::traffic() const {
  if (topics_.empty()) return {};
  const std::string rate = rate_.words(Clock::now());
  return grouped(topics_.size()) +
         (more_topics_          ? "+ topics"
          : topics_.size() == 1 ? " topic"
                                : " topics") +
         (rate.empty() ? "" : " · " + rate);
}

}  // namespace gnatter::chat

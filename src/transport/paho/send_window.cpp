// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/paho/send_window.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace gnatter::transport {

void SendWindow::start(std::size_t receive_maximum) {
  assert(waiting_.empty() && unanswered_.empty());
  limit_ = std::clamp<std::size_t>(receive_maximum, 1, most_unanswered);
}

void SendWindow::add(Request request, Done done) {
  waiting_.push_back({std::move(request), std::move(done)});
}

std::optional<SendWindow::Outgoing> SendWindow::next() {
  if (waiting_.empty() || unanswered_.size() >= limit_) return std::nullopt;
  Waiting first = std::move(waiting_.front());
  waiting_.pop_front();
  const auto* publication = std::get_if<Publication>(&first.request);
  const std::uint64_t number = next_number_++;
  unanswered_.emplace(number, Unanswered{std::move(first.done), publication && publication->qos == 2});
  return Outgoing{number, std::move(first.request)};
}

SendWindow::Done SendWindow::answered(std::uint64_t number) {
  auto node = unanswered_.extract(number);
  return node ? std::move(node.mapped().done) : Done();
}

bool SendWindow::exactly_once_open() const {
  return std::any_of(unanswered_.begin(), unanswered_.end(),
                     [](const auto& entry) { return entry.second.exactly_once; });
}

std::vector<SendWindow::Done> SendWindow::take_all() {
  std::vector<Done> all;
  for (auto& [number, entry] : unanswered_) all.push_back(std::move(entry.done));
  for (auto& entry : waiting_) all.push_back(std::move(entry.done));
  unanswered_.clear();
  waiting_.clear();
  return all;
}

}  // namespace gnatter::transport

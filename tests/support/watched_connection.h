// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/event_loop.h"
#include "transport/paho/paho_connection.h"

namespace gnatter::testing {

/// A PahoConnection and everything that it told, in order.
struct WatchedConnection {
  WatchedConnection(base::EventLoop& loop, transport::Worker& worker)
      : connection(std::make_unique<transport::PahoConnection>(loop, worker)) {
    listeners.push_back(connection->opened.connect([this](const transport::Opened& event) {
      story += "opened ";
      opened = event;
    }));
    listeners.push_back(connection->failed.connect([this](const transport::Failure& event) {
      story += "failed ";
      failed = event;
    }));
    listeners.push_back(connection->lost.connect([this](const transport::Lost& event) {
      story += "lost ";
      lost = event;
    }));
    listeners.push_back(connection->closed.connect([this] {
      story += "closed ";
      ++closed;
    }));
    listeners.push_back(connection->received.connect(
        [this](const transport::Incoming& message) { received.push_back(message); }));
  }
  WatchedConnection(const WatchedConnection&) = delete;
  WatchedConnection& operator=(const WatchedConnection&) = delete;

  void publish(transport::Publication publication) { connection->publish(std::move(publication), noting()); }
  void subscribe(std::string filter, int qos) { connection->subscribe(std::move(filter), qos, noting()); }
  void unsubscribe(std::string filter) { connection->unsubscribe(std::move(filter), noting()); }

  transport::Connection::Done noting() {
    return [this](const transport::Outcome& outcome) {
      if (outcome.kind == transport::Outcome::Kind::lost) story += "answer-lost ";
      outcomes.push_back(outcome);
    };
  }

  std::unique_ptr<transport::PahoConnection> connection;
  std::optional<transport::Opened> opened;
  std::optional<transport::Failure> failed;
  std::optional<transport::Lost> lost;
  int closed = 0;
  std::deque<transport::Incoming> received;
  std::deque<transport::Outcome> outcomes;
  std::string story;
  std::vector<Subscription> listeners;
};

}  // namespace gnatter::testing

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/signal.h"
#include "transport/connection.h"

namespace gnatter::transport {

/// What the user wrote and the broker has not yet answered for, in order. It survives a lost line: what was
/// unanswered then goes out again, first and in the same order, with the same properties (the receivers know
/// a repeated one by its id, X2). Kept in memory. One thread, the loop's.
class Outbox {
 public:
  /// accepted or refused; `lost` comes only from discard_all().
  using Done = Connection::Done;

  explicit Outbox(Connection& connection);
  ~Outbox();

  /// Takes one, always; ask full() first when there is a way to wait. Its ticket, for take_back().
  std::uint64_t add(Publication publication, Done done);

  /// Forgets one that is not with the connection; its completion does not come. False: it is on its way, or
  /// was answered. One that a lost line had carried may have arrived all the same.
  bool take_back(std::uint64_t ticket);

  /// From now on what waits is sent; called when the connection is ready for messages (after P9's login).
  void start();
  /// Nothing more is sent until start(); what is unanswered goes back to the front of what waits.
  /// `line_lost`: it counts against what was unanswered. A message that was so twice goes alone the next
  /// times, and is refused when the line breaks at it twice more: the broker closes it at this message, which
  /// is probably too long.
  void stop(bool line_lost);

  /// Nothing more is handed over, but what is unanswered stays so, until stop(); see `answered`. Before an
  /// orderly reconnect.
  void pause() { started_ = false; }

  /// 256 waiting or 1 MiB of payload: whoever can wait should (standard input is not read, then).
  [[nodiscard]] bool full() const;
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] bool empty() const { return entries_.empty(); }
  /// Handed to the connection and not yet answered.
  [[nodiscard]] std::size_t unanswered() const { return unanswered_; }
  /// How long something has been handed over and nothing been answered.
  [[nodiscard]] std::chrono::steady_clock::duration silence() const;

  /// Forgets everything; each completion comes as lost.
  void discard_all();

  /// No longer full; and: became empty. Emitted at the end of the completion that made it so.
  base::Signal<> room;
  base::Signal<> drained;
  /// Paused, and the last unanswered one has been answered.
  base::Signal<> answered;

 private:
  struct Entry {
    std::uint64_t number;
    Publication publication;
    Done done;
    int losses = 0;
    int losses_alone = 0;
    bool sent = false;
  };
  void send_more();
  void finished(std::uint64_t number, const Outcome& outcome);
  std::deque<Entry>::iterator find(std::uint64_t number);
  void remove(std::deque<Entry>::iterator entry, const Outcome* outcome);
  [[nodiscard]] bool may_send_next() const;

  Connection& connection_;
  std::deque<Entry> entries_;  // oldest first; those sent stand at the front
  std::size_t bytes_ = 0;
  std::size_t unanswered_ = 0;
  std::chrono::steady_clock::time_point last_heard_{};  // the last answer, or the first handed over since
  std::uint64_t next_number_ = 1;
  std::uint64_t round_ = 0;  // start() count: answers of an earlier round are not ours any more
  bool started_ = false;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace gnatter::transport

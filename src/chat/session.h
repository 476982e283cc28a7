// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/event_loop.h"
#include "base/signal.h"
#include "chat/account.h"
#include "chat/subscriptions.h"
#include "transport/backoff.h"
#include "transport/connection.h"
#include "transport/outbox.h"

namespace gnatter::chat {

/// Keeps the end of a connection waiting as long as a copy of it lives.
using Hold = std::shared_ptr<void>;

/// Why a connection ends in order.
enum class Cause { quit, disconnect, unload, signal, hang_up };

/// The way of one network's connection: P9's order at connect, again after every loss, and P10's at the end.
/// It knows no chat: filters and messages belong to those who registered them. One thread, the loop's.
class Session {
 public:
  enum class State {
    off,         ///< not connected, and not trying
    waiting,     ///< for the next attempt
    connecting,  ///< CONNECT is out
    preparing,   ///< connected, SUBACKs outstanding
    ready,       ///< logged in as far as P9 goes: messages flow
    leaving,     ///< P10, or an orderly reconnect
  };

  Session(base::EventLoop& loop, std::unique_ptr<transport::Connection> connection);

  /// Connects, and stays connected: after a loss or a failure it tries again, with growing pauses. Not after
  /// a refused login or what is wrong with TLS, which need the user; but for a port that does not speak it
  /// (any more), where the line has stood before: that is tried ten times in a row. From `off` or `waiting`
  /// alone.
  void start(Account account);
  /// P10: tells who listens to `leaving`, waits until every Hold is gone (2 s at most), disconnects; then
  /// `done`.
  void leave(Cause cause, std::function<void()> done);
  /// One orderly reconnect on the kept session, after what is unanswered: for a changed Will. Several asked
  /// for in one turn make one.
  void replan();

  /// What is subscribed, on this connection and the next ones.
  [[nodiscard]] Subscriptions& subscriptions() { return subscriptions_; }
  /// Not kept: lost when the line is.
  void publish(transport::Publication publication, transport::Connection::Done done);
  /// Kept until the broker answers; see transport::Outbox.
  [[nodiscard]] transport::Outbox& outbox() { return outbox_; }
  [[nodiscard]] const transport::Outbox& outbox() const { return outbox_; }
  /// See transport::Connection::hold.
  void hold(bool held) { connection_->hold(held); }
  /// See transport::Connection::trace and packets.
  void trace(bool on) { connection_->trace(on); }
  [[nodiscard]] base::Signal<const std::vector<transport::Packet>&, std::size_t>& packets() {
    return connection_->packets;
  }

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] const Account& account() const { return account_; }
  /// Of the connection that stands or stood last.
  [[nodiscard]] const transport::Opened& opened() const { return opened_; }
  /// Of the last attempt; nothing when that came through, is under way, or there was none.
  [[nodiscard]] const std::optional<transport::Failure>& failure() const { return failure_; }
  /// How many times in a row the line was lost within seconds of ready: somebody else may use the client id.
  [[nodiscard]] int short_lives() const { return short_lives_; }
  /// For Wills, whatever plugin sets them (P10); from the next attempt on.
  void set_will_delay(std::chrono::seconds delay) { will_delay_ = delay; }

  /// Whether an attempt is repeated that fails before any has succeeded. Scripts want to know at once.
  void retry_first(bool retry) { retry_first_ = retry; }

  /// Before each attempt: who wants may set the Will.
  base::Signal<transport::ConnectPlan&> connecting;
  /// After the CONNACK, before anything is subscribed; not after replan().
  base::Signal<const transport::Opened&> connected;
  /// After the last SUBACK, before the first message of the outbox goes.
  base::Signal<bool> ready;
  /// The line was lost; the next try comes in so long, or not by itself.
  base::Signal<const transport::Lost&, std::optional<std::chrono::milliseconds>> lost;
  /// An attempt failed; the next one comes in so long, or not by itself.
  base::Signal<const transport::Failure&, std::optional<std::chrono::milliseconds>> failed;
  base::Signal<Cause, Hold> leaving;
  base::Signal<const transport::Incoming&> message;
  /// `off` now: it was left, and nobody has started it again.
  base::Signal<> ended;

 private:
  void attempt();
  void on_opened(const transport::Opened& opened);
  void on_failed(const transport::Failure& failure);
  [[nodiscard]] bool is_tried_again(const transport::Failure& failure);
  void on_lost(const transport::Lost& lost);
  void on_closed();
  void on_received(const transport::Incoming& incoming);
  void note_how_long_it_stood();
  void retry_after(std::chrono::milliseconds pause);
  void become_ready();
  void say_goodbye(Cause cause);
  void close(bool keep_session);
  void reconnect();
  void close_when_answered();
  void close_if_answered();

  base::EventLoop& loop_;
  std::unique_ptr<transport::Connection> connection_;
  Subscriptions subscriptions_;
  transport::Outbox outbox_;
  std::size_t open_exactly_once_ = 0;  // publishes of QoS 2 beside the outbox, unanswered
  transport::Backoff backoff_;
  Account account_;
  transport::ConnectPlan plan_;
  transport::Opened opened_;
  std::optional<transport::Failure> failure_;
  bool stood_ = false;   // the line of this account, at least once
  int without_tls_ = 0;  // attempts in a row that met no TLS
  base::EventLoop::Clock::time_point ready_since_{};
  int short_lives_ = 0;
  State state_ = State::off;
  std::chrono::seconds will_delay_{5};
  bool resume_ = false;
  bool retry_first_ = true;
  bool was_open_ = false;
  bool replanning_ = false;  // leaving in order to connect anew
  bool replanned_ = false;   // connecting anew: no news for the user
  bool replan_again_ = false;
  /// Logged in, and no Will of the broker's will undo it: an end without leave() would leave us here for
  /// ever.
  bool owes_logout_ = false;
  bool owes_logout_if_resumed_ = false;
  std::function<void()> left_;
  std::function<void()> leave_later_;
  Subscription timer_;  // the next attempt; the patience of a leave or of all SUBACKs
  Subscription replan_soon_;
  Subscription quiet_;
  std::vector<Subscription> listening_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace gnatter::chat

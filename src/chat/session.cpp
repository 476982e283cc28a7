// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/session.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "chat/tls_words.h"

namespace gnatter::chat {

using namespace std::chrono_literals;
using transport::Failure;
using transport::Outcome;

namespace {

/// Long enough for a line that breaks and comes back, so that nothing sent meanwhile is missed and no Will
/// goes out; longer than any will delay the user sets (MQTT 5, 3.1.3.2.2).
constexpr auto short_session = 60s;
constexpr auto leave_patience = 2s;
constexpr auto short_life = 5s;
constexpr auto long_life = 30s;
constexpr auto after_short_life = 3s;
constexpr int session_taken_over = 0x8E;
constexpr int most_tries_without_tls = 10;

bool needs_the_user(Failure::Reason reason) {
  return reason == Failure::Reason::wrong_password || reason == Failure::Reason::not_authorized ||
         reason == Failure::Reason::bad_client_id ||
         (words::is_about_tls(reason) && reason != Failure::Reason::no_tls);
}

bool same_line(const Account& one, const Account& other) {
  return one.host == other.host && one.port == other.port && one.security == other.security;
}

/// The files that `security` asks for.
std::optional<transport::TlsPlan> tls_plan(const Account& account) {
  if (account.security == Security::plain) return std::nullopt;
  transport::TlsPlan plan = account.tls;
  if (account.security != Security::certificate) {
    plan.certificate.clear();
    plan.key.clear();
    plan.key_password.clear();
  }
  return plan;
}

/// Both, one after the other; either may be empty.
std::function<void()> both(std::function<void()> first, std::function<void()> second) {
  if (!first) return second;
  return [first = std::move(first), second = std::move(second)] {
    first();
    if (second) second();
  };
}

}  // namespace

Session::Session(base::EventLoop& loop, std::unique_ptr<transport::Connection> connection)
    : loop_(loop),
      connection_(std::move(connection)),
      subscriptions_(loop, *connection_),
      outbox_(*connection_) {
  listening_.push_back(connection_->opened.connect([this](const auto& response) { on_opened(response); }));
  listening_.push_back(connection_->failed.connect([this](const auto& failure) { on_failed(failure); }));
  listening_.push_back(connection_->lost.connect([this](const auto& why) { on_lost(why); }));
  listening_.push_back(connection_->closed.connect([this] { on_closed(); }));
  listening_.push_back(
      connection_->received.connect([this](const auto& incoming) { on_received(incoming); }));
}

void Session::start(Account account) {
  assert(state_ == State::off);
  stood_ = stood_ && same_line(account_, account);
  without_tls_ = 0;
  account_ = std::move(account);
  backoff_.reset();
  resume_ = false;
  replanned_ = false;
  owes_logout_ = owes_logout_if_resumed_ = false;
  attempt();
}

void Session::attempt() {
  timer_.reset();
  failure_.reset();
  plan_ = {};
  replan_again_ = false;
  plan_.host = account_.host;
  plan_.port = account_.port;
  plan_.tls = tls_plan(account_);
  plan_.user = account_.user;
  plan_.password = account_.password;
  plan_.client_id = account_.client_id;
  plan_.resume = resume_;
  plan_.session_expiry = std::max<std::chrono::seconds>(short_session, will_delay_ + 10s);
  connecting.emit(plan_);
  if (plan_.will) plan_.will->delay = will_delay_;
  state_ = State::connecting;
  connection_->open(plan_);
}

void Session::on_opened(const transport::Opened& opened) {
  opened_ = opened;
  was_open_ = stood_ = true;
  without_tls_ = 0;
  // A resumed session takes back the Will that the loss had set going.
  owes_logout_ = owes_logout_ || (opened.session_present && owes_logout_if_resumed_);
  owes_logout_if_resumed_ = false;
  resume_ = true;  // from now on a session of ours is worth going on with
  state_ = State::preparing;
  if (std::exchange(replan_again_, false)) return reconnect();
  if (!std::exchange(replanned_, false)) connected.emit(opened);
  subscriptions_.ask_all([this] {
    if (state_ == State::preparing) become_ready();
  });
}

void Session::become_ready() {
  owes_logout_ = true;
  ready_since_ = base::EventLoop::Clock::now();
  state_ = State::ready;
  ready.emit(opened_.session_present);
  if (state_ == State::ready) outbox_.start();
  if (auto leave_now = std::exchange(leave_later_, nullptr)) leave_now();
}

/// A broker that ends, or starts again behind a relay, takes connections and closes them; what does so for
/// long, or always has, speaks no TLS, or does not take our certificate.
bool Session::is_tried_again(const Failure& failure) {
  const bool no_tls = failure.reason == Failure::Reason::no_tls || failure.unsaid;
  without_tls_ = no_tls ? without_tls_ + 1 : 0;
  if (no_tls) return stood_ && without_tls_ <= most_tries_without_tls;
  if (needs_the_user(failure.reason)) return false;
  return was_open_ || retry_first_;
}

void Session::on_failed(const Failure& failure) {
  state_ = State::off;
  failure_ = failure;
  std::optional<std::chrono::milliseconds> pause;
  if (is_tried_again(failure)) {
    pause = backoff_.next();
    retry_after(*pause);
  }
  owes_logout_ = false;  // it cannot be said, and is not held against a leave
  if (auto leave_now = std::exchange(leave_later_, nullptr)) return leave_now();
  // Of an orderly reconnect the others have heard nothing yet; to them the line is lost now.
  if (std::exchange(replanned_, false)) lost.emit(transport::Lost{}, pause);
  failed.emit(failure, pause);
}

void Session::on_lost(const transport::Lost& why) {
  resume_ = resume_ && !why.exactly_once_open;
  if (state_ == State::ready) note_how_long_it_stood();
  owes_logout_if_resumed_ = owes_logout_;
  owes_logout_ = false;
  outbox_.stop(true);
  subscriptions_.line_gone(state_ != State::leaving);
  if (state_ == State::leaving) return on_closed();
  std::optional<std::chrono::milliseconds> pause;
  if (why.code == session_taken_over) {
    state_ = State::off;  // trying again would throw the other one out, and it us, for ever
  } else {
    pause = backoff_.next();
    retry_after(*pause);
  }
  if (auto leave_now = std::exchange(leave_later_, nullptr)) return leave_now();
  lost.emit(why, pause);
}

/// A line that breaks soon after it stood is taken up again a little later each time, up to three seconds:
/// two programs with one client id would throw each other out every second.
void Session::note_how_long_it_stood() {
  const auto stood = base::EventLoop::Clock::now() - ready_since_;
  backoff_.limit(after_short_life);
  if (stood >= long_life) backoff_.reset();
  short_lives_ = stood < short_life ? short_lives_ + 1 : 0;
}

void Session::retry_after(std::chrono::milliseconds pause) {
  state_ = State::waiting;
  timer_ = loop_.after(pause, [this] { attempt(); });
}

void Session::on_received(const transport::Incoming& incoming) {
  subscriptions_.dispatch(incoming);
  message.emit(incoming);
}

void Session::publish(transport::Publication publication, transport::Connection::Done done) {
  if (publication.qos < 2) return connection_->publish(std::move(publication), std::move(done));
  ++open_exactly_once_;
  connection_->publish(std::move(publication),
                       [this, alive = std::weak_ptr(alive_), done = std::move(done)](const Outcome& outcome) {
                         if (alive.expired()) return;
                         --open_exactly_once_;
                         if (done) done(outcome);
                         if (!alive.expired() && replanning_ && quiet_) close_if_answered();
                       });
}

void Session::leave(Cause cause, std::function<void()> done) {
  replan_soon_.reset();
  if (state_ == State::leaving && !replanning_) {
    left_ = both(std::move(left_), std::move(done));
    return;
  }
  if (owes_logout_ && state_ != State::ready) {  // log in first: only who is logged in can log out
    leave_later_ =
        both(std::move(leave_later_), [this, cause, done = std::move(done)] { leave(cause, done); });
    return;
  }
  replanning_ = false;
  quiet_.reset();
  left_ = std::move(done);
  const bool logged_in = state_ == State::ready;
  state_ = State::leaving;
  if (!logged_in) return close(false);
  // Nothing may be on its way to us when the library closes the socket right behind DISCONNECT: TCP would
  // answer it with a reset, the broker might then never read the DISCONNECT, and publish the Will. The
  // logout's own handshake comes after whatever was on its way before.
  subscriptions_.end_all([this, cause] {
    if (state_ == State::leaving) say_goodbye(cause);
  });
}

void Session::say_goodbye(Cause cause) {
  timer_ = loop_.after(leave_patience, [this] { close(false); });
  // The last copy may go inside any callback: what follows must not run there.
  Hold hold(nullptr, [this, alive = std::weak_ptr(alive_), post = loop_.poster()](void*) {
    post([this, alive] {
      if (!alive.expired() && state_ == State::leaving && timer_) close(false);
    });
  });
  leaving.emit(cause, std::move(hold));
}

void Session::close(bool keep_session) {
  timer_.reset();
  quiet_.reset();
  outbox_.stop(false);
  connection_->close(keep_session);
}

void Session::replan() {
  // An attempt that is under way has the old plan already: the new one comes right after it.
  if (state_ == State::connecting) replan_again_ = true;
  if (state_ != State::ready && state_ != State::preparing) return;
  replan_soon_ = loop_.after(0s, [this] {
    if (state_ == State::ready || state_ == State::preparing) reconnect();
  });
}

void Session::reconnect() {
  state_ = State::leaving;
  replanning_ = true;
  close_when_answered();
}

/// An orderly reconnect: nothing may be unanswered, or the new client object would not know its packet ids.
void Session::close_when_answered() {
  outbox_.pause();
  timer_ = loop_.after(leave_patience, [this] { close(false); });
  quiet_ = outbox_.answered.connect([this] { close_if_answered(); });
  close_if_answered();
}

void Session::close_if_answered() {
  if (state_ == State::leaving && outbox_.unanswered() == 0 && open_exactly_once_ == 0) close(true);
}

void Session::on_closed() {
  timer_.reset();
  subscriptions_.line_gone(false);
  state_ = State::off;
  if (std::exchange(replanning_, false)) {
    replanned_ = true;
    return attempt();
  }
  owes_logout_ = owes_logout_if_resumed_ = false;
  if (auto left = std::exchange(left_, nullptr)) left();
  if (state_ == State::off) ended.emit();
}

}  // namespace gnatter::chat

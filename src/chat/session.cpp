// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/session.h"

#include <algorithm>
#include <set>
#include <utility>

#include "protocol/topic.h"

namespace gnatter::chat {

using namespace std::chrono_literals;
using transport::Failure;
using transport::Outcome;

namespace {

/// Long enough for a line that breaks and comes back, so that nothing sent meanwhile is missed and no Will
/// goes out; longer than any will delay the user sets (MQTT 5, 3.1.3.2.2).
constexpr auto short_session = 60s;
constexpr auto suback_patience = 10s;
constexpr auto alone_patience = 2s;
constexpr auto silence_patience = 1s;
constexpr auto leave_patience = 2s;
constexpr int session_taken_over = 0x8E;

bool needs_the_user(Failure::Reason reason) {
  return reason == Failure::Reason::wrong_password || reason == Failure::Reason::not_authorized ||
         reason == Failure::Reason::bad_client_id;
}

SubscribeAnswer to_answer(const Outcome& outcome) {
  const bool granted = outcome.kind == Outcome::Kind::accepted;
  return {granted ? SubscribeAnswer::Kind::granted : SubscribeAnswer::Kind::refused, outcome.code,
          outcome.reason};
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
    : loop_(loop), connection_(std::move(connection)), outbox_(*connection_) {
  listening_.push_back(connection_->opened.connect([this](const auto& response) { on_opened(response); }));
  listening_.push_back(connection_->failed.connect([this](const auto& failure) { on_failed(failure); }));
  listening_.push_back(connection_->lost.connect([this](const auto& why) { on_lost(why); }));
  listening_.push_back(connection_->closed.connect([this] { on_closed(); }));
  listening_.push_back(
      connection_->received.connect([this](const auto& incoming) { on_received(incoming); }));
}

void Session::start(Account account) {
  account_ = std::move(account);
  backoff_.reset();
  resume_ = false;
  replanned_ = false;
  owes_logout_ = owes_logout_if_resumed_ = false;
  attempt();
}

void Session::attempt() {
  timer_.reset();
  plan_ = {};
  replan_again_ = false;
  plan_.host = account_.host;
  plan_.port = account_.port;
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
  was_open_ = true;
  // A resumed session takes back the Will that the loss had set going.
  owes_logout_ = owes_logout_ || (opened.session_present && owes_logout_if_resumed_);
  owes_logout_if_resumed_ = false;
  resume_ = true;  // from now on a session of ours is worth going on with
  state_ = State::preparing;
  for (const auto& filter : filters_) filter->progress = Filter::Progress::idle;
  if (std::exchange(replan_again_, false)) return reconnect();
  if (!std::exchange(replanned_, false)) connected.emit(opened);
  for (const auto& filter : std::vector(filters_.begin(), filters_.end()))
    if (filter->phase == Phase::before_login) ask(filter);
  timer_ = loop_.after(suback_patience, [this] { become_ready(); });
  next_step();
}

void Session::ask(const FilterPointer& filter) {
  filter->progress = Filter::Progress::asked;
  connection_->subscribe(filter->filter, filter->qos,
                         [this, alive = std::weak_ptr(alive_), filter](const Outcome& outcome) {
                           if (!alive.expired()) on_answer(filter, outcome);
                         });
}

void Session::on_answer(const FilterPointer& filter, const Outcome& outcome) {
  if (outcome.kind == Outcome::Kind::lost) return;  // on_lost() knows what that means
  const bool late = filter->given_up;               // it was told as silent before
  filter->progress = Filter::Progress::answered;
  filter->given_up |= filter->phase == Phase::alone && outcome.kind == Outcome::Kind::refused;
  if (filter->live && filter->answered && !late) filter->answered(to_answer(outcome));
  if (state_ == State::preparing) next_step();
}

/// All before_login filters first, then those that want to be alone, one after the other, then ready.
void Session::next_step() {
  const auto outstanding = [](const FilterPointer& filter) {
    return filter->progress == Filter::Progress::asked && !filter->given_up;
  };
  const auto alone = [](const FilterPointer& filter) {
    return filter->phase == Phase::alone && filter->progress == Filter::Progress::idle && !filter->given_up;
  };
  if (std::any_of(filters_.begin(), filters_.end(), outstanding)) return;
  const auto next = std::find_if(filters_.begin(), filters_.end(), alone);
  if (next == filters_.end()) return become_ready();
  const FilterPointer filter = *next;
  ask(filter);
  silence_ = loop_.after(alone_patience, [this, filter] { silent(filter); });
}

void Session::silent(const FilterPointer& filter) {
  if (filter->progress != Filter::Progress::asked) return;
  filter->given_up = true;
  if (filter->live && filter->answered) filter->answered({SubscribeAnswer::Kind::silent, 0, {}});
  next_step();
}

void Session::become_ready() {
  timer_.reset();
  silence_.reset();
  owes_logout_ = true;
  backoff_.reset();
  state_ = State::ready;
  ready.emit(opened_.session_present);
  if (state_ == State::ready) outbox_.start();
  if (auto leave_now = std::exchange(leave_later_, nullptr)) leave_now();
}

void Session::on_failed(const Failure& failure) {
  state_ = State::off;
  std::optional<std::chrono::milliseconds> pause;
  if (!needs_the_user(failure.reason) && (was_open_ || retry_first_)) {
    pause = backoff_.next();
    retry_after(*pause);
  }
  if (auto leave_now = std::exchange(leave_later_, nullptr)) return leave_now();
  failed.emit(failure, pause);
}

void Session::on_lost(const transport::Lost& why) {
  resume_ = resume_ && !why.exactly_once_open;
  owes_logout_if_resumed_ = owes_logout_;
  owes_logout_ = false;
  outbox_.stop();
  silence_.reset();
  forget_answers(state_ != State::leaving);
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

/// A broker may close the line at a filter that it does not allow instead of refusing it: not asked again
/// then, or the line would break for ever.
void Session::forget_answers(bool blame) {
  for (const auto& filter : std::vector(filters_.begin(), filters_.end())) {
    const bool outstanding =
        std::exchange(filter->progress, Filter::Progress::idle) == Filter::Progress::asked;
    if (!blame || !outstanding || filter->phase != Phase::alone || filter->given_up) continue;
    filter->given_up = true;
    if (filter->live && filter->answered) filter->answered({SubscribeAnswer::Kind::closed, 0, {}});
  }
}

void Session::retry_after(std::chrono::milliseconds pause) {
  state_ = State::waiting;
  timer_ = loop_.after(pause, [this] { attempt(); });
}

void Session::on_received(const transport::Incoming& incoming) {
  for (const auto& filter : std::vector(filters_.begin(), filters_.end()))
    if (filter->live && filter->received && protocol::topic_matches(filter->filter, incoming.topic))
      filter->received(incoming);
  message.emit(incoming);
}

Subscription Session::subscribe(std::string filter, int qos, Phase phase, Answered answered,
                                Received received) {
  auto entry = std::make_shared<Filter>(
      Filter{std::move(filter), qos, phase, std::move(answered), std::move(received)});
  filters_.push_back(entry);
  if (state_ == State::ready || (state_ == State::preparing && phase == Phase::before_login)) ask(entry);
  return Subscription([this, alive = std::weak_ptr(alive_), entry] {
    entry->live = false;
    if (!alive.expired()) unsubscribe(entry);
  });
}

void Session::unsubscribe(const FilterPointer& filter) {
  filters_.remove(filter);
  const bool wanted = std::any_of(filters_.begin(), filters_.end(), [&](const FilterPointer& other) {
    return other->filter == filter->filter;
  });
  const bool connected_now = state_ == State::preparing || state_ == State::ready || state_ == State::leaving;
  if (connected_now && !wanted) connection_->unsubscribe(filter->filter, {});
  if (state_ == State::preparing) next_step();
}

void Session::publish(transport::Publication publication, transport::Connection::Done done) {
  connection_->publish(std::move(publication), std::move(done));
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
  fall_silent([this, cause] { say_goodbye(cause); });
}

/// Ends every subscription before the logout, so that nothing is on its way to us when the library closes the
/// socket right behind DISCONNECT: TCP would answer it with a reset, the broker might then never read the
/// DISCONNECT, and publish the Will. The logout's own handshake comes after whatever was on its way before.
void Session::fall_silent(std::function<void()> then) {
  auto shared = std::make_shared<std::function<void()>>(std::move(then));
  const auto once = [this, alive = std::weak_ptr(alive_), shared] {
    if (alive.expired() || state_ != State::leaving) return;
    if (const auto function = std::exchange(*shared, nullptr)) function();
  };
  std::set<std::string> filters;
  for (const auto& filter : filters_) filters.insert(filter->filter);
  if (filters.empty()) return once();
  timer_ = loop_.after(silence_patience, once);
  const auto left = std::make_shared<std::size_t>(filters.size());
  for (const std::string& filter : filters)
    connection_->unsubscribe(filter, [left, once](const Outcome& outcome) {
      if (outcome.kind != Outcome::Kind::lost && --*left == 0) once();
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
  silence_.reset();
  quiet_.reset();
  outbox_.stop();
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
  if (outbox_.unanswered() == 0) return close(true);
  quiet_ = outbox_.answered.connect([this] {
    quiet_.reset();
    if (state_ == State::leaving && replanning_) close(true);
  });
}

void Session::on_closed() {
  timer_.reset();
  forget_answers(false);
  state_ = State::off;
  if (std::exchange(replanning_, false)) {
    replanned_ = true;
    return attempt();
  }
  owes_logout_ = owes_logout_if_resumed_ = false;
  if (auto left = std::exchange(left_, nullptr)) left();
}

}  // namespace gnatter::chat

// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/subscriptions.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "protocol/filter.h"
#include "protocol/topic.h"
#include "transport/subscription_identifier.h"

namespace gnatter::chat {

using namespace std::chrono_literals;
using transport::Outcome;

namespace {

constexpr auto login_patience = 10s;
constexpr auto alone_patience = 2s;
constexpr auto end_patience = 1s;

SubscribeAnswer to_answer(const Outcome& outcome) {
  const bool granted = outcome.kind == Outcome::Kind::accepted;
  return {granted ? SubscribeAnswer::Kind::granted : SubscribeAnswer::Kind::refused, outcome.code,
          outcome.reason};
}

}  // namespace

Subscriptions::Subscriptions(base::EventLoop& loop, transport::Connection& connection)
    : loop_(loop), connection_(connection) {}

Subscription Subscriptions::add(std::string filter, int qos, Phase phase, Answered answered,
                                Received received) {
  auto entry = std::make_shared<Filter>(Filter{filter, transport::subscription_identifier(filter), qos, phase,
                                               std::move(answered), std::move(received)});
  filters_.push_back(entry);
  const bool at_once = stage_ == Stage::standing || (stage_ == Stage::asking && phase == Phase::before_login);
  if (at_once) ask(entry);
  return Subscription([this, alive = std::weak_ptr(alive_), entry] {
    entry->live = false;
    if (!alive.expired()) remove(entry);
  });
}

void Subscriptions::remove(const FilterPointer& filter) {
  filters_.remove(filter);
  const bool wanted = std::any_of(filters_.begin(), filters_.end(), [&](const FilterPointer& other) {
    return other->filter == filter->filter;
  });
  if (stage_ == Stage::off && filter->ever_asked) owed_.insert(filter->filter);
  if (stage_ != Stage::off && !wanted) connection_.unsubscribe(filter->filter, {});
  if (stage_ == Stage::asking) next_step();
}

void Subscriptions::ask_all(std::function<void()> done) {
  stage_ = Stage::asking;
  done_ = std::move(done);
  for (const auto& filter : filters_) filter->progress = Filter::Progress::idle;
  for (const auto& filter : filters_) owed_.erase(filter->filter);
  for (const std::string& filter : std::exchange(owed_, {})) connection_.unsubscribe(filter, {});
  for (const auto& filter : std::vector(filters_.begin(), filters_.end()))
    if (filter->phase == Phase::before_login) ask(filter);
  patience_ = loop_.after(login_patience, [this] { go_on_without(); });
  next_step();
}

void Subscriptions::ask(const FilterPointer& filter) {
  filter->progress = Filter::Progress::asked;
  filter->ever_asked = true;
  connection_.subscribe(filter->filter, highest_qos(filter->filter),
                        [this, alive = std::weak_ptr(alive_), filter](const Outcome& outcome) {
                          if (!alive.expired()) on_answer(filter, outcome);
                        });
}

/// A broker has one subscription a filter, and the last QoS counts: who wants the most gets it.
int Subscriptions::highest_qos(std::string_view filter) const {
  int qos = 0;
  for (const auto& each : filters_)
    if (each->live && each->filter == filter) qos = std::max(qos, each->qos);
  return qos;
}

void Subscriptions::on_answer(const FilterPointer& filter, const Outcome& outcome) {
  if (outcome.kind == Outcome::Kind::lost) return;  // line_gone() knows what that means
  const bool told_before = filter->given_up;        // as silent
  filter->progress = Filter::Progress::answered;
  filter->given_up |= filter->phase == Phase::alone && outcome.kind == Outcome::Kind::refused;
  if (!told_before) tell(filter, to_answer(outcome));
  if (stage_ == Stage::asking) next_step();
}

void Subscriptions::next_step() {
  const auto outstanding = [](const FilterPointer& filter) {
    return filter->progress == Filter::Progress::asked && !filter->given_up;
  };
  const auto next_alone = [](const FilterPointer& filter) {
    return filter->phase == Phase::alone && filter->progress == Filter::Progress::idle && !filter->given_up;
  };
  if (std::any_of(filters_.begin(), filters_.end(), outstanding)) return;
  const auto next = std::find_if(filters_.begin(), filters_.end(), next_alone);
  if (next == filters_.end()) return all_answered();
  const FilterPointer filter = *next;
  ask(filter);
  silence_ = loop_.after(alone_patience, [this, filter] { silent(filter); });
}

/// A broker that leaves a SUBACK out must not keep us from logging in.
void Subscriptions::go_on_without() {
  for (const auto& filter : std::vector(filters_.begin(), filters_.end())) {
    if (filter->progress != Filter::Progress::asked || filter->phase != Phase::before_login) continue;
    filter->progress = Filter::Progress::answered;
    tell(filter, {SubscribeAnswer::Kind::silent, 0, {}});
  }
  if (stage_ == Stage::asking) next_step();
}

void Subscriptions::silent(const FilterPointer& filter) {
  if (filter->progress != Filter::Progress::asked) return;
  filter->given_up = true;
  tell(filter, {SubscribeAnswer::Kind::silent, 0, {}});
  if (stage_ == Stage::asking) next_step();
}

void Subscriptions::all_answered() {
  stage_ = Stage::standing;
  patience_.reset();
  silence_.reset();
  if (const auto done = std::exchange(done_, nullptr)) done();
}

void Subscriptions::end_all(std::function<void()> done) {
  stage_ = Stage::off;
  silence_.reset();
  done_ = std::move(done);
  const auto finish = [this] {
    patience_.reset();
    if (const auto then = std::exchange(done_, nullptr)) then();
  };
  std::set<std::string> filters;
  for (const auto& filter : filters_) filters.insert(filter->filter);
  if (filters.empty()) return finish();
  patience_ = loop_.after(end_patience, finish);
  const auto left = std::make_shared<std::size_t>(filters.size());
  for (const std::string& filter : filters)
    connection_.unsubscribe(filter, [alive = std::weak_ptr(alive_), left, finish](const Outcome& outcome) {
      if (!alive.expired() && outcome.kind != Outcome::Kind::lost && --*left == 0) finish();
    });
}

/// A broker may close the line at a filter that it does not allow instead of refusing it: not asked again
/// then, or the line would break for ever.
void Subscriptions::line_gone(bool closed_by_broker) {
  stage_ = Stage::off;
  done_ = nullptr;
  patience_.reset();
  silence_.reset();
  for (const auto& filter : std::vector(filters_.begin(), filters_.end())) {
    const bool outstanding =
        std::exchange(filter->progress, Filter::Progress::idle) == Filter::Progress::asked;
    if (!closed_by_broker || !outstanding || filter->phase != Phase::alone || filter->given_up) continue;
    filter->given_up = true;
    tell(filter, {SubscribeAnswer::Kind::closed, 0, {}});
  }
}

void Subscriptions::forget_refusals() {
  owed_.clear();
  for (const auto& filter : filters_) filter->given_up = false;
}

void Subscriptions::tell(const FilterPointer& filter, const SubscribeAnswer& answer) {
  if (filter->live && filter->answered) filter->answered(answer);
}

bool Subscriptions::came_for(const transport::Incoming& incoming, std::string_view filter) const {
  return is_among(incoming, transport::subscription_identifier(filter));
}

/// A copy for filters that are all unknown here was kept for an earlier run, or the broker counts otherwise:
/// then the topic alone decides.
bool Subscriptions::is_among(const transport::Incoming& incoming, std::uint32_t identifier) const {
  const auto& told = incoming.subscriptions;
  if (told.empty() || std::find(told.begin(), told.end(), identifier) != told.end()) return true;
  return std::none_of(filters_.begin(), filters_.end(), [&](const FilterPointer& filter) {
    return std::find(told.begin(), told.end(), filter->identifier) != told.end();
  });
}

void Subscriptions::dispatch(const transport::Incoming& incoming) const {
  for (const auto& filter : std::vector(filters_.begin(), filters_.end()))
    if (filter->live && filter->received &&
        protocol::topic_matches(protocol::matched_part(filter->filter), incoming.topic) &&
        is_among(incoming, filter->identifier))
      filter->received(incoming);
}

}  // namespace gnatter::chat

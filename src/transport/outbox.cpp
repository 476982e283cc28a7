// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/outbox.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace gnatter::transport {
namespace {

constexpr std::size_t window = 16;  // what a Connection sends at a time; the rest is as well kept here
constexpr std::size_t most_waiting = 256;
constexpr std::size_t most_bytes = std::size_t{1} << 20;

// A broker that finds a packet too large says so only by closing the line, on 3.1.1 without a word. Resent
// first after each reconnect, such a message would keep the client from ever sending again.
constexpr int suspicious_losses = 2;
constexpr int poison_losses = 2;
constexpr const char* poison_reason =
    "the broker closes the line whenever this message comes; it is probably too long for it";

}  // namespace

Outbox::Outbox(Connection& connection) : connection_(connection) {}

Outbox::~Outbox() = default;

std::uint64_t Outbox::add(Publication publication, Done done) {
  const std::uint64_t number = next_number_++;
  bytes_ += publication.payload.size();
  entries_.push_back({number, std::move(publication), std::move(done)});
  send_more();
  return number;
}

bool Outbox::take_back(std::uint64_t ticket) {
  const auto entry = find(ticket);
  if (entry == entries_.end() || entry->sent) return false;
  remove(entry, nullptr);
  return true;
}

void Outbox::start() {
  if (started_) return;
  ++round_;
  started_ = true;
  const std::weak_ptr<int> alive = alive_;
  std::vector<std::uint64_t> poison;
  for (const Entry& entry : entries_)
    if (entry.losses_alone >= poison_losses) poison.push_back(entry.number);
  for (const std::uint64_t number : poison) {
    const auto entry = find(number);
    const Outcome refused{Outcome::Kind::refused, 0, poison_reason};
    if (entry != entries_.end()) remove(entry, &refused);
    if (alive.expired()) return;
  }
  send_more();
}

void Outbox::stop(bool line_lost) {
  started_ = false;
  for (Entry& entry : entries_) {
    const bool lost = line_lost && entry.sent;
    if (lost && entry.losses >= suspicious_losses && unanswered_ == 1) ++entry.losses_alone;
    if (lost) ++entry.losses;
    entry.sent = false;
  }
  unanswered_ = 0;
}

bool Outbox::full() const {
  return entries_.size() >= most_waiting || bytes_ >= most_bytes;
}

std::chrono::steady_clock::duration Outbox::silence() const {
  return unanswered_ == 0 ? std::chrono::steady_clock::duration::zero()
                          : std::chrono::steady_clock::now() - last_heard_;
}

void Outbox::discard_all() {
  if (entries_.empty()) return;
  const std::weak_ptr<int> alive = alive_;
  const bool was_full = full();
  const auto discarded = std::exchange(entries_, {});
  bytes_ = 0;
  unanswered_ = 0;
  for (const Entry& entry : discarded)
    if (entry.done) entry.done({Outcome::Kind::lost, 0, {}});
  if (!alive.expired() && was_full && !full()) room.emit();
  if (!alive.expired() && empty()) drained.emit();
}

void Outbox::send_more() {
  // Those sent stand at the front, so the next to send is the one behind them.
  while (started_ && may_send_next()) {
    if (unanswered_ == 0) last_heard_ = std::chrono::steady_clock::now();
    Entry& entry = entries_[unanswered_++];
    entry.sent = true;
    connection_.publish(entry.publication, [this, alive = std::weak_ptr(alive_), number = entry.number,
                                            round = round_](const Outcome& outcome) {
      if (!alive.expired() && round == round_) finished(number, outcome);
    });
  }
}

void Outbox::finished(std::uint64_t number, const Outcome& outcome) {
  const auto entry = find(number);
  if (entry == entries_.end()) return;
  if (outcome.kind == Outcome::Kind::lost) {
    // The line is gone, and the others' answers come as lost as well: all of them wait for the next start().
    stop(true);
    return;
  }
  last_heard_ = std::chrono::steady_clock::now();
  const std::weak_ptr<int> alive = alive_;
  remove(entry, &outcome);
  if (alive.expired()) return;
  send_more();
  if (!started_ && unanswered_ == 0) answered.emit();
}

std::deque<Outbox::Entry>::iterator Outbox::find(std::uint64_t number) {
  return std::find_if(entries_.begin(), entries_.end(),
                      [&](const Entry& entry) { return entry.number == number; });
}

/// `outcome`: null when nobody is to hear of it.
void Outbox::remove(std::deque<Entry>::iterator entry, const Outcome* outcome) {
  const std::weak_ptr<int> alive = alive_;
  const bool was_full = full();
  const Entry removed = std::move(*entry);
  entries_.erase(entry);
  bytes_ -= removed.publication.payload.size();
  if (removed.sent) --unanswered_;
  if (removed.done && outcome) removed.done(*outcome);
  if (!alive.expired() && was_full && !full()) room.emit();
  if (!alive.expired() && empty()) drained.emit();
}

/// Whether there is one to send and room for it; a suspicious one goes alone.
bool Outbox::may_send_next() const {
  if (unanswered_ >= std::min(window, entries_.size())) return false;
  const auto suspicious = [](const Entry& entry) { return entry.losses >= suspicious_losses; };
  return unanswered_ == 0 || (!suspicious(entries_[unanswered_]) && !suspicious(entries_[unanswered_ - 1]));
}

}  // namespace gnatter::transport

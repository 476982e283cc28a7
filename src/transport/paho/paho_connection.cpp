// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/paho/paho_connection.h"

#include <poll.h>

#include <cassert>
#include <utility>
#include <variant>

#include "transport/paho/publish_check.h"
#include "transport/reason_text.h"

namespace gnatter::transport {
namespace {

using namespace std::chrono_literals;

constexpr auto turn_limit = 5ms;       // so that a key pressed during a flood is seen
constexpr auto close_limit = 1'900ms;  // `closed` comes within 2 s
constexpr auto answer_wait = 20ms;     // then the library may have overlooked what it was given

}  // namespace

PahoConnection::PahoConnection(base::EventLoop& loop, Worker& worker, std::filesystem::path versions)
    : loop_(loop), worker_(worker), versions_(std::move(versions)) {
  packet_log_ = std::make_shared<PacketLog>([this, post = loop.poster(), alive = std::weak_ptr(alive_)] {
    post([this, alive] {
      if (!alive.expired()) tell_packets();
    });
  });
}

PahoConnection::~PahoConnection() {
  trace(false);
}

void PahoConnection::open(const ConnectPlan& plan) {
  assert(state_ == State::idle);
  state_ = State::attempting;
  server_ = plan.host + ":" + std::to_string(plan.port);
  attempt_ = std::make_unique<Attempt>(
      loop_, worker_, plan, versions_.ladder_for(server_, VersionMemory::Clock::now()),
      [this](Attempt::Result result) { attempt_ended(std::move(result)); }, packet_log_);
}

void PahoConnection::attempt_ended(Attempt::Result result) {
  attempt_.reset();
  if (auto* success = std::get_if<Attempt::Success>(&result)) return opened_with(std::move(*success));
  versions_.failed(server_);
  state_ = State::idle;
  failed.emit(std::get<Failure>(result));
}

void PahoConnection::opened_with(Attempt::Success success) {
  const Connected& connected = success.connected;
  versions_.worked(server_, connected.mqtt_version, VersionMemory::Clock::now());
  line_ = std::move(success.line);
  opened_as_ = {connected.mqtt_version, connected.session_present, connected.maximum_packet_size,
                std::move(success.tls)};
  window_.start(connected.receive_maximum);
  state_ = State::open;
  if (!held_) watch_mailbox();
  opened.emit(opened_as_);
}

void PahoConnection::watch_mailbox() {
  mailbox_watch_ = loop_.watch(line_->mailbox()->fd(), POLLIN, [this](short) { drain(); });
}

void PahoConnection::drain() {
  const auto mailbox = line_->mailbox();
  const std::weak_ptr<int> alive = alive_;
  const auto until = Clock::now() + turn_limit;
  do {
    auto event = mailbox->pop();
    if (!event) return;
    handle(std::move(*event));
    if (alive.expired()) return;
  } while (line_ && line_->mailbox() == mailbox && !held_ && Clock::now() < until);
}

void PahoConnection::handle(Event event) {
  if (const auto* message = std::get_if<Incoming>(&event)) {
    received.emit(*message);
  } else if (const auto* answer = std::get_if<Answered>(&event)) {
    answered(*answer);
  } else if (const auto* lost_line = std::get_if<LineLost>(&event)) {
    line_lost(lost_line->code);
  } else if (std::holds_alternative<Disconnected>(event) && state_ == State::closing) {
    finish_close();
  }
}

void PahoConnection::answered(const Answered& answer) {
  // The library lets requests fail before it tells of the loss. Until then they count as unanswered.
  if (answer.kind == Outcome::Kind::lost) return line_lost(0);
  const std::weak_ptr<int> alive = alive_;
  if (const Done done = window_.answered(answer.number)) {
    const bool refused = answer.kind == Outcome::Kind::refused;
    done({answer.kind, answer.code, refused ? reason_text(answer.code) : std::string()});
  }
  if (!alive.expired()) send_more();
}

void PahoConnection::hold(bool held) {
  if (std::exchange(held_, held) == held || !line_) return;
  if (held)
    mailbox_watch_.reset();
  else
    watch_mailbox();
}

void PahoConnection::trace(bool on) {
  if (packet_log_->on() == on) return;
  packet_log_->set_on(on);
  worker_.post([on] { want_packet_trace(on); });
}

void PahoConnection::tell_packets() {
  const PacketLog::Batch batch = packet_log_->take();
  if (!batch.packets.empty()) packets.emit(batch.packets, batch.more);
}

void PahoConnection::publish(Publication publication, Done done) {
  assert(publication.qos >= 0 && publication.qos <= 2);
  if (state_ == State::open)
    if (auto refusal = refuse_publish(publication, opened_as_.mqtt_version, opened_as_.maximum_packet_size))
      return complete_later(std::move(done), std::move(*refusal));
  request(std::move(publication), std::move(done));
}

void PahoConnection::subscribe(std::string filter, int qos, Done done) {
  assert(qos >= 0 && qos <= 2);
  if (auto refusal = refuse_filter(filter)) return complete_later(std::move(done), std::move(*refusal));
  request(SubscribeRequest{std::move(filter), qos}, std::move(done));
}

void PahoConnection::unsubscribe(std::string filter, Done done) {
  if (auto refusal = refuse_filter(filter)) return complete_later(std::move(done), std::move(*refusal));
  request(UnsubscribeRequest{std::move(filter)}, std::move(done));
}

void PahoConnection::request(Request request, Done done) {
  if (state_ != State::open) return complete_later(std::move(done), {Outcome::Kind::lost, 0, {}});
  window_.add(std::move(request), std::move(done));
  send_more();
}

void PahoConnection::send_more() {
  while (state_ == State::open) {
    auto outgoing = window_.next();
    if (!outgoing) return;
    if (line_->send(std::move(*outgoing))) {
      expect_answers();
      continue;
    }
    // The library has been stuck for a thousand calls; as good as a lost line, and told as one, in a later
    // turn.
    loop_.post([this, alive = std::weak_ptr(alive_), line = line_.get()] {
      if (!alive.expired() && line_.get() == line) line_lost(0);
    });
    return;
  }
}

void PahoConnection::expect_answers() {
  sent_meanwhile_ = true;
  if (answer_wait_) return;
  sent_meanwhile_ = false;
  answer_wait_ = loop_.after(answer_wait, [this] {
    answer_wait_.reset();
    if (!window_.has_unanswered()) return;
    worker_.wake_library();
    if (sent_meanwhile_) expect_answers();
  });
}

void PahoConnection::complete_later(Done done, Outcome outcome) {
  if (!done) return;
  loop_.post([alive = std::weak_ptr(alive_), done = std::move(done), outcome = std::move(outcome)] {
    if (!alive.expired()) done(outcome);
  });
}

void PahoConnection::line_lost(int code) {
  if (state_ == State::closing) return finish_close();
  const Lost how{code, window_.exactly_once_open()};
  if (!end_line()) return;
  state_ = State::idle;
  lost.emit(how);
}

void PahoConnection::close(bool keep_session) {
  if (state_ == State::closing || state_ == State::ending) return;
  if (state_ == State::open) {
    state_ = State::closing;
    line_->disconnect(keep_session);
    close_limit_ = loop_.after(close_limit, [this] { force_close(); });
    return;
  }
  attempt_.reset();
  state_ = State::closing;
  loop_.post([this, alive = std::weak_ptr(alive_)] {
    if (!alive.expired()) finish_close();
  });
}

void PahoConnection::force_close() {
  // Messages in the mailbox have been acknowledged: they are handed on, held or not, since nobody sends them
  // again.
  const std::weak_ptr<int> alive = alive_;
  const auto mailbox = line_->mailbox();
  mailbox->close();
  while (auto event = mailbox->pop()) {
    handle(std::move(*event));
    if (alive.expired() || state_ != State::closing) return;
  }
  finish_close();
}

void PahoConnection::finish_close() {
  if (!end_line()) return;
  state_ = State::idle;
  closed.emit();
}

/// Whether this object is still there: a completion may destroy it.
bool PahoConnection::end_line() {
  const std::weak_ptr<int> alive = alive_;
  state_ = State::ending;
  mailbox_watch_.reset();
  close_limit_.reset();
  answer_wait_.reset();
  line_.reset();
  for (const Done& done : window_.take_all()) {
    if (done) done({Outcome::Kind::lost, 0, {}});
    if (alive.expired()) return false;
  }
  return true;
}

}  // namespace gnatter::transport

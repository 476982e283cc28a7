// SPDX-License-Identifier: GPL-3.0-or-later
#include "headless/headless.h"

#include <signal.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/user_error.h"
#include "chat/words.h"
#include "headless/event_lines.h"
#include "headless/typed_line.h"

namespace gnatter::headless {

using namespace std::chrono_literals;

namespace {

/// How long a client that was told to stop takes at most: 2 s for the logout, 2 s for the DISCONNECT, 2 s for
/// a reader that does not read.
constexpr auto leave_patience = 6s;

}  // namespace

Headless::Headless(base::EventLoop& loop, chat::Client& client, Settings settings,
                   std::function<void(std::string_view)> complain)
    : loop_(loop),
      client_(client),
      settings_(settings),
      complain_(std::move(complain)),
      events_(client),
      output_(loop, settings.output),
      input_(
          loop, settings.input,
          {[this](std::string_view line) { on_line(line); },
           [this] { refuse("A line has more than 1 MiB. It was not sent."); }, [this] { input_ended(); }}) {
  for (const auto& network : client_.networks()) follow(*network);
  listening_.push_back(events_.line.connect([this](const std::string& line) { output_.write(line); }));
  events_.tell_what_is_there();
  listening_.push_back(events_.refused.connect([this] { exit_code_ = 1; }));
  listening_.push_back(client_.network_added.connect([this](chat::Network& network) { follow(network); }));
  listening_.push_back(client_.quit_asked.connect([this] {
    asked_to_quit_ = true;
    input_.stop();
    quit_when_sent();
  }));
  listening_.push_back(output_.congestion.connect([this](bool congested) {
    for (const auto& network : client_.networks()) network->session.hold(congested);
    update_reading();
  }));
  listening_.push_back(output_.broke.connect([this] {
    exit_code_ = 1;
    stop(chat::Cause::hang_up);
  }));
  listening_.push_back(loop_.on_signal(SIGTERM, [this] { stop(chat::Cause::signal); }));
  listening_.push_back(loop_.on_signal(SIGINT, [this] { on_interrupt(); }));
  listening_.push_back(loop_.on_signal(SIGHUP, [this] { stop(chat::Cause::hang_up); }));
}

void Headless::follow(chat::Network& network) {
  network.session.retry_first(false);  // a script does not wait for a broker that was never there
  network.raw_topics.show_every_line(true);
  listening_.push_back(network.session.ready.connect([this](bool) {
    was_ready_ = true;
    update_reading();
    // After the turn: others still have to hear of it, and what they publish then belongs to the connect.
    loop_.post([this] {
      if (quitting_) quit_when_sent();
    });
  }));
  listening_.push_back(network.session.failed.connect([this, &network](const auto& failure, auto retry_in) {
    on_failed(network, failure, retry_in.has_value());
  }));
  listening_.push_back(network.session.lost.connect([this, &network](const auto& lost, auto retry_in) {
    if (!retry_in) {
      complain_(chat::words::lost(network.name(), lost, retry_in));
      return off_for_good();
    }
    if (quitting_) quit_when_sent();
  }));
  listening_.push_back(network.session.ended.connect([this] {
    update_reading();
    if (quitting_) quit_when_sent();
  }));
  listening_.push_back(network.session.outbox().room.connect([this] { update_reading(); }));
  listening_.push_back(network.session.outbox().drained.connect([this] {
    // Not at once: it may be the beginning of a connection to somebody else.
    loop_.post([this] {
      if (quitting_) quit_when_sent();
    });
  }));
}

void Headless::refuse(std::string_view sentence) {
  exit_code_ = 1;
  output_.write(event_line(base::now(), "error", "*", "", sentence));
}

void Headless::on_line(std::string_view raw) {
  try {
    enter_typed_line(client_, raw);
  } catch (const base::UserError& error) {
    refuse(error.what());
  }
  update_reading();
}

void Headless::update_reading() {
  input_.pause(output_.congested() || !was_ready_ || is_full(client_));
}

void Headless::on_failed(chat::Network& network, const transport::Failure& failure, bool retried) {
  if (retried) {  // it was there, and comes back
    if (quitting_) quit_when_sent();
    return;
  }
  complain_(chat::words::failed(network.session.account(), failure, std::nullopt));
  off_for_good();
}

/// Not connected, and not trying: only a client that is to stay waits for a /connect, as long as one can
/// come.
void Headless::off_for_good() {
  exit_code_ = 1;
  if (!settings_.stay || !was_ready_ || quitting_ || input_over_) return leave_now(chat::Cause::quit);
  update_reading();
}

void Headless::input_ended() {
  input_over_ = true;
  if (!settings_.stay) return quit_when_sent();
  if (was_ready_ && is_off()) leave_now(chat::Cause::quit);
}

/// Not connected, and nobody tries.
bool Headless::is_off() const {
  const auto& networks = client_.networks();
  return std::all_of(networks.begin(), networks.end(), [](const auto& network) {
    return network->session.state() == chat::Session::State::off;
  });
}

std::size_t Headless::unsent() const {
  std::size_t count = 0;
  for (const auto& network : client_.networks()) count += network->session.outbox().size();
  return count;
}

/// Whether what waits has a way to go, or will have.
bool Headless::can_send() const {
  using State = chat::Session::State;
  for (const auto& network : client_.networks()) {
    const State state = network->session.state();
    if (network->session.outbox().empty() && was_ready_) continue;
    if (state != State::off && !(asked_to_quit_ && state == State::waiting)) return true;
  }
  return false;
}

void Headless::quit_when_sent() {
  quitting_ = true;
  if (leaving_ || can_send()) return;
  leave_now(chat::Cause::quit);
}

/// A shell sends SIGHUP after the kernel has, and a lost terminal breaks the output as well: whatever comes
/// while leaving changes nothing. Only who presses Ctrl-C once more does not want to wait.
void Headless::stop(chat::Cause cause) {
  if (!patience_) patience_ = loop_.after(leave_patience, [this] { give_up(); });
  leave_now(cause);
}

void Headless::on_interrupt() {
  if (interrupted_) return give_up();
  interrupted_ = true;
  stop(chat::Cause::signal);
}

void Headless::give_up() {
  gave_up_ = true;
  loop_.quit(1);
}

void Headless::leave_now(chat::Cause cause) {
  if (std::exchange(leaving_, true)) return;
  input_.stop();
  client_.leave(cause, [this] { finish(); });
}

void Headless::finish() {
  if (const std::size_t count = unsent(); count > 0) {
    exit_code_ = 1;
    complain_(base::counted(count, "message was", "messages were") + " not sent.");
  }
  output_.finish([this] { loop_.quit(exit_code_); });
}

}  // namespace gnatter::headless

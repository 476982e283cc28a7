// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/paho/attempt.h"

#include <poll.h>

#include <utility>

#include "transport/paho/connack.h"
#include "transport/paho/sockets.h"

namespace gnatter::transport {
namespace {

using namespace std::chrono_literals;
using Reason = Failure::Reason;

constexpr auto try_limit = 2s;      // Paho's own limit is looked at every 3 s only
constexpr auto tls_try_limit = 3s;  // twice as many round trips
constexpr auto whole_limit = 9'500ms;
constexpr auto wake_interval = 10ms;  // the library takes two or three turns to connect

// Paho's words for: the socket was closed after CONNECT had been sent.
constexpr const char* closed_after_connect = "TCP connect completion failure";

// Two looks were good, before and after the line that was not.
constexpr const char* good_look_bad_line =
    "its certificate is good when it is looked at and not on the line itself: somebody may stand in between";

std::string without_brackets(std::string host) {
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') return host.substr(1, host.size() - 2);
  return host;
}

}  // namespace

Attempt::Attempt(base::EventLoop& loop, Worker& worker, const ConnectPlan& plan, VersionLadder ladder,
                 std::function<void(Result)> done, std::shared_ptr<PacketLog> log)
    : loop_(loop),
      worker_(worker),
      plan_(plan),
      done_(std::move(done)),
      log_(std::move(log)),
      ladder_(ladder) {
  plan_.host = without_brackets(plan_.host);
  step_ = resolve(loop_, plan_.host, plan_.port, [this](const Resolution& found) { resolved(found); });
  end_ = loop_.after(whole_limit, [this] { out_of_time(); });
}

void Attempt::resolved(const Resolution& resolution) {
  if (!resolution.address) return fail(resolution.reason, resolution.detail);
  address_ = *resolution.address;
  if (!plan_.tls) return try_version();
  probe_port([this] { try_version(); });
}

void Attempt::try_version() {
  line_ = std::make_unique<Line>(worker_, plan_, ladder_.version(), log_);
  mailbox_watch_ = loop_.watch(line_->mailbox()->fd(), POLLIN, [this](short) { read(); });
  silence_ = loop_.after(plan_.tls ? tls_try_limit : try_limit, [this] { silent(); });
  wakes_ = loop_.every(wake_interval, [this] { worker_.wake_library(); });
}

void Attempt::read() {
  const auto event = line_->mailbox()->pop();
  if (!event) return;
  if (const auto* connected = std::get_if<Connected>(&*event)) {
    mailbox_watch_.reset();
    prepare_sockets(address_);
    return finish(Success{std::move(line_), *connected, std::move(tls_)});
  }
  if (const auto* failure = std::get_if<ConnectFailed>(&*event)) connect_failed(*failure);
}

void Attempt::silent() {
  drop_line();
  probe_port([this] {
    if (ladder_.silent()) return try_version();
    not_mqtt("it stays silent");
  });
}

void Attempt::connect_failed(const ConnectFailed& failure) {
  drop_line();
  if (failure.code > 0) {
    accepts_ = true;
    if (means_unknown_version(failure.code) && ladder_.refused_version()) return try_version();
    Failure told = failure_of_connack(ladder_.version(), failure.code);
    told.tls = std::move(tls_);
    return finish(std::move(told));
  }
  if (failure.text == closed_after_connect) {
    accepts_ = true;
    if (ladder_.closed()) return try_version();
    return not_mqtt("it closes the connection");
  }
  probe_port([this, text = failure.text] {
    if (ladder_.silent()) return try_version();
    fail(Reason::other, plan_.tls ? good_look_bad_line : text);
  });
}

/// By a handshake where the line is to be one over TLS, also after that has failed: another server may have
/// taken the connection, behind the same address.
void Attempt::probe_port(std::function<void()> if_it_accepts) {
  if (plan_.tls) {
    step_ = probe_tls(loop_, address_, plan_.host, *plan_.tls,
                      [this, if_it_accepts = std::move(if_it_accepts)](TlsProbe found) {
                        if (!accepted(found.reached)) return;
                        if (found.handshake.failure) return finish(std::move(*found.handshake.failure));
                        tls_ = std::move(found.handshake.state);
                        if_it_accepts();
                      });
    return;
  }
  step_ = probe(loop_, address_, [this, if_it_accepts = std::move(if_it_accepts)](const ProbeResult& result) {
    if (accepted(result)) if_it_accepts();
  });
}

/// Else the attempt has failed, and may be gone.
bool Attempt::accepted(const ProbeResult& result) {
  accepts_ = result.kind == ProbeResult::Kind::accepts;
  if (accepts_) return true;
  fail(result.kind == ProbeResult::Kind::refused ? Reason::nobody_listens : Reason::unreachable,
       result.detail);
  return false;
}

/// Perhaps since it is TLS that is spoken there.
void Attempt::not_mqtt(std::string detail) {
  if (plan_.tls) return fail(Reason::not_mqtt, std::move(detail));
  step_ = probe_for_tls(loop_, address_, plan_.host, [this, detail = std::move(detail)](bool speaks_tls) {
    if (speaks_tls) return fail(Reason::speaks_tls);
    fail(Reason::not_mqtt, detail);
  });
}

void Attempt::out_of_time() {
  if (accepts_) return fail(Reason::not_mqtt, "it stays silent");
  fail(Reason::unreachable, "no answer in time");
}

void Attempt::drop_line() {
  mailbox_watch_.reset();
  silence_.reset();
  wakes_.reset();
  line_.reset();
}

void Attempt::fail(Failure::Reason reason, std::string detail) {
  finish(Failure{reason, 0, std::move(detail)});
}

void Attempt::finish(Result result) {
  drop_line();
  step_.reset();
  end_.reset();
  const auto done = std::exchange(done_, nullptr);
  done(std::move(result));  // the attempt may be gone now
}

}  // namespace gnatter::transport

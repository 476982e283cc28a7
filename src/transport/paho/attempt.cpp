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

constexpr auto try_limit = 2s;  // Paho's own limit is looked at every 3 s only
constexpr auto whole_limit = 9'500ms;
constexpr auto wake_interval = 10ms;  // the library takes two or three turns to connect

// Paho's words for: the socket was closed after CONNECT had been sent.
constexpr const char* closed_after_connect = "TCP connect completion failure";

std::string without_brackets(std::string host) {
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') return host.substr(1, host.size() - 2);
  return host;
}

}  // namespace

Attempt::Attempt(base::EventLoop& loop, Worker& worker, const ConnectPlan& plan, VersionLadder ladder,
                 std::function<void(Result)> done)
    : loop_(loop), worker_(worker), plan_(plan), done_(std::move(done)), ladder_(ladder) {
  plan_.host = without_brackets(plan_.host);
  step_ = resolve(loop_, plan_.host, plan_.port, [this](const Resolution& found) { resolved(found); });
  end_ = loop_.after(whole_limit, [this] { out_of_time(); });
}

void Attempt::resolved(const Resolution& resolution) {
  if (!resolution.address) return fail(resolution.reason, resolution.detail);
  address_ = *resolution.address;
  try_version();
}

void Attempt::try_version() {
  line_ = std::make_unique<Line>(worker_, plan_, ladder_.version());
  mailbox_watch_ = loop_.watch(line_->mailbox()->fd(), POLLIN, [this](short) { read(); });
  silence_ = loop_.after(try_limit, [this] { silent(); });
  wakes_ = loop_.every(wake_interval, [this] { worker_.wake_library(); });
}

void Attempt::read() {
  const auto event = line_->mailbox()->pop();
  if (!event) return;
  if (const auto* connected = std::get_if<Connected>(&*event)) {
    mailbox_watch_.reset();
    prepare_sockets(address_);
    return finish(Success{std::move(line_), *connected});
  }
  if (const auto* failure = std::get_if<ConnectFailed>(&*event)) connect_failed(*failure);
}

void Attempt::silent() {
  drop_line();
  probe_port({Reason::not_mqtt, 0, "it stays silent"});
}

void Attempt::connect_failed(const ConnectFailed& failure) {
  drop_line();
  if (failure.code > 0) {
    accepts_ = true;
    const Failure told = failure_of_connack(ladder_.version(), failure.code);
    if (means_unknown_version(failure.code) && ladder_.refused_version()) return try_version();
    return finish(told);
  }
  if (failure.text == closed_after_connect) {
    accepts_ = true;
    if (ladder_.closed()) return try_version();
    return fail(Reason::not_mqtt, "it closes the connection");
  }
  probe_port({Reason::other, 0, failure.text});
}

void Attempt::probe_port(Failure if_it_accepts) {
  step_ = probe(loop_, address_, [this, if_it_accepts = std::move(if_it_accepts)](const ProbeResult& result) {
    probed(result, if_it_accepts);
  });
}

void Attempt::probed(const ProbeResult& result, Failure if_it_accepts) {
  if (result.kind == ProbeResult::Kind::refused) return fail(Reason::nobody_listens, result.detail);
  if (result.kind == ProbeResult::Kind::unreachable) return fail(Reason::unreachable, result.detail);
  accepts_ = true;
  if (ladder_.silent()) return try_version();
  finish(std::move(if_it_accepts));
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

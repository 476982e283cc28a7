// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/paho/tls_probe.h"

#include <utility>

#include "transport/paho/aside.h"

namespace gnatter::transport {
namespace {

using namespace std::chrono_literals;
constexpr auto handshake_limit = 3s;
constexpr auto answer_limit = 1s;
constexpr auto reach_limit = 2s;      // of reach()
constexpr auto thread_delay = 200ms;  // the loop's own limit is for a thread that gets no time

TlsProbe too_late() {
  return {{ProbeResult::Kind::accepts, {}},
          {Failure{.reason = Failure::Reason::other, .detail = "the handshake of TLS takes too long"}, {}}};
}

}  // namespace

Subscription probe_tls(base::EventLoop& loop, const Address& address, const std::string& host,
                       const TlsPlan& plan, std::function<void(TlsProbe)> done) {
  const auto work = [address, host, plan]() -> TlsProbe {
    const Reached there = reach(address);
    if (there.result.kind != ProbeResult::Kind::accepts) return {there.result, {}};
    return {there.result, shake_hands(there.socket.get(), host, plan, handshake_limit)};
  };
  return run_aside<TlsProbe>(loop, reach_limit + handshake_limit + thread_delay, work, too_late(),
                             std::move(done));
}

Subscription probe_for_tls(base::EventLoop& loop, const Address& address, const std::string& host,
                           std::function<void(bool)> done) {
  const auto work = [address, host] {
    const Reached there = reach(address);
    return there.result.kind == ProbeResult::Kind::accepts &&
           answers_in_tls(there.socket.get(), host, answer_limit);
  };
  return run_aside<bool>(loop, reach_limit + answer_limit + thread_delay, work, false, std::move(done));
}

}  // namespace gnatter::transport

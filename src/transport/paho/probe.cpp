// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/paho/probe.h"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "transport/paho/aside.h"

namespace gnatter::transport {
namespace {

using namespace std::chrono_literals;
constexpr auto limit = 2s;

ProbeResult result_of(int error) {
  if (error == 0) return {ProbeResult::Kind::accepts, {}};
  const auto kind = error == ECONNREFUSED ? ProbeResult::Kind::refused : ProbeResult::Kind::unreachable;
  return {kind, std::generic_category().message(error)};
}

/// The error of a connection under way, once it has come through or failed.
int wait_for(int socket) {
  pollfd writable{socket, POLLOUT, 0};
  if (::poll(&writable, 1, static_cast<int>(std::chrono::milliseconds(limit).count())) <= 0) return ETIMEDOUT;
  int error = 0;
  socklen_t length = sizeof error;
  return ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length) == 0 ? error : errno;
}

}  // namespace

Reached reach(const Address& address) {
  base::FileDescriptor socket(
      ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket) return {result_of(errno), {}};
  int error = 0;
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address.storage), address.length) != 0)
    error = errno == EINPROGRESS ? wait_for(socket.get()) : errno;
  return {result_of(error), std::move(socket)};
}

Subscription probe(base::EventLoop& loop, const Address& address, std::function<void(ProbeResult)> done) {
  // Its own limit is poll's; the loop's, a little later, is for a thread that gets no time.
  return run_aside<ProbeResult>(
      loop, limit + 100ms, [address] { return reach(address).result; }, result_of(ETIMEDOUT),
      std::move(done));
}

}  // namespace gnatter::transport

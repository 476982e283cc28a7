// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/paho/probe.h"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "base/file_descriptor.h"
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

ProbeResult try_connect(const Address& address) {
  const base::FileDescriptor fd(
      ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd) return result_of(errno);
  if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address.storage), address.length) == 0)
    return result_of(0);
  if (errno != EINPROGRESS) return result_of(errno);
  pollfd writable{fd.get(), POLLOUT, 0};
  if (::poll(&writable, 1, static_cast<int>(std::chrono::milliseconds(limit).count())) <= 0)
    return result_of(ETIMEDOUT);
  int error = 0;
  socklen_t length = sizeof error;
  if (::getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &error, &length) != 0) error = errno;
  return result_of(error);
}

}  // namespace

Subscription probe(base::EventLoop& loop, const Address& address, std::function<void(ProbeResult)> done) {
  // Its own limit is poll's; the loop's, a little later, is for a thread that gets no time.
  return run_aside<ProbeResult>(
      loop, limit + 100ms, [address] { return try_connect(address); }, result_of(ETIMEDOUT), std::move(done));
}

}  // namespace gnatter::transport

// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/paho/sockets.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <charconv>
#include <filesystem>

namespace gnatter::transport {
namespace {

bool same_peer(const sockaddr_storage& one, const sockaddr_storage& other) {
  if (one.ss_family != other.ss_family) return false;
  if (one.ss_family == AF_INET) {
    const auto& a = reinterpret_cast<const sockaddr_in&>(one);
    const auto& b = reinterpret_cast<const sockaddr_in&>(other);
    return a.sin_port == b.sin_port && a.sin_addr.s_addr == b.sin_addr.s_addr;
  }
  const auto& a = reinterpret_cast<const sockaddr_in6&>(one);
  const auto& b = reinterpret_cast<const sockaddr_in6&>(other);
  return one.ss_family == AF_INET6 && a.sin6_port == b.sin6_port &&
         IN6_ARE_ADDR_EQUAL(&a.sin6_addr, &b.sin6_addr);
}

bool leads_to(int fd, const Address& peer) {
  sockaddr_storage there{};
  socklen_t length = sizeof there;
  return ::getpeername(fd, reinterpret_cast<sockaddr*>(&there), &length) == 0 &&
         same_peer(there, peer.storage);
}

}  // namespace

void prepare_sockets(const Address& peer) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd", error)) {
    const std::string name = entry.path().filename();
    int fd = -1;
    std::from_chars(name.data(), name.data() + name.size(), fd);
    constexpr int on = 1;
    if (!leads_to(fd, peer)) continue;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::fcntl(fd, F_SETFD, FD_CLOEXEC);
  }
}

}  // namespace gnatter::transport

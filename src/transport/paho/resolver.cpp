// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/paho/resolver.h"

#include <netdb.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>
#include <utility>

#include "transport/paho/aside.h"

namespace gnatter::transport {
namespace {

using namespace std::chrono_literals;

Failure::Reason reason_of(int error) {
  switch (error) {
    case EAI_NONAME:
#ifdef EAI_NODATA
    case EAI_NODATA:
    case EAI_ADDRFAMILY:
#endif
      return Failure::Reason::unknown_host;
    case EAI_AGAIN:
      return Failure::Reason::no_resolver;
    default:
      return Failure::Reason::other;
  }
}

/// The one that Paho takes: the first of IPv4, else the last.
Address choose(const addrinfo* list) {
  while (list->ai_family != AF_INET && list->ai_next) list = list->ai_next;
  Address address;
  std::memcpy(&address.storage, list->ai_addr, list->ai_addrlen);
  address.length = list->ai_addrlen;
  return address;
}

Resolution look_up(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int error = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  const int system_error = errno;
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> list(found, &::freeaddrinfo);
  if (error == 0 && list) return {choose(list.get()), {}, {}};
  if (error == EAI_SYSTEM) return {{}, reason_of(error), std::generic_category().message(system_error)};
  return {{}, reason_of(error), ::gai_strerror(error)};
}

}  // namespace

Subscription resolve(base::EventLoop& loop, std::string host, std::uint16_t port,
                     std::function<void(Resolution)> done) {
  Resolution too_late;
  too_late.detail = "no answer from the name service";
  return run_aside<Resolution>(
      loop, 5s, [host = std::move(host), port] { return look_up(host, port); }, std::move(too_late),
      std::move(done));
}

}  // namespace gnatter::transport

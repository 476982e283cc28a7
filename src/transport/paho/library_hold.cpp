// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/paho/library_hold.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/random.h>
#include <sys/socket.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace gnatter::transport {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view connack{"\x20\x02\x00\x00", 4};
constexpr std::string_view ping_response{"\xD0\x00", 2};  // the shortest packet that asks for nothing
constexpr int patience = 1000;                            // ms, for what happens inside this process

/// Known to nobody else, so that no other process on this machine can take the client's place.
std::string random_name() {
  std::array<unsigned char, 16> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) return {};
  std::string name;
  for (const unsigned char byte : bytes) name += static_cast<char>('a' + byte % 26);
  return name;
}

base::FileDescriptor listen_on_loopback(sockaddr_in& address) {
  base::FileDescriptor fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (!fd || ::bind(fd.get(), generic, length) != 0 || ::listen(fd.get(), 4) != 0 ||
      ::getsockname(fd.get(), generic, &length) != 0)
    fd.reset();
  return fd;
}

bool readable(int fd) {
  pollfd waited{fd, POLLIN, 0};
  return ::poll(&waited, 1, patience) == 1;
}

/// The connection on which `name` is said, of the few that may come.
base::FileDescriptor accept_client(int listener, const std::string& name) {
  for (int tries = 0; tries < 4 && readable(listener); ++tries) {
    base::FileDescriptor fd(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
    std::array<char, 256> connect{};
    if (!fd || !readable(fd.get())) continue;
    const ssize_t count = ::recv(fd.get(), connect.data(), connect.size(), MSG_DONTWAIT);
    if (count <= 0) continue;
    if (std::string_view(connect.data(), static_cast<std::size_t>(count)).find(name) !=
        std::string_view::npos)
      return fd;
  }
  return {};
}

}  // namespace

LibraryHold::LibraryHold() {
  connect();
}

LibraryHold::~LibraryHold() {
  if (!handle_) return;
  if (broker_) {
    // First the end that the library's thread waits on: it then ends in 0.1 s, and not in 1 s.
    broker_.reset();
    gone_.get_future().wait_for(std::chrono::milliseconds(patience));
  }
  MQTTAsync_destroy(&handle_);
}

void LibraryHold::connect() {
  sockaddr_in address{};
  const auto listener = listen_on_loopback(address);
  const std::string name = random_name();
  if (!listener || name.empty()) return;
  const std::string uri = "tcp://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  if (MQTTAsync_create(&handle_, uri.c_str(), name.c_str(), MQTTCLIENT_PERSISTENCE_NONE, nullptr) !=
          MQTTASYNC_SUCCESS ||
      MQTTAsync_setConnectionLostCallback(handle_, this, &LibraryHold::lost) != MQTTASYNC_SUCCESS)
    return;
  MQTTAsync_connectOptions options = MQTTAsync_connectOptions_initializer;
  options.keepAliveInterval = 0;
  options.MQTTVersion = MQTTVERSION_3_1_1;
  if (MQTTAsync_connect(handle_, &options) != MQTTASYNC_SUCCESS) return;
  auto broker = accept_client(listener.get(), name);
  if (!broker || ::send(broker.get(), connack.data(), connack.size(), MSG_NOSIGNAL) < 0) return;
  broker_ = std::move(broker);
}

void LibraryHold::lost(void* self, char*) {
  static_cast<LibraryHold*>(self)->gone_.set_value();
}

void LibraryHold::wake() {
  if (!broker_) return;
  MQTTAsync_send(handle_, "wake", 0, "", 0, 0, nullptr);
  ::send(broker_.get(), ping_response.data(), ping_response.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  std::array<char, 4096> sent{};
  while (::recv(broker_.get(), sent.data(), sent.size(), MSG_DONTWAIT) > 0) {
  }
}

}  // namespace gnatter::transport

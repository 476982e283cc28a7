// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local_probe.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>

#include "base/file_descriptor.h"

namespace gnatter::app {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

base::FileDescriptor tcp_socket() {
  base::FileDescriptor fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!fd) throw std::system_error(errno, std::generic_category(), "socket");
  const timeval patience{1, 0};
  ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(fd.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  return fd;
}

/// Nothing when nobody listens there.
base::FileDescriptor connect_to(std::uint16_t port) {
  base::FileDescriptor fd = tcp_socket();
  const sockaddr_in address = loopback(port);
  if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) fd.reset();
  return fd;
}

bool send_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

/// MQTT 3.1.1, section 1.5.3: two bytes of length, then the text.
std::string string_field(const std::string& text) {
  return std::string{static_cast<char>(text.size() >> 8), static_cast<char>(text.size() & 0xFF)} + text;
}

/// Section 2.2.3, up to 16383.
std::string remaining_length(std::size_t length) {
  if (length < 128) return {static_cast<char>(length)};
  return {static_cast<char>(0x80 | (length & 0x7F)), static_cast<char>(length >> 7)};
}

/// The port that somebody can listen on when asked for `wanted`; 0 for none.
std::uint16_t listen_once(std::uint16_t wanted) {
  const base::FileDescriptor fd = tcp_socket();
  const int on = 1;
  ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);  // as mosquitto does
  sockaddr_in address = loopback(wanted);
  socklen_t length = sizeof address;
  if (::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), length) != 0 ||
      ::listen(fd.get(), 1) != 0 ||
      ::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&address), &length) != 0)
    return 0;
  return ntohs(address.sin_port);
}

}  // namespace

std::string local_connect_packet(const std::string& user, const std::string& password) {
  constexpr char version = 4, user_password_and_clean_session = static_cast<char>(0xC2), keep_alive = 10;
  const std::string body = string_field("MQTT") + version + user_password_and_clean_session + '\0' +
                           keep_alive + string_field("") + string_field(user) + string_field(password);
  return '\x10' + remaining_length(body.size()) + body;
}

LocalAnswer try_local_login(std::uint16_t port, const std::string& user, const std::string& password) {
  const base::FileDescriptor line = connect_to(port);
  std::array<char, 4> connack{};
  if (!line || !send_all(line.get(), local_connect_packet(user, password)) ||
      ::recv(line.get(), connack.data(), connack.size(), MSG_WAITALL) != ssize_t{connack.size()} ||
      connack[0] != 0x20 || connack[1] != 2)
    return LocalAnswer::none;
  if (connack[3] != 0) return LocalAnswer::refused;
  constexpr std::string_view disconnect{"\xE0\0", 2};
  send_all(line.get(), disconnect);
  return LocalAnswer::accepted;
}

bool local_port_answers(std::uint16_t port) {
  return static_cast<bool>(connect_to(port));
}

std::uint16_t usable_local_port(std::uint16_t wanted) {
  if (const std::uint16_t port = wanted != 0 ? listen_once(wanted) : std::uint16_t{0}; port != 0) return port;
  const std::uint16_t port = listen_once(0);
  if (port == 0) throw std::system_error(errno, std::generic_category(), "a port on 127.0.0.1");
  return port;
}

}  // namespace gnatter::app

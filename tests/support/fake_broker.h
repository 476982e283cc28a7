// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <poll.h>
#include <sys/eventfd.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "base/file_descriptor.h"
#include "support/tcp.h"

namespace gnatter::testing {

/// A server on loopback that behaves as badly as the test wants: `serve` runs for each connection, on a
/// thread of its own, and the connection is closed when it returns.
class FakeBroker {
 public:
  struct Packet {
    int type = 0;      ///< the high four bits: 1 CONNECT, 8 SUBSCRIBE...
    std::string body;  ///< what follows the length
    std::string raw;   ///< all of it
  };

  class Peer {
   public:
    Peer(int fd, int end) : fd_(fd), end_(end) {}
    /// The next packet, or nothing when the client has gone.
    std::optional<Packet> read() {
      std::string raw = receive(fd_, 1);
      std::size_t length = 0;
      for (int shift = 0; shift < 28; shift += 7) {
        const std::string byte = receive(fd_, 1);
        if (raw.empty() || byte.empty()) return std::nullopt;
        raw += byte;
        length |= static_cast<std::size_t>(byte[0] & 0x7F) << shift;
        if (!(byte[0] & 0x80)) break;
      }
      std::string body = receive(fd_, length);
      if (body.size() < length) return std::nullopt;
      const int type = static_cast<unsigned char>(raw[0]) >> 4;
      raw += body;
      return Packet{type, std::move(body), std::move(raw)};
    }
    /// The next packet of that type; others are passed over.
    std::optional<Packet> read_until(int type) {
      auto packet = read();
      while (packet && packet->type != type) packet = read();
      return packet;
    }
    void send(std::string_view bytes) { send_all(fd_, bytes); }
    /// Says nothing more until the client goes, or the broker.
    void stay_silent() {
      pollfd waited[] = {{fd_, POLLIN, 0}, {end_, POLLIN, 0}};
      while (::poll(waited, 2, -1) > 0 && !waited[1].revents)
        if (waited[0].revents && receive(fd_, 1).empty()) return;
    }

    /// Passes everything on in both directions, each piece so much later, until one end goes, or the broker.
    void join_with(int other, std::chrono::milliseconds delay = {}) {
      pollfd waited[] = {{fd_, POLLIN, 0}, {other, POLLIN, 0}, {end_, POLLIN, 0}};
      while (::poll(waited, 3, -1) > 0 && !waited[2].revents) {
        if (waited[0].revents && !pass_on(fd_, other, delay)) return;
        if (waited[1].revents && !pass_on(other, fd_, delay)) return;
      }
    }

   private:
    static bool pass_on(int from, int to, std::chrono::milliseconds delay) {
      char buffer[65536];
      const ssize_t count = ::recv(from, buffer, sizeof buffer, 0);
      std::this_thread::sleep_for(delay);
      return count > 0 && send_all(to, {buffer, static_cast<std::size_t>(count)});
    }
    int fd_;
    int end_;
  };
  using Serve = std::function<void(Peer&)>;

  explicit FakeBroker(Serve serve)
      : serve_(std::move(serve)), listener_(listen_on()), end_(::eventfd(0, EFD_CLOEXEC)) {
    accepting_ = std::thread([this] { accept_all(); });
  }
  FakeBroker(const FakeBroker&) = delete;
  FakeBroker& operator=(const FakeBroker&) = delete;
  ~FakeBroker() {
    eventfd_write(end_.get(), 1);
    accepting_.join();
    for (auto& connection : connections_) ::shutdown(connection.fd.get(), SHUT_RDWR);
    for (auto& connection : connections_) connection.thread.join();
  }

  [[nodiscard]] std::uint16_t port() const { return port_of(listener_); }

  /// The version byte of a CONNECT: 4 for 3.1.1, or 5.
  static int version_of(const Packet& connect) { return connect.body.size() > 6 ? connect.body[6] : 0; }

  /// CONNACK of MQTT 5, and of 3.1.1.
  static std::string connack_5(int code = 0) { return {0x20, 3, 0, static_cast<char>(code), 0}; }
  static std::string connack_4(int code = 0) { return {0x20, 2, 0, static_cast<char>(code)}; }

 private:
  struct Connection {
    base::FileDescriptor fd;
    std::thread thread;
  };

  void accept_all() {
    pollfd waited[] = {{listener_.get(), POLLIN, 0}, {end_.get(), POLLIN, 0}};
    while (::poll(waited, 2, -1) > 0 && !waited[1].revents) {
      connections_.push_back({base::FileDescriptor(::accept(listener_.get(), nullptr, nullptr)), {}});
      const int fd = connections_.back().fd.get();
      connections_.back().thread = std::thread([this, fd] {
        Peer peer(fd, end_.get());
        serve_(peer);
        ::shutdown(fd, SHUT_RDWR);
      });
    }
  }

  Serve serve_;
  base::FileDescriptor listener_;
  base::FileDescriptor end_;
  std::list<Connection> connections_;  // the accepting thread's, then the destructor's
  std::thread accepting_;
};

}  // namespace gnatter::testing

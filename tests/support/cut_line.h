// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <poll.h>

#include <cstdint>
#include <string>
#include <thread>

#include "support/tcp.h"

namespace gnatter::testing {

/// Stands between one client and the server at `target`, and closes the line, without a word, where the test
/// wants it.
class CutLine {
 public:
  enum class Where {
    within_first_answer,   ///< after 60 bytes of what the server says first
    after_second_request,  ///< once the client speaks again, which is not passed on
  };

  CutLine(std::uint16_t target, Where where)
      : listener_(listen_on()), thread_([this, target, where] { serve(target, where); }) {}
  CutLine(const CutLine&) = delete;
  CutLine& operator=(const CutLine&) = delete;
  ~CutLine() {
    ::shutdown(listener_.get(), SHUT_RDWR);
    thread_.join();
  }

  [[nodiscard]] std::uint16_t port() const { return port_of(listener_); }

 private:
  void serve(std::uint16_t target, Where where) const {
    const base::FileDescriptor client(::accept(listener_.get(), nullptr, nullptr));
    if (!client) return;
    const auto server = connect_to(target);
    pollfd waited[] = {{client.get(), POLLIN, 0}, {server.get(), POLLIN, 0}};
    bool answered = false;
    while (::poll(waited, 2, -1) > 0) {
      if (waited[0].revents && (answered || !pass_on(client.get(), server.get(), 65536))) break;
      if (!waited[1].revents) continue;
      answered = true;
      const bool is_first = where == Where::within_first_answer;
      if (!pass_on(server.get(), client.get(), is_first ? 60 : 65536) || is_first) break;
    }
    // What lies unread would make it a reset, which may overtake what was sent.
    char rest[4096];
    while (::recv(client.get(), rest, sizeof rest, MSG_DONTWAIT) > 0) {
    }
  }

  static bool pass_on(int from, int to, std::size_t most) {
    std::string bytes(most, '\0');
    const ssize_t count = ::recv(from, bytes.data(), most, 0);
    return count > 0 && send_all(to, {bytes.data(), static_cast<std::size_t>(count)});
  }

  base::FileDescriptor listener_;
  std::thread thread_;
};

}  // namespace gnatter::testing

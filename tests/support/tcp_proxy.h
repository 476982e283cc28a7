// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <mutex>
#include <set>

#include "support/fake_broker.h"
#include "support/tcp.h"

namespace gnatter::testing {

/// A wire that can be cut: passes everything on between its clients and `target` on loopback.
class TcpProxy {
 public:
  explicit TcpProxy(std::uint16_t target) : target_(target), server_([this](auto& peer) { pass(peer); }) {}

  [[nodiscard]] std::uint16_t port() const { return server_.port(); }

  /// Cuts every connection there is. Further ones are taken.
  void cut() {
    const std::lock_guard lock(mutex_);
    for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
  }

 private:
  void pass(FakeBroker::Peer& peer) {
    const auto target = connect_to(target_);
    if (!target) return;
    enter(target.get());
    peer.join_with(target.get());
    leave(target.get());
  }
  void enter(int fd) {
    const std::lock_guard lock(mutex_);
    open_.insert(fd);
  }
  void leave(int fd) {
    const std::lock_guard lock(mutex_);
    open_.erase(fd);
  }

  const std::uint16_t target_;
  std::mutex mutex_;
  std::set<int> open_;
  FakeBroker server_;  // last: its threads use the rest
};

}  // namespace gnatter::testing

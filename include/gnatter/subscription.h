// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <utility>

namespace gnatter {

/// What every registration returns: as long as it lives, the registration holds. Move-only. Ending it (the
/// destructor or reset()) revokes at once; a callback that is running finishes, no further one starts.
/// Thread: the one it was made on. Ending it is harmless when what it was registered with has gone before.
class Subscription {
 public:
  Subscription() = default;
  explicit Subscription(std::function<void()> revoke) : revoke_(std::move(revoke)) {}
  Subscription(Subscription&& other) noexcept : revoke_(std::exchange(other.revoke_, nullptr)) {}
  Subscription& operator=(Subscription&& other) noexcept {
    if (this != &other) {
      reset();
      revoke_ = std::exchange(other.revoke_, nullptr);
    }
    return *this;
  }
  ~Subscription() { reset(); }

  void reset() {
    if (auto revoke = std::exchange(revoke_, nullptr)) revoke();
  }
  explicit operator bool() const { return static_cast<bool>(revoke_); }

 private:
  std::function<void()> revoke_;
};

}  // namespace gnatter

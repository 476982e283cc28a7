// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "gnatter/subscription.h"

namespace gnatter::base {

/// A typed event with any number of listeners, called in the order they connected. One thread. A listener may
/// connect, revoke itself or others, or destroy the Signal while it is being emitted: revoked listeners are
/// not called any more, new ones from the next emit on.
template <class... Arguments>
class Signal {
 public:
  using Function = std::function<void(Arguments...)>;

  [[nodiscard]] Subscription connect(Function function) {
    auto slot = std::make_shared<Slot>(Slot{std::move(function), true});
    slots_->push_back(slot);
    return Subscription([slots = std::weak_ptr(slots_), weak = std::weak_ptr(slot)] {
      auto revoked = weak.lock();
      if (!revoked) return;
      revoked->live = false;
      if (auto list = slots.lock()) std::erase(*list, revoked);
    });
  }

  void emit(Arguments... arguments) const {
    const auto snapshot = *slots_;  // keeps each function alive while it runs
    for (const auto& slot : snapshot)
      if (slot->live) slot->function(arguments...);
  }

  [[nodiscard]] bool empty() const { return slots_->empty(); }

 private:
  struct Slot {
    Function function;
    bool live;
  };
  std::shared_ptr<std::vector<std::shared_ptr<Slot>>> slots_ =
      std::make_shared<std::vector<std::shared_ptr<Slot>>>();
};

}  // namespace gnatter::base

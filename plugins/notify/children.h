// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <string_view>

#include "gnatter/host.h"

namespace notify {

/// The programs that run for the plugin: few at a time, ended with it.
class Children {
 public:
  static constexpr std::size_t most = 4;

  explicit Children(gnatter::Host& host) : host_(host) {}

  /// `on_end` comes later, once. False: as many run as may; nothing was started.
  bool run(gnatter::ChildPlan plan, std::function<void(const gnatter::ChildEnd&)> on_end,
           std::function<void(std::string_view)> on_line = {});

 private:
  struct One {
    gnatter::Subscription running;
    bool ended = false;
  };

  gnatter::Host& host_;
  std::list<One> all_;
};

}  // namespace notify

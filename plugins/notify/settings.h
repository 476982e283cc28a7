// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "gnatter/host.h"

namespace notify {

/// What the user decides. Each way is a setting of its own, not a word of a list: /toggle and Tab know it,
/// /set notify shows at a glance what is on, and turning one off never loses another.
struct Settings {
  /// What is called after one of them is another.
  struct Changed {
    std::function<void()> rules, pause, ways;
  };
  Settings(gnatter::Host& host, const Changed& changed);

  gnatter::Setting<std::string> windows;
  gnatter::Setting<std::string> regex;
  gnatter::Setting<std::int64_t> fold;  ///< seconds
  gnatter::Setting<bool> bell;
  gnatter::Setting<bool> osc9;
  gnatter::Setting<bool> osc777;
  gnatter::Setting<bool> desktop;
  gnatter::Setting<std::string> command;  ///< empty: none
};

}  // namespace notify

// SPDX-License-Identifier: GPL-3.0-or-later
// "!roll 2d6" in a group, or to us alone.
#include <cstdio>
#include <string>

#include "gnatter/plugin.h"

namespace {

using namespace gnatter;

struct Dice : Plugin {
  Subscription messages;
  explicit Dice(Host& host) {
    messages = host.on_message(
        {.scope = Scope::live, .direct = true, .group = true}, [&host](const MessageEvent& m) {
          unsigned count = 0, sides = 0;
          const int read = std::sscanf(std::string(m.text).c_str(), "!roll %2ud%4u", &count, &sides);
          if (read != 2 || count < 1 || count > 20 || sides < 2 || sides > 1000) return;
          unsigned sum = 0;
          for (unsigned i = 0; i < count; ++i) sum += 1 + host.random(sides);
          host.say(m.target, std::string(m.sender) + " rolls " + std::to_string(sum), {.automatic = true});
        });
  }
};

}  // namespace

GNATTER_PLUGIN(Dice, "dice", "1.0", "rolls dice: !roll 2d6")

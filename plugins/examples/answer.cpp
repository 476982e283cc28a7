// SPDX-License-Identifier: GPL-3.0-or-later
// While we are AWAY: one answer an hour for each person who writes.
#include <chrono>
#include <string>

#include "gnatter/plugin.h"

namespace {

using namespace gnatter;
using namespace std::chrono_literals;

struct Answer : Plugin {
  Setting<std::string> text;
  Throttle once{1, 1h};
  Subscription messages, statuses;
  explicit Answer(Host& host)
      : text(host, "text", "I am away and read this later.", "What is sent while AWAY") {
    messages = host.on_message({.scope = Scope::live, .direct = true}, [this, &host](const MessageEvent& m) {
      if (m.network.self_status() != Status::away || !once.take(m.network.id(), m.sender)) return;
      host.say(m.target, text.get(), {.automatic = true});
    });
    statuses = host.on_self_status([this](const SelfStatusEvent&) { once.clear(); });
  }
};

}  // namespace

GNATTER_PLUGIN(Answer, "answer", "1.0", "answers while you are AWAY")

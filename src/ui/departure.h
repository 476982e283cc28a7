// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/event_loop.h"
#include "chat/client.h"

namespace gnatter::ui {

/// How the screen's client ends (P10): every network is left in order, then the loop with exit code 0. It
/// does not wait for ever, nor for who asks twice. One thread.
class Departure {
 public:
  Departure(base::EventLoop& loop, chat::Client& client) : loop_(loop), client_(client) {}

  /// The first call leaves. `insists`: somebody does not want to wait for what the first one began.
  void leave(chat::Cause cause, bool insists);
  [[nodiscard]] bool leaving() const { return leaving_; }
  /// Whether the loop was left before everything was in order. The connections must then not be closed in
  /// order either: the brokers would take back the Wills, and nobody hear of the logout.
  [[nodiscard]] bool gave_up() const { return gave_up_; }

 private:
  void give_up();

  base::EventLoop& loop_;
  chat::Client& client_;
  bool leaving_ = false;
  bool gave_up_ = false;
  Subscription patience_;
};

}  // namespace gnatter::ui

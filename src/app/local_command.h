// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "app/local_broker.h"
#include "chat/client.h"

namespace gnatter::app {

/// /local: connects the network of the current window to the private broker. Starting that may take longer
/// than a turn of the loop, so it is done on a disposable thread. The loop's thread; keeps the seat until it
/// ends.
class LocalCommand {
 public:
  /// `user`: who joins from a network that has no user yet.
  LocalCommand(chat::Client& client, std::string user);

 private:
  void run(chat::CommandCall& call);

  /// Outlived by what the thread posts.
  struct State {
    chat::Client& client;
    LocalSeat seat;
    bool joining = false;
  };
  const std::string user_;
  const std::shared_ptr<State> state_;
  Subscription row_;
};

}  // namespace gnatter::app

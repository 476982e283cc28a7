// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <string>
#include <string_view>

#include "base/event_loop.h"
#include "chat/client.h"

namespace gnatter::plugin_host {

/// Runs a plugin's code: what it throws stops here and is told with its name, in the first network's window
/// and in a later turn (a window that is being written to is not written to again meanwhile). Three failures
/// in ten minutes switch the plugin off: from then on nothing of it is called until it is loaded again. A
/// call that takes more than 100 ms is told once; what other plugins' calls take inside it is theirs. A call
/// that ends the process is named by base::LastWords. One thread. The client outlives the loop's last turn.
class Guard {
 public:
  using Clock = base::EventLoop::Clock;

  /// `now`: for tests.
  Guard(base::EventLoop& loop, chat::Client& client, std::string plugin_name,
        std::function<Clock::time_point()> now = Clock::now);
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

  /// False: it threw, or is switched off. `where`, as a sentence has it: "on_message", "a timer". May be
  /// called from within a call; must outlive it.
  bool run(std::string_view where, const std::function<void()>& call);

  [[nodiscard]] bool switched_off() const { return switched_off_; }
  [[nodiscard]] const std::string& plugin() const { return plugin_; }

 private:
  class Running;
  void failed(std::string_view where, const std::string& what);
  void took(std::string_view where, Clock::duration time);
  void tell(std::string sentence);

  base::EventLoop& loop_;
  chat::Client& client_;
  const std::string plugin_;
  const std::string who_ = "plugin " + plugin_;
  const std::function<Clock::time_point()> now_;
  std::deque<Clock::time_point> failures_;
  bool switched_off_ = false;
  bool slowness_told_ = false;
};

}  // namespace gnatter::plugin_host

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chat/client.h"
#include "headless/attached_program.h"
#include "headless/event_feed.h"

namespace gnatter::headless {

/// /attach, and the programs it has started: any program as a plugin. They all hear what a client without a
/// screen prints, but not what is told about themselves and each other, which could go round and round. The
/// loop's thread.
class AttachCommands {
 public:
  explicit AttachCommands(chat::Client& client);
  AttachCommands(const AttachCommands&) = delete;
  AttachCommands& operator=(const AttachCommands&) = delete;

  /// Those of the start. What is wrong with one is told in the first network's window.
  void attach_all(const std::vector<std::string>& commands);

  /// The client ends: end of input, SIGTERM, SIGKILL. Runs the loop, for 1.5 s at most; call it when that has
  /// nothing else to do any more.
  void end();

 private:
  void run(chat::CommandCall& call);
  void list(const chat::CommandCall& call) const;
  void stop(const chat::CommandCall& call, std::string_view which);
  const AttachedProgram& attach(chat::Network& network, std::string_view command);
  [[nodiscard]] std::string free_name(const std::string& wanted) const;
  void tell(chat::Network& network, chat::LineKind kind, const std::string& sentence);
  void hear(const std::string& event);
  void on_ended(const AttachedProgram& program);
  void sweep_soon();
  void wait_for_ends(std::chrono::milliseconds limit);

  chat::Client& client_;
  std::optional<EventFeed> feed_;  // as long as somebody hears it
  std::vector<std::unique_ptr<AttachedProgram>> programs_;
  std::vector<std::unique_ptr<AttachedProgram>> ended_;  // to go in the next turn
  bool telling_ = false;                                 // about one of them
  bool ending_ = false;
  Subscription listening_, sweeping_, row_;
};

/// Enters lines as if typed at the start, in order (headless/typed_line.h). What is wrong with one is told in
/// the window that is shown, and the others are entered all the same.
void run_lines(chat::Client& client, const std::vector<std::string>& lines);

}  // namespace gnatter::headless

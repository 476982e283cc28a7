// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "chat/command_rows.h"
#include "transport/packet.h"

namespace gnatter::chat {

/// Every MQTT packet of one network as lines of a window of its own, as long as it lives or until that window
/// is closed. At most a few dozens a second; the others are counted. One thread.
class RawLog {
 public:
  RawLog(Client& client, Network& network);
  RawLog(const RawLog&) = delete;
  RawLog& operator=(const RawLog&) = delete;
  ~RawLog();

  [[nodiscard]] bool on() const { return window_ != nullptr; }
  void show();
  /// Nothing more comes from now on.
  void stop();

 private:
  void take(const std::vector<transport::Packet>& packets, std::size_t more);
  void end_of_second();

  Client& client_;
  Network& network_;
  Buffer* window_;                    // null: off
  std::size_t shown_ = 0, more_ = 0;  // in this second
  Subscription packets_, closing_, second_;
};

/// "-> PUBLISH 5, QoS 1, /chat/group/dev/message/alice, id=01J…, 5 bytes: hello", safe to show.
std::string packet_row(const transport::Packet& packet);

}  // namespace gnatter::chat

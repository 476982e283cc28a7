// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/event_loop.h"
#include "chat/buffer.h"

namespace gnatter::chat {

/// A window with a row a topic, the latest value rewritten in place four times a second at most: what a
/// broker tells of itself below $SYS. What comes at first is put in order, what is asked for most last, where
/// it is in view. At most 500 topics. One thread, the loop's.
class LatestValues {
 public:
  /// The window outlives this.
  LatestValues(base::EventLoop& loop, Buffer& window) : loop_(loop), window_(window) {}

  void received(std::string_view topic, std::string_view payload);

 private:
  struct Row {
    std::string text;
    std::optional<LineNumber> line;
    bool changed = false;
  };
  void flush();
  void append(const std::string& topic, Row& row);
  void append_what_matters();

  base::EventLoop& loop_;
  Buffer& window_;
  std::map<std::string, Row, std::less<>> rows_;
  bool flushed_ = false, too_many_ = false;
  Subscription flush_soon_;
};

}  // namespace gnatter::chat

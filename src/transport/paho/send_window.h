// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "transport/connection.h"

namespace gnatter::transport {

struct SubscribeRequest {
  std::string filter;
  int qos = 0;
};
struct UnsubscribeRequest {
  std::string filter;
};
using Request = std::variant<Publication, SubscribeRequest, UnsubscribeRequest>;

/// What is asked of one line, in order, and how much of it is unanswered. Paho stalls when it has more to
/// send than the broker's receive maximum: what is over goes out once a second, because its send thread is
/// not woken by acknowledgements. So it is never given more than `limit` at a time. Every request counts,
/// those of QoS 0 too, which bounds the worker's queue as well. Pure.
class SendWindow {
 public:
  using Done = Connection::Done;
  struct Outgoing {
    std::uint64_t number = 0;
    Request request;
  };
  static constexpr std::size_t most_unanswered = 16;

  /// Another line: nothing may be left of the last one. `receive_maximum` is the broker's (MQTT
  /// 5, 3.2.2.3.3).
  void start(std::size_t receive_maximum);

  void add(Request request, Done done);

  /// The oldest that waits, if one more may go out; it counts as unanswered from now on.
  std::optional<Outgoing> next();

  /// Takes the request out and gives its completion; empty when there is none of that number.
  Done answered(std::uint64_t number);

  [[nodiscard]] bool has_unanswered() const { return !unanswered_.empty(); }

  /// Whether a publish of QoS 2 went out and is unanswered.
  [[nodiscard]] bool exactly_once_open() const;

  /// Takes everything out; the completions, oldest first.
  std::vector<Done> take_all();

 private:
  struct Waiting {
    Request request;
    Done done;
  };
  struct Unanswered {
    Done done;
    bool exactly_once = false;
  };
  std::size_t limit_ = most_unanswered;
  std::uint64_t next_number_ = 1;
  std::deque<Waiting> waiting_;
  std::map<std::uint64_t, Unanswered> unanswered_;
};

}  // namespace gnatter::transport

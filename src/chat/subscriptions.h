// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "base/event_loop.h"
#include "transport/connection.h"

namespace gnatter::chat {

/// When a filter is subscribed after each connect (P9).
enum class Phase { before_login, alone };

/// The answer to one SUBSCRIBE.
struct SubscribeAnswer {
  enum class Kind { granted, refused, silent, closed };
  Kind kind = Kind::granted;
  int code = 0;
  std::string reason;  ///< of a refusal, in words
};

/// The filters of one network: subscribed after every connect in P9's order, for as long as who added them
/// wants. What arrives goes to those whose filter takes it in. One thread, the loop's.
class Subscriptions {
 public:
  using Answered = std::function<void(const SubscribeAnswer&)>;
  using Received = std::function<void(const transport::Incoming&)>;

  Subscriptions(base::EventLoop& loop, transport::Connection& connection);

  /// Subscribed now, if connected, and after every connect, until the Subscription ends, which unsubscribes.
  /// A filter of Phase::alone that was refused, not answered in 2 s, or at which the broker closed the line,
  /// is not asked for again. Either function may be empty.
  [[nodiscard]] Subscription add(std::string filter, int qos, Phase phase, Answered answered,
                                 Received received);

  /// After a connect: asks for all filters of before_login, then for those that want to be alone, one by one;
  /// `done` comes after the last answer, or after 10 s.
  void ask_all(std::function<void()> done);

  /// Unsubscribes everything, while the filters stay for the next connect; `done` after the last answer, or 1
  /// s.
  void end_all(std::function<void()> done);

  /// The line has gone. `closed_by_broker`: perhaps because of a filter that it does not bear.
  void line_gone(bool closed_by_broker);

  /// Another broker: what the one before did not bear says nothing about it.
  void forget_refusals();

  /// Whether this copy of a message is the one for `filter`, which takes its topic in: where filters overlap,
  /// a broker of MQTT 5 may send one for each of them, and says which is whose.
  [[nodiscard]] bool came_for(const transport::Incoming& incoming, std::string_view filter) const;

  void dispatch(const transport::Incoming& incoming) const;

 private:
  struct Filter {
    std::string filter;
    std::uint32_t identifier;
    int qos;
    Phase phase;
    Answered answered;
    Received received;
    enum class Progress { idle, asked, answered };  // on the connection that stands
    Progress progress = Progress::idle;
    bool live = true;
    bool given_up = false;  // alone, and the broker did not bear it
    bool ever_asked = false;
  };
  using FilterPointer = std::shared_ptr<Filter>;
  enum class Stage { off, asking, standing };

  [[nodiscard]] bool is_among(const transport::Incoming& incoming, std::uint32_t identifier) const;
  void ask(const FilterPointer& filter);
  [[nodiscard]] int highest_qos(std::string_view filter) const;
  void on_answer(const FilterPointer& filter, const transport::Outcome& outcome);
  void next_step();
  void go_on_without();
  void silent(const FilterPointer& filter);
  void all_answered();
  void remove(const FilterPointer& filter);
  static void tell(const FilterPointer& filter, const SubscribeAnswer& answer);

  base::EventLoop& loop_;
  transport::Connection& connection_;
  std::list<FilterPointer> filters_;
  Stage stage_ = Stage::off;
  std::set<std::string> owed_;  // to be unsubscribed: removed while the broker may have kept the session
  std::function<void()> done_;
  Subscription patience_, silence_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace gnatter::chat

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/event_loop.h"
#include "chat/buffer_list.h"
#include "chat/raw_window.h"
#include "chat/subscriptions.h"

namespace gnatter::chat {

class Network;

/// Topics beside the chat's (C8) on one network: filters that the user has subscribed, each with its window,
/// on this connection and the next ones of this run. One thread, the loop's.
class RawTopics {
 public:
  /// What has become of a filter: not answered yet; granted; not granted; given up by the user.
  enum class State { asking, standing, refused, ended };

  RawTopics(base::EventLoop& loop, BufferList& buffers, Network& network);

  /// Its window, opened. Asks the broker unless that is under way or granted; `qos`: nothing is what it had
  /// before, at first 0. Throws base::UserError for what is no filter, and before there is a broker.
  Buffer& subscribe(const std::string& filter, std::optional<int> qos);
  /// The window stays. False: the filter is not subscribed.
  bool unsubscribe(std::string_view filter);
  /// Those that are subscribed or asked for, with their QoS.
  [[nodiscard]] std::vector<std::pair<std::string, int>> filters() const;
  /// Topics on which something has come, as they are; at most 1,000.
  [[nodiscard]] std::vector<std::string> topics() const;

  /// No flood is folded: for who reads lines by program, and holds the broker back itself.
  void show_every_line(bool every) { every_line_ = every; }

  [[nodiscard]] State state(const Buffer& window) const;
  /// "QoS 1 · 34 topics · 12 a second".
  [[nodiscard]] std::string description(const Buffer& window) const;
  /// What stands in a window where nothing stands yet.
  [[nodiscard]] std::string nothing_yet(const Buffer& window) const;
  /// Only the latest value of each topic is shown there.
  [[nodiscard]] bool latest_only(const Buffer& window) const;

 private:
  struct Filter {
    Filter(base::EventLoop& loop, Buffer& window) : raw(loop, window) {}
    RawWindow raw;
    int qos = 0;
    State state = State::ended;
    Subscription subscription, patience;
  };
  void ask(Filter& filter);
  void on_answer(Filter& filter, const SubscribeAnswer& answer);
  void granted(Filter& filter, int qos);
  [[nodiscard]] std::string refusal(const Filter& filter, const SubscribeAnswer& answer) const;
  [[nodiscard]] const Filter* find(const Buffer& window) const;
  [[nodiscard]] bool is_ready() const;

  base::EventLoop& loop_;
  BufferList& buffers_;
  Network& network_;
  bool every_line_ = false;
  std::map<const Buffer*, Filter> filters_;
  std::vector<Subscription> listening_;
};

}  // namespace gnatter::chat

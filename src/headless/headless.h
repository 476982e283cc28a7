// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/event_loop.h"
#include "chat/client.h"
#include "headless/event_feed.h"
#include "headless/line_reader.h"
#include "headless/output.h"

namespace gnatter::headless {

/// The front end without a screen (C10): lines in on standard input, events out on standard output, and the
/// way the client ends. One thread, the loop's.
class Headless {
 public:
  struct Settings {
    int input = 0;
    int output = 1;
    bool stay = false;  ///< the end of the input does not end the client
  };
  /// `complain`: a sentence for standard error.
  Headless(base::EventLoop& loop, chat::Client& client, Settings settings,
           std::function<void(std::string_view)> complain);

  /// Whether the loop was left before the end was in order. The connections must then not be closed in order
  /// either: the broker would take back the Will, and nobody hear of the logout.
  [[nodiscard]] bool gave_up() const { return gave_up_; }

 private:
  void follow(chat::Network& network);
  void on_line(std::string_view line);
  void on_failed(chat::Network& network, const transport::Failure& failure, bool retried);
  void input_ended();
  [[nodiscard]] bool is_off() const;
  void quit_when_sent();
  void leave_now(chat::Cause cause);
  void off_for_good();
  void stop(chat::Cause cause);
  void on_interrupt();
  void give_up();
  void finish();
  void refuse(std::string_view sentence);
  void update_reading();
  [[nodiscard]] std::size_t unsent() const;
  [[nodiscard]] bool can_send() const;

  base::EventLoop& loop_;
  chat::Client& client_;
  const Settings settings_;
  const std::function<void(std::string_view)> complain_;
  EventFeed events_;
  Output output_;
  LineReader input_;
  int exit_code_ = 0;
  bool was_ready_ = false;
  bool input_over_ = false;
  bool quitting_ = false;       // when everything is sent
  bool asked_to_quit_ = false;  // by /quit: an outage is not waited for
  bool leaving_ = false;
  bool interrupted_ = false;
  bool gave_up_ = false;
  Subscription patience_;
  std::vector<Subscription> listening_;
};

}  // namespace gnatter::headless

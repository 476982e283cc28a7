// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/event_loop.h"
#include "gnatter/subscription.h"
#include "transport/connection.h"
#include "transport/paho/attempt.h"
#include "transport/paho/event.h"
#include "transport/paho/line.h"
#include "transport/paho/send_window.h"
#include "transport/paho/version_memory.h"
#include "transport/paho/worker.h"

namespace gnatter::transport {

/// A Connection by the Paho library. This half lives on the loop and makes no Paho call; the other,
/// PahoClient, is on the worker, and what it hears comes back through a bounded mailbox, read for 5 ms a turn
/// at most.
///
/// Destroying it while open ends the line as close(true) does, without waiting and without a word;
/// completions that are open are not called. The loop and the worker must outlive it.
class PahoConnection final : public Connection {
 public:
  /// `versions`: the directory where VersionMemory keeps what each server speaks; empty: this object alone
  /// knows.
  PahoConnection(base::EventLoop& loop, Worker& worker, std::filesystem::path versions = {});
  ~PahoConnection() override;

  void open(const ConnectPlan& plan) override;
  void close(bool keep_session) override;
  void publish(Publication publication, Done done) override;
  void subscribe(std::string filter, int qos, Done done) override;
  void unsubscribe(std::string filter, Done done) override;
  void hold(bool held) override;
  void trace(bool on) override;

 private:
  using Clock = std::chrono::steady_clock;
  /// `ending`: the line is gone, and its completions are being called.
  enum class State { idle, attempting, open, closing, ending };

  void attempt_ended(Attempt::Result result);
  void opened_with(Attempt::Success success);

  void watch_mailbox();
  void drain();
  void handle(Event event);
  void answered(const Answered& answer);

  void request(Request request, Done done);
  void send_more();
  void expect_answers();
  void tell_packets();
  void complete_later(Done done, Outcome outcome);

  void line_lost(int code);
  void finish_close();
  void force_close();
  [[nodiscard]] bool end_line();

  base::EventLoop& loop_;
  Worker& worker_;
  State state_ = State::idle;
  bool held_ = false;
  std::string server_;  // host and port of the last open()
  VersionMemory versions_;
  std::unique_ptr<Attempt> attempt_;
  std::unique_ptr<Line> line_;
  Opened opened_as_;
  SendWindow window_;
  std::shared_ptr<PacketLog> packet_log_;
  Subscription mailbox_watch_;
  Subscription close_limit_;
  Subscription answer_wait_;
  bool sent_meanwhile_ = false;  // since answer_wait_ was set
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace gnatter::transport

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/event_loop.h"
#include "chat/session.h"
#include "support/fake_connection.h"
#include "support/run_until.h"

namespace gnatter::testing {

/// A Session whose broker is the test, and which writes down what it tells.
struct SessionFixture {
  using State = chat::Session::State;
  using Phase = chat::Phase;

  base::EventLoop loop;
  FakeConnection* connection = nullptr;
  chat::Session session{loop, [this] {
                          auto made = std::make_unique<FakeConnection>();
                          connection = made.get();
                          return made;
                        }()};

  /// "ready", "lost again", "lost for good", "failed again", "failed for good", "leaving", "left".
  std::vector<std::string> told;
  /// "granted FILTER", "refused FILTER 0x87", "silent FILTER", "closed FILTER".
  std::vector<std::string> answers;
  std::vector<chat::Hold> holds;
  bool keep_holds = false;

  std::vector<Subscription> listening = [this] {
    std::vector<Subscription> all;
    all.push_back(session.ready.connect([this](bool) { told.push_back("ready"); }));
    all.push_back(session.lost.connect([this](const transport::Lost&, auto retry_in) {
      told.push_back(retry_in ? "lost again" : "lost for good");
    }));
    all.push_back(session.failed.connect([this](const transport::Failure&, auto retry_in) {
      told.push_back(retry_in ? "failed again" : "failed for good");
    }));
    all.push_back(session.leaving.connect([this](chat::Cause, const chat::Hold& hold) {
      told.push_back("leaving");
      if (keep_holds) holds.push_back(hold);
    }));
    return all;
  }();

  static chat::Account alice() {
    chat::Account account;
    account.host = "broker.example";
    account.port = 1884;
    account.user = "alice";
    account.password = "secret";
    account.client_id = "device";
    return account;
  }

  [[nodiscard]] Subscription subscribe(const std::string& filter, Phase phase = Phase::before_login,
                                       int qos = 1) {
    return session.subscriptions().add(
        filter, qos, phase,
        [this, filter](const chat::SubscribeAnswer& answer) {
          static constexpr const char* kinds[] = {"granted ", "refused ", "silent ", "closed "};
          answers.push_back(kinds[static_cast<int>(answer.kind)] + filter);
        },
        {});
  }

  void open(bool session_present = false) {
    transport::Opened opened;
    opened.session_present = session_present;
    connection->opened.emit(opened);
  }
  void start() {
    session.start(alice());
    open();
  }
  void grant(std::size_t index) {
    connection->answer_subscribe(index, FakeConnection::accepted(connection->subscribes.at(index).qos));
  }
  void leave() {
    session.leave(chat::Cause::quit, [this] { told.push_back("left"); });
  }
  /// Every UNSUBSCRIBE so far is answered.
  void accept_unsubscribes() {
    for (std::size_t i = 0; i < connection->unsubscribes.size(); ++i)
      connection->answer_unsubscribe(i, FakeConnection::accepted());
  }
  void send(const std::string& text) { session.outbox().add({"/test", text, 1, false, {}}, {}); }

  [[nodiscard]] std::vector<std::string> asked(std::size_t from = 0) const {
    std::vector<std::string> filters;
    for (; from < connection->subscribes.size(); ++from)
      filters.push_back(connection->subscribes[from].filter);
    return filters;
  }
  /// Until everything that is due now has been called.
  void settle() { run_for(loop, std::chrono::milliseconds(20)); }
  /// Until the next attempt after a loss or failure, which comes within about a second the first time.
  [[nodiscard]] bool retried(std::size_t attempts) {
    return run_until(loop, [&] { return connection->opens.size() == attempts; });
  }
  void lose(int code = 0, bool exactly_once_open = false) { connection->lose({code, exactly_once_open}); }
  void fail(transport::Failure::Reason reason) {
    transport::Failure failure;
    failure.reason = reason;
    connection->failed.emit(failure);
  }
};

using Texts = std::vector<std::string>;

}  // namespace gnatter::testing

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <utility>

#include "transport/connection.h"

namespace gnatter::testing {

/// A Connection without a line: it writes down what it is asked to do, and the test plays the broker. As the
/// contract has it, nothing is answered from inside a call; every helper below counts as a later turn.
class FakeConnection final : public transport::Connection {
 public:
  using Outcome = transport::Outcome;

  struct Publish {
    transport::Publication publication;
    Done done;
    bool answered = false;
  };
  struct Subscribe {
    std::string filter;
    int qos = 0;
    Done done;
    bool answered = false;
  };
  struct Unsubscribe {
    std::string filter;
    Done done;
    bool answered = false;
  };

  void open(const transport::ConnectPlan& plan) override { opens.push_back(plan); }
  void close(bool keep_session) override { closes.push_back(keep_session); }
  void publish(transport::Publication publication, Done done) override {
    publishes.push_back({std::move(publication), std::move(done)});
  }
  void subscribe(std::string filter, int qos, Done done) override {
    subscribes.push_back({std::move(filter), qos, std::move(done)});
  }
  void unsubscribe(std::string filter, Done done) override {
    unsubscribes.push_back({std::move(filter), std::move(done)});
  }
  void hold(bool value) override { held = value; }
  void trace(bool on) override { traced = on; }

  /// All calls so far, oldest first. Deques: an answer may lead to the next call, and what is answered stays
  /// put.
  std::deque<transport::ConnectPlan> opens;
  std::deque<bool> closes;  ///< keep_session of each
  std::deque<Publish> publishes;
  std::deque<Subscribe> subscribes;
  std::deque<Unsubscribe> unsubscribes;
  bool held = false;
  bool traced = false;

  static Outcome accepted(int code = 0) { return {Outcome::Kind::accepted, code, {}}; }
  static Outcome refused(int code, std::string reason) {
    return {Outcome::Kind::refused, code, std::move(reason)};
  }
  static Outcome lost_answer() { return {Outcome::Kind::lost, 0, {}}; }

  /// One answer, once.
  template <class Call>
  static void answer(Call& call, const Outcome& outcome) {
    if (std::exchange(call.answered, true)) return;
    // Moved out first: what the completion holds must go with it, as it does in the real one.
    if (const Done done = std::exchange(call.done, nullptr)) done(outcome);
  }
  void answer_publish(std::size_t index, const Outcome& outcome) { answer(publishes.at(index), outcome); }
  void answer_subscribe(std::size_t index, const Outcome& outcome) { answer(subscribes.at(index), outcome); }
  void answer_unsubscribe(std::size_t index, const Outcome& outcome) {
    answer(unsubscribes.at(index), outcome);
  }

  /// Takes everything that is unanswered now: each SUBSCRIBE at the QoS asked for.
  void accept_all() {
    answer_all([](const Subscribe& call) { return accepted(call.qos); }, accepted());
  }

  /// The line breaks, or has been closed: what is unanswered comes as lost first.
  void lose(const transport::Lost& how = {}) {
    lose_answers();
    lost.emit(how);
  }
  void finish_close() {
    lose_answers();
    closed.emit();
  }

 private:
  void lose_answers() {
    answer_all([](const Subscribe&) { return lost_answer(); }, lost_answer());
  }

  /// Those there at the start: an answer may lead to further calls, and those wait for further answers.
  template <class ForSubscribe>
  void answer_all(ForSubscribe for_subscribe, const Outcome& for_others) {
    const auto subscribe_count = subscribes.size();
    const auto unsubscribe_count = unsubscribes.size();
    const auto publish_count = publishes.size();
    for (std::size_t i = 0; i < subscribe_count; ++i) answer_subscribe(i, for_subscribe(subscribes[i]));
    for (std::size_t i = 0; i < unsubscribe_count; ++i) answer_unsubscribe(i, for_others);
    for (std::size_t i = 0; i < publish_count; ++i) answer_publish(i, for_others);
  }
};

}  // namespace gnatter::testing

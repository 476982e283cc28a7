// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "headless/headless.h"
#include "support/chat_fixture.h"
#include "support/pipe.h"

namespace gnatter::testing {

/// A client by lines, with pipes for its input and output.
struct HeadlessFixture : ChatFixture {
  using Texts = std::vector<std::string>;
  using Failure = transport::Failure;

  Pipe input{Pipe::Ours::writer}, output{Pipe::Ours::reader};
  Texts complaints;
  std::optional<headless::Headless> front_end;
  Subscription broker;

  void start(bool stay = false) {
    front_end.emplace(loop, client,
                      headless::Headless::Settings{input.reader.get(), output.writer.get(), stay},
                      [this](std::string_view sentence) { complaints.emplace_back(sentence); });
    client.connect(network, alice());
  }
  /// From now on the broker takes everything, and the end of the connection.
  void answer_all() {
    broker = loop.every(std::chrono::milliseconds(1), [this, closed = std::size_t{0}]() mutable {
      connection->accept_all();
      if (closed == connection->closes.size()) return;
      closed = connection->closes.size();
      connection->finish_close();
    });
  }
  void start_ready(bool stay = false) {
    start(stay);
    become_ready();
    settle();
    events();
  }
  void feed(std::string_view text) { BOOST_REQUIRE(input.write(text) == text.size()); }
  void type(std::string_view text) {
    feed(text);
    settle();
  }
  void end() { input.writer.reset(); }
  /// "kind window sender text" of what has come out since the last look.
  Texts events() {
    Texts out;
    const std::string all = output.read();
    for (std::size_t at = 0; at < all.size();) {
      const std::size_t end = all.find('\n', at);
      std::string line = all.substr(at, end - at);
      line.erase(0, line.find('\t') + 1);
      for (char& c : line)
        if (c == '\t') c = ' ';
      out.push_back(line);
      at = end + 1;
    }
    return out;
  }
  /// The code with which it ends; 99 when it does not within 10 s.
  int exit_code() {
    const auto deadline = loop.after(std::chrono::seconds(10), [this] { loop.quit(99); });
    return loop.run();
  }
  bool goes_on() {
    const auto deadline = loop.after(std::chrono::milliseconds(200), [this] { loop.quit(98); });
    return loop.run() == 98;
  }
  void fail(Failure::Reason reason) {
    Failure failure;
    failure.reason = reason;
    connection->failed.emit(failure);
  }
};

}  // namespace gnatter::testing

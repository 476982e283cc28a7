// SPDX-License-Identifier: GPL-3.0-or-later
#include "headless/headless.h"

#include <signal.h>

#include <boost/test/unit_test.hpp>
#include <optional>
#include <string>
#include <vector>

#include "support/chat_fixture.h"
#include "support/pipe.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;
using boost::test_tools::per_element;
using headless::Headless;
using transport::Failure;

namespace {

using Texts = std::vector<std::string>;

struct Fixture : ChatFixture {
  Pipe input{Pipe::Ours::writer}, output{Pipe::Ours::reader};
  Texts complaints;
  std::optional<Headless> front_end;
  Subscription broker;

  void start(bool stay = false) {
    front_end.emplace(loop, client, Headless::Settings{input.reader.get(), output.writer.get(), stay},
                      [this](std::string_view sentence) { complaints.emplace_back(sentence); });
    client.connect(network, alice());
  }
  /// From now on the broker takes everything, and the end of the connection.
  void answer_all() {
    broker = loop.every(1ms, [this, closed = std::size_t{0}]() mutable {
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
    const auto deadline = loop.after(10s, [this] { loop.quit(99); });
    return loop.run();
  }
  bool goes_on() {
    const auto deadline = loop.after(200ms, [this] { loop.quit(98); });
    return loop.run() == 98;
  }
  void fail(Failure::Reason reason) {
    Failure failure;
    failure.reason = reason;
    connection->failed.emit(failure);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(headless, Fixture)

BOOST_AUTO_TEST_CASE(lines_wait_until_the_login) {
  start();
  type("bob hello\n");
  BOOST_TEST(connection->publishes.empty());
  become_ready();
  settle();
  BOOST_TEST(published() == Texts{"/chat/user/bob/message/alice hello"}, per_element());
}

BOOST_AUTO_TEST_CASE(a_line_is_a_target_and_a_text) {
  start_ready();
  type("bob hello\n#dev  two blanks \n\"Anna Lena\" hi\n#\"ops team\" hi\n. again\n");
  BOOST_TEST(published() ==
                 (Texts{"/chat/user/bob/message/alice hello", "/chat/group/dev/message/alice  two blanks ",
                        "/chat/user/Anna Lena/message/alice hi", "/chat/group/ops team/message/alice hi",
                        "/chat/user/Anna Lena/message/alice again"}),
             per_element());
}

BOOST_AUTO_TEST_CASE(escapes_are_understood_in_the_input) {
  start_ready();
  type("bob one\\ntwo\\tthree\\\\four\\x\n");
  BOOST_TEST(published() == Texts{"/chat/user/bob/message/alice one\ntwo\tthree\\four\\x"}, per_element());
}

BOOST_AUTO_TEST_CASE(commands_are_those_of_the_screen) {
  start_ready();
  type("/join #dev\n/me waves\n//etc\n/msg bob hi\n\n");
  BOOST_TEST(published() == (Texts{"/chat/group/dev/message/alice /me waves",
                                   "/chat/group/dev/message/alice /etc", "/chat/user/bob/message/alice hi"}),
             per_element());
}

BOOST_AUTO_TEST_CASE(what_happens_comes_out_as_events) {
  start_ready();
  receive("/chat/user/alice/message/bob", "one\ttwo");
  network.roster.here("carol", chat::Roster::Report::Kind::login);
  type("bob hi\n");
  connection->accept_all();
  settle();
  BOOST_TEST(events() == (Texts{"message bob bob one\\ttwo", "login * carol ", "sent bob alice hi"}),
             per_element());
}

BOOST_AUTO_TEST_CASE(the_connection_is_told) {
  start();
  become_ready();
  settle();
  const auto told = events();
  BOOST_TEST(told.at(0).starts_with("info *  Connected to broker.example:1883 as alice"));
}

BOOST_AUTO_TEST_CASE(at_the_end_of_the_input_it_drains_and_leaves) {
  start_ready();
  type("bob one\nbob two");
  end();
  BOOST_TEST(goes_on());
  connection->answer_publish(0, FakeConnection::accepted());
  BOOST_TEST(goes_on());
  answer_all();
  BOOST_TEST(exit_code() == 0);
  BOOST_TEST(events() == (Texts{"sent bob alice one", "sent bob alice two"}), per_element());
  BOOST_TEST(connection->closes.size() == 1u);
  BOOST_TEST(complaints.empty());
}

BOOST_AUTO_TEST_CASE(an_empty_input_connects_and_leaves) {
  start();
  answer_all();
  end();
  open();
  BOOST_TEST(exit_code() == 0);
}

BOOST_AUTO_TEST_CASE(with_stay_the_end_of_the_input_is_not_the_end) {
  start_ready(true);
  answer_all();
  end();
  BOOST_TEST(goes_on());
  receive("/chat/user/alice/message/bob", "still there?");
  settle();
  BOOST_TEST(events() == Texts{"message bob bob still there?"}, per_element());
}

BOOST_AUTO_TEST_CASE(quit_ends_it_and_what_stands_behind_is_not_read) {
  start_ready(true);
  answer_all();
  feed("bob one\n/quit\nbob two\n");
  BOOST_TEST(exit_code() == 0);
  BOOST_TEST(connection->publishes.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_refused_line_is_an_error_and_makes_the_code_one) {
  start_ready();
  answer_all();
  type("bob\n/quetry bob\n/nick carol\na/b hi\nhello\nbob fine\n");
  const auto told = events();
  BOOST_REQUIRE(told.size() == 6u);
  for (std::size_t i = 0; i < 5; ++i) BOOST_TEST(told[i].starts_with("error *  "), told[i]);
  BOOST_TEST(told[5] == "sent bob alice fine");
  end();
  BOOST_TEST(exit_code() == 1);
}

BOOST_AUTO_TEST_CASE(a_refused_message_makes_the_code_one) {
  start_ready();
  type("bob hi\n");
  connection->answer_publish(0, FakeConnection::refused(0x87, "not authorized"));
  settle();
  BOOST_TEST(
      events() == Texts{"error bob  not sent: broker.example does not let alice write to bob (0x87): \"hi\". "
                        "/retry sends it again, /discard forgets it"},
      per_element());
  answer_all();
  end();
  BOOST_TEST(exit_code() == 1);
}

BOOST_AUTO_TEST_CASE(windows_may_be_closed_with_lines_that_wait) {
  start_ready();
  type("/query bob\n* one\n/close\n/query carol\n* two\n/close\n");
  BOOST_TEST(client.buffers.entries().size() == 1u);
  connection->answer_publish(0, FakeConnection::accepted());
  connection->answer_publish(1, FakeConnection::refused(0x87, "not authorized"));
  type("/retry\n");
  answer_all();
  settle();
  receive("/chat/user/alice/message/bob", "hi");
  settle();
  const Texts told = events();
  BOOST_REQUIRE(told.size() == 3u);
  BOOST_TEST(told[0].starts_with("error carol  not sent: "));
  BOOST_TEST(told[1] == "sent carol alice two");
  BOOST_TEST(told[2] == "message bob bob hi");
  end();
  BOOST_TEST(exit_code() == 1);
}

BOOST_AUTO_TEST_CASE(a_line_that_is_too_long_is_refused_and_the_next_one_taken) {
  start_ready();
  answer_all();
  std::string text = "bob " + std::string((1 << 20) + 1, 'x') + "\nbob hi\n";
  while (!text.empty()) {
    text.erase(0, input.write(text));
    settle();
  }
  BOOST_TEST(
      events() == (Texts{"error *  A line has more than 1 MiB. It was not sent.", "sent bob alice hi"}),
      per_element());
  end();
  BOOST_TEST(exit_code() == 1);
}

BOOST_AUTO_TEST_CASE(a_broker_that_is_not_there_ends_it_with_one) {
  start(true);
  answer_all();
  fail(Failure::Reason::nobody_listens);
  BOOST_TEST(exit_code() == 1);
  BOOST_REQUIRE(complaints.size() == 1u);
  BOOST_TEST(complaints[0].starts_with("Nobody listens on broker.example:1883"));
}

BOOST_AUTO_TEST_CASE(a_wrong_password_ends_it_with_one) {
  start();
  answer_all();
  fail(Failure::Reason::wrong_password);
  BOOST_TEST(exit_code() == 1);
}

BOOST_AUTO_TEST_CASE(an_outage_is_waited_for_at_the_end_of_the_input) {
  start_ready();
  type("bob hi\n");
  connection->lose();
  end();
  settle();
  fail(Failure::Reason::nobody_listens);
  BOOST_TEST(goes_on());
  BOOST_REQUIRE(run_until(loop, [&] { return connection->opens.size() == 2; }));
  answer_all();
  open(5, true);
  BOOST_TEST(exit_code() == 0);
  const auto told = events();
  BOOST_TEST(told.back() == "sent bob alice hi");
}

BOOST_AUTO_TEST_CASE(quit_does_not_wait_for_an_outage) {
  start_ready();
  type("bob hi\n");
  connection->lose();
  answer_all();
  feed("/quit\n");
  BOOST_TEST(exit_code() == 1);
  BOOST_TEST(complaints == Texts{"1 message was not sent."}, per_element());
}

BOOST_AUTO_TEST_CASE(quit_during_an_attempt_does_not_wait_for_the_outage_to_end) {
  start_ready();
  type("bob hi\n");
  connection->lose();
  BOOST_REQUIRE(run_until(loop, [&] { return connection->opens.size() == 2; }));
  type("/quit\n");
  BOOST_TEST(goes_on());
  answer_all();
  fail(Failure::Reason::nobody_listens);
  BOOST_TEST(exit_code() == 1);
  BOOST_TEST(complaints == Texts{"1 message was not sent."}, per_element());
}

BOOST_AUTO_TEST_CASE(a_connection_that_is_off_for_good_ends_a_client_that_is_not_to_stay) {
  start_ready();
  type("bob hi\n");
  BOOST_REQUIRE(run_until(
      loop, [&] { return !connection->publishes.empty() && network.session.outbox().size() == 1; }));
  connection->lose({0x8E, false});
  answer_all();
  BOOST_TEST(exit_code() == 1);
  BOOST_REQUIRE(complaints.size() == 2u);
  BOOST_TEST(complaints[0].starts_with("Another program uses this device's client id"));
  BOOST_TEST(complaints[1] == "1 message was not sent.");
}

BOOST_AUTO_TEST_CASE(who_stays_without_a_connection_and_without_input_has_nothing_to_wait_for) {
  for (const bool input_ends_first : {true, false}) {
    Fixture other;
    other.start_ready(true);
    other.answer_all();
    if (input_ends_first) other.end();
    BOOST_TEST(other.goes_on());
    other.connection->lose({0x8E, false});
    if (!input_ends_first) other.end();
    BOOST_TEST(other.exit_code() == 1);
  }
}

BOOST_AUTO_TEST_CASE(a_signal_ends_it_in_order) {
  for (int number : {SIGTERM, SIGINT, SIGHUP}) {
    Fixture other;
    other.start_ready(true);
    other.answer_all();
    ::raise(number);
    BOOST_TEST(other.exit_code() == 0);
    BOOST_TEST(other.connection->closes.size() == 1u);
  }
}

BOOST_AUTO_TEST_CASE(a_second_signal_ends_it_at_once) {
  start_ready();
  ::raise(SIGTERM);
  BOOST_TEST(goes_on());
  ::raise(SIGTERM);
  BOOST_TEST(exit_code() == 1);
}

BOOST_AUTO_TEST_CASE(the_first_signal_does_not_cut_a_leave_short) {
  start_ready();
  type("/quit\n");
  BOOST_TEST(goes_on());
  ::raise(SIGTERM);
  BOOST_TEST(goes_on());
  answer_all();
  BOOST_TEST(exit_code() == 0);
}

BOOST_AUTO_TEST_CASE(after_disconnect_the_end_of_the_input_still_logs_out_in_order) {
  start_ready();
  type("/disconnect\n");
  end();
  settle();
  BOOST_TEST(connection->closes.empty());
  answer_all();
  BOOST_TEST(exit_code() == 0);
  BOOST_TEST(connection->closes.size() == 1u);
}

BOOST_AUTO_TEST_CASE(input_is_not_read_while_too_much_waits) {
  start_ready();
  std::string text;
  for (int i = 0; i < 300; ++i) text += "bob " + std::to_string(i) + '\n';
  type(text);
  BOOST_TEST(session.outbox().size() == 256u);
  answer_all();
  end();
  BOOST_TEST(exit_code() == 0);
  BOOST_TEST(connection->publishes.size() == 300u);
  BOOST_TEST(connection->publishes.back().publication.payload == "299");
}

BOOST_AUTO_TEST_CASE(a_reader_that_does_not_read_holds_the_broker_back) {
  start_ready();
  const std::string text(100'000, 'x');
  for (int i = 0; i < 20 && !connection->held; ++i) receive("/chat/user/alice/message/bob", text);
  BOOST_TEST(connection->held);
  type("bob hi\n");
  BOOST_TEST(connection->publishes.empty());
  std::size_t got = 0;
  BOOST_REQUIRE(run_until(loop, [&] {
    got += output.read().size();
    return !connection->held;
  }));
  settle();
  BOOST_TEST(connection->publishes.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_reader_that_has_gone_ends_it_with_one) {
  start_ready(true);
  answer_all();
  output.reader.reset();
  receive("/chat/user/alice/message/bob", "hi");
  BOOST_TEST(exit_code() == 1);
  BOOST_TEST(connection->closes.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

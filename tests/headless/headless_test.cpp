// SPDX-License-Identifier: GPL-3.0-or-later
#include "headless/headless.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/headless_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;
using boost::test_tools::per_element;
using transport::Failure;
using Texts = std::vector<std::string>;

BOOST_FIXTURE_TEST_SUITE(headless, HeadlessFixture)

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

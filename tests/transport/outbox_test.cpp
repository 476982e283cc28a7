// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/outbox.h"

#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>
#include <vector>

#include "support/fake_connection.h"

using gnatter::testing::FakeConnection;
using gnatter::transport::Outbox;
using gnatter::transport::Outcome;
using gnatter::transport::Publication;

namespace {

Publication text(const std::string& payload, int qos = 1) {
  return {"/test", payload, qos, false, {{"id", payload}}};
}

struct Fixture {
  FakeConnection connection;
  Outbox outbox{connection};
  std::vector<std::string> outcomes;

  void add(const std::string& payload, int qos = 1) {
    outbox.add(text(payload, qos), [this, payload](const Outcome& outcome) {
      const char* const words[] = {"accepted", "refused", "lost"};
      outcomes.push_back(payload.substr(0, 10) + " " + words[static_cast<int>(outcome.kind)]);
    });
  }
  std::vector<std::string> sent_from(std::size_t index) const {
    std::vector<std::string> payloads;
    for (; index < connection.publishes.size(); ++index)
      payloads.push_back(connection.publishes[index].publication.payload.substr(0, 10));
    return payloads;
  }
};

using Texts = std::vector<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(outbox, Fixture)

BOOST_AUTO_TEST_CASE(nothing_is_sent_before_start) {
  add("a");
  BOOST_TEST(connection.publishes.empty());
  outbox.start();
  BOOST_TEST(sent_from(0) == Texts{"a"}, boost::test_tools::per_element());
  BOOST_TEST((connection.publishes[0].publication.properties == text("a").properties));
  BOOST_TEST(outbox.size() == 1u);
  connection.answer_publish(0, FakeConnection::accepted());
  BOOST_TEST(outcomes == Texts{"a accepted"}, boost::test_tools::per_element());
  BOOST_TEST(outbox.empty());
}

BOOST_AUTO_TEST_CASE(at_most_sixteen_are_handed_over_at_a_time) {
  outbox.start();
  for (int i = 0; i < 40; ++i) add(std::to_string(i));
  BOOST_TEST(connection.publishes.size() == 16u);
  connection.answer_publish(3, FakeConnection::accepted());
  BOOST_TEST(connection.publishes.size() == 17u);
  BOOST_TEST(connection.publishes[16].publication.payload == "16");
  while (!outbox.empty()) connection.accept_all();
  BOOST_TEST(connection.publishes.size() == 40u);
}

BOOST_AUTO_TEST_CASE(what_a_lost_line_left_unanswered_goes_out_first_and_in_order) {
  outbox.start();
  for (const char* payload : {"a", "b", "c", "d"}) add(payload);
  connection.answer_publish(1, FakeConnection::accepted());
  connection.lose();
  outbox.stop(true);
  add("e");
  BOOST_TEST(connection.publishes.size() == 4u);
  outbox.start();
  BOOST_TEST(sent_from(4) == (Texts{"a", "c", "d", "e"}), boost::test_tools::per_element());
  BOOST_TEST(outcomes == Texts{"b accepted"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_lost_answer_alone_stops_the_sending) {
  outbox.start();
  for (int i = 0; i < 20; ++i) add(std::to_string(i));
  connection.lose();
  BOOST_TEST(connection.publishes.size() == 16u);
  outbox.start();
  BOOST_TEST(connection.publishes.size() == 32u);
  BOOST_TEST(connection.publishes[16].publication.payload == "0");
}

BOOST_AUTO_TEST_CASE(an_answer_of_an_earlier_round_is_not_ours_any_more) {
  outbox.start();
  add("a");
  outbox.stop(true);
  outbox.start();
  connection.answer_publish(0, FakeConnection::refused(0x87, "not authorized"));
  BOOST_TEST(outcomes.empty());
  connection.answer_publish(1, FakeConnection::accepted());
  BOOST_TEST(outcomes == Texts{"a accepted"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_answer_that_comes_after_stop_counts) {
  outbox.start();
  add("a");
  outbox.stop(true);
  connection.answer_publish(0, FakeConnection::accepted());
  BOOST_TEST(outbox.empty());
}

BOOST_AUTO_TEST_CASE(a_refusal_is_told_and_not_sent_again) {
  outbox.start();
  add("a");
  add("b");
  connection.answer_publish(0, FakeConnection::refused(0x87, "not authorized"));
  connection.lose();
  outbox.start();
  BOOST_TEST(sent_from(2) == Texts{"b"}, boost::test_tools::per_element());
  BOOST_TEST(outcomes == Texts{"a refused"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_message_at_which_the_line_breaks_goes_alone_and_is_then_refused) {
  add("too long for it");
  add("fine");
  for (int loss = 1; loss <= 4; ++loss) {
    const auto before = connection.publishes.size();
    outbox.start();
    BOOST_TEST(outcomes.empty());
    BOOST_TEST(sent_from(before).size() == (loss <= 2 ? 2u : 1u));
    connection.lose();
    outbox.stop(true);
  }
  const auto before = connection.publishes.size();
  outbox.start();
  BOOST_TEST(outcomes == Texts{"too long f refused"}, boost::test_tools::per_element());
  BOOST_TEST(sent_from(before) == Texts{"fine"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(messages_that_met_two_losses_go_one_by_one_and_all_arrive) {
  for (int i = 0; i < 3; ++i) add(std::to_string(i));
  for (int loss = 0; loss < 2; ++loss) {
    outbox.start();
    connection.lose();
  }
  const auto before = connection.publishes.size();
  outbox.start();
  for (std::size_t i = 0; i < 3; ++i) {
    BOOST_TEST(connection.publishes.size() == before + i + 1);
    connection.answer_publish(before + i, FakeConnection::accepted());
  }
  BOOST_TEST(outbox.empty());
}

BOOST_AUTO_TEST_CASE(an_orderly_stop_counts_against_nobody) {
  add("a");
  for (int i = 0; i < 8; ++i) {
    outbox.start();
    outbox.stop(false);
  }
  outbox.start();
  BOOST_TEST(outcomes.empty());
  connection.answer_publish(connection.publishes.size() - 1, FakeConnection::accepted());
  BOOST_TEST(outcomes == Texts{"a accepted"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(it_is_full_at_256_messages_and_tells_when_it_is_not) {
  int rooms = 0;
  int drains = 0;
  const auto room = outbox.room.connect([&] { ++rooms; });
  const auto drained = outbox.drained.connect([&] { ++drains; });
  for (int i = 0; i < 255; ++i) add("x");
  BOOST_TEST(!outbox.full());
  add("x");
  BOOST_TEST(outbox.full());
  outbox.start();
  connection.answer_publish(0, FakeConnection::accepted());
  BOOST_TEST(!outbox.full());
  BOOST_TEST(rooms == 1);
  while (!outbox.empty()) connection.accept_all();
  BOOST_TEST(rooms == 1);
  BOOST_TEST(drains == 1);
}

BOOST_AUTO_TEST_CASE(it_is_full_at_a_mebibyte) {
  add(std::string((1 << 20) - 1, 'x'));
  BOOST_TEST(!outbox.full());
  add("y");
  BOOST_TEST(outbox.full());
}

BOOST_AUTO_TEST_CASE(it_counts_what_is_handed_over_and_unanswered) {
  add("a", 2);
  add("b", 1);
  BOOST_TEST(outbox.unanswered() == 0u);
  outbox.start();
  BOOST_TEST(outbox.unanswered() == 2u);
  connection.answer_publish(0, FakeConnection::accepted());
  BOOST_TEST(outbox.unanswered() == 1u);
  connection.lose();
  BOOST_TEST(outbox.unanswered() == 0u);
}

BOOST_AUTO_TEST_CASE(discarded_messages_come_as_lost_and_late_answers_are_ignored) {
  int drains = 0;
  const auto drained = outbox.drained.connect([&] { ++drains; });
  outbox.start();
  add("a");
  add("b");
  outbox.discard_all();
  BOOST_TEST(outcomes == (Texts{"a lost", "b lost"}), boost::test_tools::per_element());
  BOOST_TEST(outbox.empty());
  BOOST_TEST(drains == 1);
  add("c");
  connection.answer_publish(0, FakeConnection::accepted());
  BOOST_TEST(outbox.size() == 1u);
  BOOST_TEST(outcomes.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_completion_may_add_and_may_destroy) {
  auto own = std::make_unique<Outbox>(connection);
  own->start();
  own->add(text("a"), [&](const Outcome&) { own->add(text("b"), nullptr); });
  own->add(text("c"), [&](const Outcome&) { own.reset(); });
  connection.answer_publish(0, FakeConnection::accepted());
  BOOST_TEST(sent_from(0) == (Texts{"a", "c", "b"}), boost::test_tools::per_element());
  connection.answer_publish(1, FakeConnection::accepted());
  BOOST_TEST(!own);
  connection.answer_publish(2, FakeConnection::accepted());
}

BOOST_AUTO_TEST_CASE(what_waits_can_be_taken_back_and_is_not_heard_of_again) {
  add("a");
  const auto ticket = outbox.add(text("b"), [&](const Outcome&) { outcomes.push_back("b"); });
  add("c");
  int drained = 0;
  const auto listening = outbox.drained.connect([&] { ++drained; });
  BOOST_TEST(outbox.take_back(ticket));
  BOOST_TEST(!outbox.take_back(ticket));
  outbox.start();
  BOOST_TEST(sent_from(0) == (Texts{"a", "c"}), boost::test_tools::per_element());
  BOOST_TEST(drained == 0);
  connection.accept_all();
  BOOST_TEST(outcomes == (Texts{"a accepted", "c accepted"}), boost::test_tools::per_element());
  BOOST_TEST(drained == 1);
}

BOOST_AUTO_TEST_CASE(what_is_on_its_way_cannot_be_taken_back_until_the_line_is_lost) {
  outbox.start();
  const auto ticket = outbox.add(text("a"), {});
  BOOST_TEST(!outbox.take_back(ticket));
  outbox.stop(true);
  int drained = 0;
  const auto listening = outbox.drained.connect([&] { ++drained; });
  BOOST_TEST(outbox.take_back(ticket));
  BOOST_TEST(drained == 1);
  outbox.start();
  BOOST_TEST(connection.publishes.size() == 1u);
}

BOOST_AUTO_TEST_CASE(taking_back_makes_room) {
  const auto ticket = outbox.add(text(std::string(1 << 20, 'x')), {});
  int room = 0;
  const auto listening = outbox.room.connect([&] { ++room; });
  BOOST_TEST(outbox.full());
  BOOST_TEST(outbox.take_back(ticket));
  BOOST_TEST(!outbox.full());
  BOOST_TEST(room == 1);
}

BOOST_AUTO_TEST_CASE(silence_is_what_follows_a_message_without_an_answer) {
  using Clock = std::chrono::steady_clock;
  const auto zero = Clock::duration::zero();
  add("a");
  BOOST_TEST((outbox.silence() == zero));  // not handed over yet
  const auto before = Clock::now();
  outbox.start();
  add("b");
  while (Clock::now() == before) {
  }
  BOOST_TEST((outbox.silence() > zero && outbox.silence() <= Clock::now() - before));
  connection.accept_all();
  BOOST_TEST((outbox.silence() == zero));
  add("c");
  outbox.stop(true);
  BOOST_TEST((outbox.silence() == zero));
}

BOOST_AUTO_TEST_SUITE_END()

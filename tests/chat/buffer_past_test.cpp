// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/buffer.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/buffer_lines.h"

using namespace gnatter;
using namespace gnatter::chat;
using namespace std::chrono_literals;
using gnatter::testing::message;
using gnatter::testing::names;
using gnatter::testing::noon;
using gnatter::testing::numbers_before;
using gnatter::testing::prepend;
using gnatter::testing::texts;
using gnatter::testing::Texts;

BOOST_AUTO_TEST_SUITE(buffer_past)

BOOST_AUTO_TEST_CASE(lines_of_the_past_come_in_front_and_no_number_changes) {
  Buffer buffer(BufferKind::group, "dev");
  const LineNumber first = buffer.append(message("carol", "first")),
                   last = buffer.append(message("dan", "last"));
  BOOST_TEST(prepend(buffer, {"c", "d"}) == 2u);
  BOOST_TEST(prepend(buffer, {"a", "b"}) == 2u);
  BOOST_TEST(texts(buffer) == (Texts{"a", "b", "c", "d", "first", "last"}), boost::test_tools::per_element());
  BOOST_TEST(buffer.line(first)->text == "first");
  BOOST_TEST(buffer.line(last)->text == "last");
  BOOST_TEST(buffer.first_appended() == first);
  for (LineNumber i = buffer.first(); i < buffer.end(); ++i) {
    BOOST_TEST(buffer.line(i)->number == i);
    BOOST_TEST(buffer.line(i)->past == (i < first));
  }
  BOOST_TEST(!buffer.line(buffer.first() - 1));
}

BOOST_AUTO_TEST_CASE(a_line_of_the_past_has_neither_state_nor_id) {
  Buffer buffer(BufferKind::group, "dev");
  Line line = message("bob", "old");
  line.kind = LineKind::action;
  line.state = SendState::pending;
  line.id = protocol::Ulid::parse("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  buffer.prepend({&line, 1});
  const Line past = *buffer.line(buffer.first());
  BOOST_TEST((past.kind == LineKind::action && past.time == noon && past.sender == "bob"));
  BOOST_TEST((past.state == SendState::none && !past.id));
  int changed = 0;
  const auto listening = buffer.changed.connect([&](const Line&) { ++changed; });
  buffer.set_state(past.number, SendState::sent);
  buffer.rewrite(past.number, "new");
  BOOST_TEST(changed == 0);
  BOOST_TEST(texts(buffer) == Texts{"old"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_past_is_told_as_such_and_not_as_appended) {
  Buffer buffer(BufferKind::group, "dev");
  int appended = 0, prepended = 0;
  const auto listening = buffer.appended.connect([&](const Line&) { ++appended; });
  const auto to_past = buffer.prepended.connect([&] { ++prepended; });
  prepend(buffer, {"a", "b"});
  BOOST_TEST(buffer.prepend({}) == 0u);
  BOOST_TEST(appended == 0);
  BOOST_TEST(prepended == 1);
}

BOOST_AUTO_TEST_CASE(sixty_thousand_lines_of_the_past_come_back_as_they_went_in) {
  Buffer buffer(BufferKind::group, "dev");
  buffer.append(message("bob", "60000"));
  for (int from = 60'000; from > 0; from -= 500)
    BOOST_TEST(prepend(buffer, numbers_before(from, 500)) == 500u);
  BOOST_TEST(buffer.end() - buffer.first() == 60'001);
  for (LineNumber i = 0; i <= 60'000; ++i)
    if (buffer.line(buffer.first() + i)->text != std::to_string(i)) BOOST_ERROR("wrong line " << i);
}

BOOST_AUTO_TEST_CASE(of_the_past_the_latest_lines_are_taken_as_long_as_there_is_room) {
  Buffer few(BufferKind::group, "dev", {.past_lines = 5});
  BOOST_TEST(prepend(few, {"e", "f", "g"}) == 3u);
  BOOST_TEST(prepend(few, {"a", "b", "c", "d"}) == 2u);
  BOOST_TEST(prepend(few, {"b"}) == 0u);
  BOOST_TEST(texts(few) == (Texts{"c", "d", "e", "f", "g"}), boost::test_tools::per_element());
  Buffer small(BufferKind::group, "dev", {.past_bytes = 1000});
  BOOST_TEST(prepend(small, {"a", std::string(2000, 'x'), std::string(400, 'y'), "z"}) == 2u);
  BOOST_TEST(prepend(small, {std::string(900, 'x')}) == 0u);
  BOOST_TEST(texts(small) == (Texts{std::string(400, 'y'), "z"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_past_costs_no_line_that_was_appended) {
  Buffer buffer(BufferKind::group, "dev", {.lines = 1000, .bytes = 100'000});
  for (int i = 0; i < 1000; ++i) buffer.append(message("bob", "live"));
  const LineNumber first = buffer.first();
  for (int i = 0; i < 100; ++i) prepend(buffer, Texts(100, std::string(1000, 'x')));
  BOOST_TEST(buffer.first_appended() == first);
  BOOST_TEST(buffer.first() == first - 10'000);
}

BOOST_AUTO_TEST_CASE(before_an_appended_line_goes_all_of_the_past_has_gone) {
  Buffer buffer(BufferKind::group, "dev", {.lines = 1000});
  LineNumber number = 0;
  for (int round = 0; round < 2; ++round) {
    prepend(buffer, numbers_before(static_cast<int>(buffer.first()), 700));
    const LineNumber first = buffer.first_appended();
    while (buffer.first_appended() == first) {
      BOOST_TEST(buffer.first() == first - 700);
      buffer.append(message("bob", std::to_string(number++)));
    }
    BOOST_TEST(buffer.first() == buffer.first_appended());
    BOOST_TEST(!buffer.line(buffer.first())->past);
    BOOST_TEST(buffer.line(buffer.first())->text == std::to_string(buffer.first()));
  }
  BOOST_TEST(prepend(buffer, numbers_before(static_cast<int>(buffer.first()), 700)) == 700u);
  for (LineNumber i = buffer.first(); i < buffer.end(); ++i)
    if (buffer.line(i)->text != std::to_string(i)) BOOST_ERROR("wrong line " << i);
}

BOOST_AUTO_TEST_CASE(a_line_that_has_gone_is_not_taken_for_one_of_the_past) {
  Buffer buffer(BufferKind::group, "dev", {.lines = 10});
  const LineNumber rule = buffer.print(LineKind::rule, "off since 10:52");
  while (buffer.first() == 0) buffer.append(message("bob", "x"));
  BOOST_REQUIRE(prepend(buffer, Texts(static_cast<std::size_t>(buffer.first()), "past")) > 0u);
  BOOST_REQUIRE(buffer.line(rule)->text == "past");
  buffer.rewrite(rule, "off 10:52 to 10:54");
  buffer.set_state(rule, SendState::sent);
  BOOST_TEST(buffer.line(rule)->text == "past");
  BOOST_TEST((buffer.line(rule)->state == SendState::none));
}

BOOST_AUTO_TEST_CASE(who_spoke_lately_in_the_past_stands_behind_the_others) {
  Buffer buffer(BufferKind::group, "dev");
  const base::Time now = base::now();
  buffer.append(message("dan", "now"));
  std::vector<Line> lines;
  for (const auto& [name, age] : {std::pair{"frank", 24h * 8},
                                  {"eve", 24h * 6},
                                  {"bob", 24h},
                                  {"dan", 24h},
                                  {"carol", 1h},
                                  {"bob", 2h},
                                  {"", 1h}}) {
    lines.push_back(message(name, "x"));
    lines.back().time = now - age;
  }
  buffer.prepend(lines);
  BOOST_TEST(names(buffer) == (Texts{"dan", "bob", "carol", "eve"}), boost::test_tools::per_element());
  BOOST_TEST((buffer.speakers()[1].last == now - 2h));
  buffer.append(message("eve", "here again"));
  BOOST_TEST(names(buffer) == (Texts{"eve", "dan", "bob", "carol"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_past_does_not_push_speakers_out) {
  Buffer buffer(BufferKind::group, "dev");
  for (int i = 0; i < 499; ++i) buffer.append(message("user" + std::to_string(i), "x"));
  std::vector<Line> lines{message("old", "x"), message("older", "x")};
  for (Line& line : lines) line.time = base::now();
  buffer.prepend(lines);
  BOOST_TEST(buffer.speakers().size() == 500u);
  BOOST_TEST(buffer.speakers().back().name == "older");
  BOOST_TEST(buffer.speakers()[498].name == "user0");
}

BOOST_AUTO_TEST_CASE(the_past_in_front_of_cleared_lines_is_out_of_sight_too) {
  Buffer buffer(BufferKind::group, "dev");
  prepend(buffer, {"c", "d"});
  BOOST_TEST(buffer.hidden_before() == buffer.first());
  buffer.hide_before(buffer.end());
  prepend(buffer, {"a", "b"});
  BOOST_TEST(buffer.hidden_before() == buffer.end());
}

BOOST_AUTO_TEST_SUITE_END()

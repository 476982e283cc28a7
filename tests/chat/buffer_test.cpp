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
using gnatter::testing::Texts;

BOOST_AUTO_TEST_SUITE(buffer)

BOOST_AUTO_TEST_CASE(an_empty_window_has_no_lines) {
  const Buffer buffer(BufferKind::group, "dev");
  BOOST_TEST(buffer.first() == 0u);
  BOOST_TEST(buffer.end() == 0u);
  BOOST_TEST(!buffer.line(0));
  BOOST_TEST(buffer.speakers().empty());
}

BOOST_AUTO_TEST_CASE(a_window_is_written_as_its_target_is) {
  BOOST_TEST(Buffer(BufferKind::group, "dev").shown_name() == "#dev");
  BOOST_TEST(Buffer(BufferKind::direct, "bob").shown_name() == "bob");
}

BOOST_AUTO_TEST_CASE(a_line_comes_back_with_everything_it_had) {
  Buffer buffer(BufferKind::group, "dev");
  Line line = message("bob", "hello");
  line.number = 77;  // is given by the buffer
  line.kind = LineKind::action;
  line.state = SendState::pending;
  line.id = protocol::Ulid::parse("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  BOOST_TEST(buffer.append(message("carol", "")) == 0u);
  BOOST_TEST(buffer.append(line) == 1u);
  const auto back = buffer.line(1);
  BOOST_REQUIRE(back.has_value());
  BOOST_TEST(back->number == 1u);
  BOOST_TEST((back->time == noon && back->kind == LineKind::action && back->state == SendState::pending));
  BOOST_TEST(back->sender == "bob");
  BOOST_TEST(back->text == "hello");
  BOOST_TEST((back->id == line.id));
  BOOST_TEST(buffer.line(0)->text.empty());
  BOOST_TEST(!buffer.line(0)->id);
  BOOST_TEST(!buffer.line(2));
}

BOOST_AUTO_TEST_CASE(lines_of_many_chunks_come_back_as_they_went_in) {
  Buffer buffer(BufferKind::group, "dev");
  const auto text = [](LineNumber i) {
    return std::to_string(i) + std::string(static_cast<std::size_t>(i % 300), 'x');
  };
  const auto sender = [](LineNumber i) { return "user" + std::to_string(i % 7); };
  for (LineNumber i = 0; i < 3000; ++i) buffer.append(message(sender(i), text(i)));
  BOOST_TEST(buffer.first() == 0u);
  BOOST_TEST(buffer.end() == 3000u);
  for (LineNumber i = 0; i < 3000; ++i) {
    const auto line = buffer.line(i);
    if (!line || line->sender != sender(i) || line->text != text(i) || line->number != i)
      BOOST_ERROR("wrong line " << i);
  }
}

BOOST_AUTO_TEST_CASE(the_oldest_lines_go_when_there_are_too_many) {
  Buffer buffer(BufferKind::group, "dev", {.lines = 1000});
  for (LineNumber i = 0; i < 20'000; ++i) buffer.append(message("bob", std::to_string(i)));
  const auto kept = buffer.end() - buffer.first();
  BOOST_TEST(kept >= 1000u);
  BOOST_TEST(kept < 4000u);  // the limit and no more than two chunks beyond it
  BOOST_TEST(!buffer.line(buffer.first() - 1));
  BOOST_TEST(!buffer.line(0));
  BOOST_TEST(buffer.line(buffer.first())->text == std::to_string(buffer.first()));
  BOOST_TEST(buffer.line(buffer.first())->sender == "bob");
  BOOST_TEST(buffer.line(19'999)->text == "19999");
}

BOOST_AUTO_TEST_CASE(the_oldest_lines_go_when_they_take_too_much_room) {
  Buffer buffer(BufferKind::group, "dev", {.lines = 1'000'000, .bytes = 1 << 20});
  const std::string text(1000, 'x');
  for (int i = 0; i < 5000; ++i) buffer.append(message("bob", text));
  const auto kept = buffer.end() - buffer.first();
  BOOST_TEST(kept > 900u);
  BOOST_TEST(kept < 1300u);
}

BOOST_AUTO_TEST_CASE(a_line_longer_than_a_chunk_is_kept_whole) {
  Buffer buffer(BufferKind::group, "dev");
  const std::string huge(300'000, 'h');
  buffer.append(message("bob", "before"));
  buffer.append(message("bob", huge));
  buffer.append(message("bob", "after"));
  BOOST_TEST(buffer.line(0)->text == "before");
  BOOST_TEST((buffer.line(1)->text == huge));
  BOOST_TEST(buffer.line(1)->sender == "bob");
  BOOST_TEST(buffer.line(2)->text == "after");
  Buffer first(BufferKind::group, "dev");
  first.append(message("bob", huge));
  BOOST_TEST((first.line(0)->text == huge));
}

BOOST_AUTO_TEST_CASE(huge_lines_do_not_pile_up) {
  Buffer buffer(BufferKind::group, "dev", {.lines = 4096, .bytes = 1 << 20});
  const std::string huge(256 << 10, 'h');
  for (int i = 0; i < 50; ++i) buffer.append(message("bob", huge));
  BOOST_TEST(buffer.end() - buffer.first() <= 6u);
  BOOST_TEST((buffer.line(49)->text == huge));
}

BOOST_AUTO_TEST_CASE(a_state_changes_in_place_and_is_told) {
  Buffer buffer(BufferKind::group, "dev");
  Line line = message("alice", "hello");
  line.state = SendState::pending;
  const LineNumber number = buffer.append(line);
  buffer.append(message("bob", "hi"));
  std::vector<std::string> told;
  const auto listening = buffer.changed.connect([&](const Line& changed) {
    told.push_back(std::to_string(changed.number) + ' ' + std::string(changed.text) +
                   (changed.state == SendState::sent ? " sent" : ""));
  });
  buffer.set_state(number, SendState::sent);
  BOOST_TEST((buffer.line(number)->state == SendState::sent));
  BOOST_TEST(buffer.line(number)->text == "hello");
  BOOST_TEST((buffer.line(1)->state == SendState::none));
  BOOST_TEST(told == Texts{"0 hello sent"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_state_of_a_line_that_has_gone_is_nobodys) {
  Buffer buffer(BufferKind::group, "dev", {.lines = 10});
  int told = 0;
  const auto listening = buffer.changed.connect([&](const Line&) { ++told; });
  buffer.set_state(0, SendState::sent);
  for (int i = 0; i < 5000; ++i) buffer.append(message("bob", "hello"));
  buffer.set_state(0, SendState::sent);
  buffer.set_state(5000, SendState::sent);
  BOOST_TEST(told == 0);
}

BOOST_AUTO_TEST_CASE(an_appended_line_is_told_whole) {
  Buffer buffer(BufferKind::direct, "bob");
  Texts told;
  const auto listening = buffer.appended.connect([&](const Line& line) {
    told.push_back(std::to_string(line.number) + ' ' + std::string(line.sender) + ' ' +
                   std::string(line.text));
  });
  buffer.append(message("bob", "one"));
  buffer.append(message("bob", "two"));
  BOOST_TEST(told == (Texts{"0 bob one", "1 bob two"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(speakers_stand_with_the_latest_first) {
  Buffer buffer(BufferKind::group, "dev");
  for (const char* name : {"bob", "carol", "bob", "dan", "carol"}) buffer.append(message(name, "x"));
  buffer.append(message("", "a sentence of the client's"));
  BOOST_TEST(names(buffer) == (Texts{"carol", "dan", "bob"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_queued_line_does_not_make_a_speaker_older) {
  Buffer buffer(BufferKind::group, "dev");
  buffer.append(message("bob", "now"));
  Line late = message("bob", "sent an hour ago");
  late.time = noon - 1h;
  buffer.append(late);
  BOOST_TEST((buffer.speakers().front().last == noon));
}

BOOST_AUTO_TEST_CASE(five_hundred_speakers_are_kept) {
  Buffer buffer(BufferKind::group, "dev");
  for (int i = 0; i < 600; ++i) buffer.append(message("user" + std::to_string(i), "x"));
  BOOST_TEST(buffer.speakers().size() == 500u);
  BOOST_TEST(buffer.speakers().front().name == "user599");
  BOOST_TEST(buffer.speakers().back().name == "user100");
}

BOOST_AUTO_TEST_CASE(a_sentence_is_rewritten_in_its_place) {
  Buffer buffer(BufferKind::group, "dev");
  buffer.append(message("bob", "before"));
  const LineNumber rule = buffer.print(LineKind::rule, "off since 10:52");
  buffer.append(message("bob", "after"));
  Texts changed;
  const auto listening = buffer.changed.connect([&](const Line& line) { changed.emplace_back(line.text); });
  buffer.rewrite(rule, "off 10:52 to 10:54\x1b");
  BOOST_TEST(buffer.line(rule)->text == "off 10:52 to 10:54\xe2\x90\x9b");
  BOOST_TEST((buffer.line(rule)->kind == LineKind::rule));
  BOOST_TEST(buffer.line(rule + 1)->text == "after");
  BOOST_TEST(changed == (Texts{"off 10:52 to 10:54\xe2\x90\x9b"}), boost::test_tools::per_element());
  buffer.rewrite(99, "nothing");
  BOOST_TEST(changed.size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_was_rewritten_goes_with_its_chunk) {
  Buffer buffer(BufferKind::group, "dev", {.lines = 10, .bytes = 1 << 20});
  const LineNumber rule = buffer.print(LineKind::rule, "off since 10:52");
  buffer.rewrite(rule, "off 10:52 to 10:54");
  while (buffer.first() == 0) buffer.append(message("bob", std::string(10'000, 'x')));
  BOOST_TEST(!buffer.line(rule));
  buffer.rewrite(rule, "nobody sees this");
  BOOST_TEST(buffer.line(buffer.first())->text == std::string(10'000, 'x'));
}

BOOST_AUTO_TEST_CASE(cleared_lines_are_out_of_sight_and_stay) {
  Buffer buffer(BufferKind::group, "dev");
  for (int i = 0; i < 3; ++i) buffer.append(message("bob", "x"));
  int cleared = 0;
  const auto listening = buffer.cleared.connect([&] { ++cleared; });
  BOOST_TEST(buffer.hidden_before() == 0u);
  buffer.hide_before(2);
  BOOST_TEST(buffer.hidden_before() == 2u);
  BOOST_TEST(buffer.line(0).has_value());
  buffer.hide_before(99);
  BOOST_TEST(buffer.hidden_before() == 3u);
  BOOST_TEST(cleared == 2);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/backlog.h"

#include <boost/test/unit_test.hpp>
#include <limits>
#include <string>
#include <vector>

#include "support/chat_fixture.h"

using namespace gnatter;
using namespace gnatter::chat;
using gnatter::testing::ChatFixture;
using PastLine = Backlog::PastLine;
using Request = Backlog::Request;
using Texts = std::vector<std::string>;

namespace {

const base::Time noon = base::parse_utc_rfc3339("2026-11-21T12:00:00.000Z").value();

PastLine past(std::string text, LineKind kind = LineKind::message) {
  return {noon, kind, kind == LineKind::presence ? "" : "bob", std::move(text)};
}

/// What was asked for: "dev 500", "dev 500 before bob: hello".
std::string described(const Request& request) {
  std::string text = request.window.name() + ' ' + std::to_string(request.most);
  if (request.before) text += " before " + request.before->sender + ": " + request.before->text;
  return text;
}

struct Fixture : ChatFixture {
  /// A source that always gives the same lines and notes what it is asked.
  Subscription add(std::vector<PastLine> lines) {
    return backlog.add_source([this, lines = std::move(lines)](const Request& request) {
      asked.push_back(described(request));
      return lines;
    });
  }

  Backlog backlog;
  Buffer dev{BufferKind::group, "dev"};
  Texts asked;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(backlog, Fixture)

BOOST_AUTO_TEST_CASE(without_a_source_there_is_no_past) {
  BOOST_TEST(!backlog.load(network, dev));
  BOOST_TEST(dev.first() == dev.end());
}

BOOST_AUTO_TEST_CASE(an_empty_window_gets_the_last_lines) {
  const auto source = add({past("one"), past("waves", LineKind::action), past("away", LineKind::notice),
                           past("bob is here", LineKind::presence)});
  BOOST_TEST(backlog.load(network, dev, 20));
  BOOST_TEST(asked == Texts{"dev 20"}, boost::test_tools::per_element());
  BOOST_TEST(lines(&dev) == (Texts{"bob: one", "* bob waves", "-bob- away", "presence: bob is here"}),
             boost::test_tools::per_element());
  BOOST_TEST((dev.line(dev.first())->past && dev.line(dev.first())->time == noon));
}

BOOST_AUTO_TEST_CASE(asked_is_for_what_was_before_the_oldest_line_of_conversation) {
  const auto source = add({past("one")});
  dev.print(LineKind::info, "#dev is open.");
  dev.print(LineKind::rule, "off since 10:52");
  dev.print(LineKind::error, "Trouble.");
  backlog.load(network, dev);
  backlog.load(network, dev);
  Buffer ops(BufferKind::group, "ops");
  ops.print(LineKind::presence, "bob is here");
  backlog.load(network, ops);
  BOOST_TEST(asked == (Texts{"dev 500", "dev 500 before bob: one", "ops 500 before : bob is here"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_latest_source_that_has_anything_is_the_one_that_is_asked) {
  const auto oldest = add({past("of the oldest")});
  auto middle = add({past("of the middle one")});
  const auto latest = add({});
  BOOST_TEST(backlog.load(network, dev));
  BOOST_TEST(asked.size() == 2u);
  middle.reset();
  BOOST_TEST(backlog.load(network, dev));
  BOOST_TEST(said(&dev) == (Texts{"bob: of the oldest", "bob: of the middle one"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_source_that_has_ended_is_not_asked) {
  auto source = add({past("one")});
  source.reset();
  BOOST_TEST(!backlog.load(network, dev));
  BOOST_TEST(asked.empty());
}

BOOST_AUTO_TEST_CASE(a_source_may_end_itself_and_others_when_it_is_asked) {
  auto other = add({past("of the other")});
  Subscription self;
  self = backlog.add_source([&](const Request&) {
    self.reset();
    other.reset();
    return std::vector<PastLine>();
  });
  BOOST_TEST(!backlog.load(network, dev));
  BOOST_TEST(asked.empty());
}

BOOST_AUTO_TEST_CASE(the_end_of_a_source_may_come_after_everything_else) {
  Subscription source;
  {
    Backlog gone;
    source = gone.add_source([](const Request&) { return std::vector<PastLine>(); });
  }
  source.reset();
}

BOOST_AUTO_TEST_CASE(what_a_source_gives_is_made_safe) {
  PastLine line = past("a\x1b[2Jb\nc\xff");
  line.sender = "b\x1b]0;o\nb\tx";
  PastLine with_sender = past("bob is here", LineKind::presence);
  with_sender.sender = "bob";
  PastLine endless = past(std::string(3 << 20, 'x'));
  endless.sender = std::string(1000, 'y');
  const auto source = add({line, with_sender, endless});
  BOOST_REQUIRE(backlog.load(network, dev));
  const auto first = *dev.line(dev.first());
  BOOST_TEST(first.text == "a␛[2Jb\nc\uFFFD");
  BOOST_TEST(first.sender == "b␛]0;o b x");
  BOOST_TEST(dev.line(dev.first() + 1)->sender.empty());
  BOOST_TEST(dev.line(dev.first() + 2)->text.size() == std::size_t{1} << 20);
  BOOST_TEST(dev.line(dev.first() + 2)->sender.size() < 255u);
}

BOOST_AUTO_TEST_CASE(what_is_no_conversation_or_of_no_year_is_left_out) {
  PastLine ancient = past("ancient"), never = past("never");
  ancient.time = base::Time(std::chrono::milliseconds(-1));
  never.time = base::Time(std::chrono::milliseconds(std::numeric_limits<std::int64_t>::max()));
  const auto source = add({ancient, past("one"), past("x", LineKind::info), past("x", LineKind::error),
                           past("x", LineKind::rule), never});
  BOOST_TEST(backlog.load(network, dev));
  BOOST_TEST(lines(&dev) == (Texts{"bob: one", "error: x"}), boost::test_tools::per_element());
  const auto nothing = add({past("x", LineKind::info), ancient});
  BOOST_TEST(backlog.load(network, dev));  // of the source before
  BOOST_TEST(dev.end() - dev.first() == 4);
}

BOOST_AUTO_TEST_CASE(no_more_than_was_asked_for_is_taken) {
  const auto source = add({past("one"), past("two"), past("three")});
  BOOST_TEST(!backlog.load(network, dev, 0));
  BOOST_TEST(backlog.load(network, dev, 2));
  BOOST_TEST(said(&dev) == (Texts{"bob: two", "bob: three"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_window_that_is_full_gets_nothing) {
  Buffer small(BufferKind::group, "dev", {.past_lines = 2});
  const auto source = add({past("one"), past("two")});
  BOOST_TEST(backlog.load(network, small));
  BOOST_TEST(!backlog.load(network, small));
  BOOST_TEST(small.end() - small.first() == 2);
}

BOOST_AUTO_TEST_CASE(a_new_source_is_told) {
  int told = 0;
  const auto listening = backlog.source_added.connect([&] { ++told; });
  const auto source = add({});
  BOOST_TEST(told == 1);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
// Windows and the lines that a log has for them.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "support/screen_fixture.h"
#include "ui/screen.h"

using namespace gnatter;
using chat::Backlog;
using testing::ScreenFixture;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view page_up = "\x1b[5~", page_down = "\x1b[6~", row_up = "\x1b[5;3~",
                           oldest = "\x1b[1;3H", newest = "\x1b[1;3F";

/// A log of each window: lines "past 1" to "past `kept`" of bob's, of which it gives what it is asked for.
struct Fixture : ScreenFixture {
  Fixture() { connect(); }

  void keep(int count) {
    kept = count;
    source = client.backlog.add_source([this](const Backlog::Request& request) { return give(request); });
    settle();
  }
  std::vector<Backlog::PastLine> give(const Backlog::Request& request) {
    ++asked;
    std::vector<Backlog::PastLine> lines;
    int end = kept + 1;
    if (request.before && request.before->text.starts_with("past "))
      end = std::stoi(request.before->text.substr(5));
    for (int i = std::max(1, end - static_cast<int>(request.most)); i < end; ++i)
      lines.push_back({base::now() - 24h, chat::LineKind::message, "bob", "past " + std::to_string(i)});
    return lines;
  }
  void join() {
    enter("/join #dev");
    accept_subscribes();
    settle();
  }
  void say(const std::string& text) { receive("/chat/group/dev/message/carol", text); }
  /// The number of the uppermost line of the log that is in view.
  int topmost() const {
    const std::string picture = terminal.picture();
    const auto at = picture.find("past ");
    return at == picture.npos ? 0 : std::stoi(picture.substr(at + 5));
  }
  chat::LineNumber lines_of_the_past() {
    const chat::Buffer& dev = *group("dev");
    return dev.first_appended() - dev.first();
  }

  int kept = 0, asked = 0;
  Subscription source;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(screen_past, Fixture)

BOOST_AUTO_TEST_CASE(a_window_opens_with_its_last_lines) {
  keep(1200);
  join();
  BOOST_TEST(lines_of_the_past() == 500);
  BOOST_TEST(terminal.shows("│ past 1200"));
}

BOOST_AUTO_TEST_CASE(a_window_that_a_message_opens_has_its_past_in_front) {
  keep(3);
  receive("/chat/user/alice/message/bob", "ping");
  const auto all = said(direct("bob"));
  BOOST_TEST(all == (std::vector<std::string>{"bob: past 1", "bob: past 2", "bob: past 3", "bob: ping"}),
             boost::test_tools::per_element());
  settle();
  BOOST_TEST(status().find("Alt-A  2 bob 1!") != std::string::npos);  // of the log nothing is new
}

BOOST_AUTO_TEST_CASE(the_log_stands_under_its_rule_and_apart_from_what_came) {
  keep(3);
  for (const auto& [size, text] : {std::pair{ui::Size{120, 40}, "bob │ past 1"},
                                   {{80, 24}, "bob │ past 1"},
                                   {{50, 20}, "bob: past 1"}}) {
    terminal.resize(size);
    if (group("dev")) enter("/close");
    join();
    say("hello");
    BOOST_TEST(comes_to_show("hello"));
    const std::string picture = terminal.picture();
    const auto rule = picture.find("── from the log, "), first = picture.find(text),
               last = picture.find("past 3"), live = picture.find("hello");
    BOOST_TEST((rule < first && first < last && last < live), picture);
    BOOST_TEST(picture.substr(last, live - last).find("── ") != std::string::npos, picture);
  }
}

BOOST_AUTO_TEST_CASE(a_networks_own_window_has_no_log) {
  keep(3);
  type(page_up);
  BOOST_TEST(asked == 0);
}

BOOST_AUTO_TEST_CASE(page_up_goes_on_into_older_lines_and_leaves_none_out) {
  keep(1200);
  join();
  say("hello");
  settle();
  int top = topmost();
  BOOST_REQUIRE(top > 1100);
  for (int pages = 0; top > 1 && pages < 200; ++pages) {
    type(page_up);
    const int now = topmost();
    BOOST_REQUIRE(now < top);
    for (const int line : {now, top}) BOOST_REQUIRE(terminal.shows("past " + std::to_string(line)));
    top = now;
  }
  BOOST_TEST(top == 1);
  BOOST_TEST(lines_of_the_past() == 1200);
  BOOST_TEST(asked == 3 + 1);  // the last asked in vain
  type(newest);
  BOOST_TEST(terminal.shows("carol │ hello"));
}

BOOST_AUTO_TEST_CASE(a_row_up_at_the_oldest_one_is_a_row) {
  keep(600);
  join();
  type(oldest);
  BOOST_TEST(topmost() == 101);
  const std::string before = terminal.row(3);
  type(row_up);
  BOOST_TEST(lines_of_the_past() == 600);
  BOOST_TEST(topmost() == 100);
  BOOST_TEST(terminal.row(3) == before);  // the rule has made room
}

BOOST_AUTO_TEST_CASE(the_oldest_line_is_gone_to_and_once_more_the_one_before_it) {
  keep(1200);
  join();
  for (const int line : {701, 201, 1, 1}) {
    type(oldest);
    BOOST_TEST(topmost() == line);
    BOOST_TEST(terminal.row(1).starts_with("──── from the log, "));
  }
}

BOOST_AUTO_TEST_CASE(a_short_window_gets_a_page_of_older_lines) {
  join();
  say("one");
  settle();
  keep(100);  // a window with conversation is left as it is
  BOOST_TEST(lines_of_the_past() == 0);
  type(page_up);
  BOOST_TEST(lines_of_the_past() == 100);
  BOOST_TEST(terminal.shows("past 100"));
  BOOST_TEST(terminal.shows("carol │ one"));
}

BOOST_AUTO_TEST_CASE(when_nothing_is_older_page_up_does_nothing_and_asks_once) {
  keep(3);
  join();
  const std::string before = terminal.picture();
  const int asked_before = asked;
  for (int i = 0; i < 5; ++i) type(page_up);
  BOOST_TEST(terminal.picture() == before);
  BOOST_TEST(asked == asked_before + 1);
  say("hello");
  type(page_up);
  BOOST_TEST(asked == asked_before + 2);
  testing::run_for(loop, 1100ms);
  type(page_up);
  BOOST_TEST(asked == asked_before + 3);
}

BOOST_AUTO_TEST_CASE(an_empty_window_gets_its_last_lines_at_page_up) {
  enter("/query bob");
  BOOST_REQUIRE(direct("bob")->first() == direct("bob")->end());
  kept = 50;
  int no = 1;
  source = client.backlog.add_source([&](const Backlog::Request& request) {
    return no-- > 0 ? std::vector<Backlog::PastLine>() : give(request);
  });
  settle();
  testing::run_for(loop, 1100ms);
  type(page_up);
  BOOST_TEST(terminal.shows("past 50"));
  BOOST_TEST(!terminal.shows("below"));
}

BOOST_AUTO_TEST_CASE(a_log_that_comes_later_fills_windows_where_nobody_has_spoken) {
  join();
  enter("/join #ops");
  accept_subscribes();
  say("hello");
  keep(3);
  BOOST_TEST(lines_of_the_past() == 0);
  BOOST_TEST(said(group("ops")).size() == 3U);
  BOOST_TEST(terminal.shows("past 3"));
}

BOOST_AUTO_TEST_CASE(a_window_opened_before_the_network_has_a_name_is_filled_when_it_has_one) {
  enter("/disconnect");
  finish_leaving();
  kept = 3;
  bool named = false;
  source = client.backlog.add_source([&](const Backlog::Request& request) {
    return named ? give(request) : std::vector<Backlog::PastLine>();
  });
  enter("/query bob");
  BOOST_TEST(said(direct("bob")).empty());
  named = true;
  connect();
  settle();
  BOOST_TEST(said(direct("bob")).size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_log_that_goes_leaves_its_lines_and_gives_no_more) {
  keep(1200);
  join();
  source.reset();
  type(oldest);
  type(page_up);
  BOOST_TEST(lines_of_the_past() == 500);
  BOOST_TEST(topmost() == 701);
}

BOOST_AUTO_TEST_CASE(cleared_lines_of_the_log_come_back_when_they_are_scrolled_to) {
  keep(600);
  join();
  enter("/clear");
  BOOST_TEST(!terminal.shows("past "));
  type(oldest);
  BOOST_TEST(topmost() == 101);
  type(oldest);
  BOOST_TEST(topmost() == 1);
  type(newest);
  BOOST_TEST(!terminal.shows("past "));
}

BOOST_AUTO_TEST_CASE(what_is_said_while_older_lines_are_read_moves_nothing) {
  keep(1200);
  join();
  type(oldest);
  type(oldest);
  const std::string top = terminal.row(2);
  say("hello");
  settle();
  BOOST_TEST(terminal.row(2) == top);
  BOOST_TEST(terminal.shows("more below"));
  type(page_down);
  BOOST_TEST(topmost() > 201);
}

BOOST_AUTO_TEST_CASE(mentions_in_the_log_are_gone_to_and_are_not_news) {
  source = client.backlog.add_source([](const Backlog::Request& request) {
    std::vector<Backlog::PastLine> lines;
    if (request.before) return lines;
    for (int i = 1; i <= 100; ++i)
      lines.push_back({base::now() - 24h, chat::LineKind::message, "bob",
                       i == 40 ? "alice: look" : "past " + std::to_string(i)});
    return lines;
  });
  join();
  type("\x1b[1;3Fx");  // a key that changes nothing there
  BOOST_TEST(!terminal.shows("alice: look"));
  type("\x1bp");
  BOOST_TEST(terminal.shows("!      bob │ alice: look"));
  type(
      "\x1b"
      "1");
  BOOST_TEST(!terminal.shows("Alt-A"));
}

BOOST_AUTO_TEST_CASE(the_first_unread_line_is_none_of_the_past) {
  join();
  say("read");
  settle();
  type(
      "\x1b"
      "1");
  for (int i = 0; group("dev")->first() == 0; ++i) say("new " + std::to_string(i));
  type(
      "\x1b"
      "2");
  keep(600);
  for (int i = 0; i < 2; ++i) type(oldest);
  BOOST_REQUIRE(lines_of_the_past() > 0);
  type("\x1bu");
  BOOST_TEST(topmost() == 0);
  BOOST_TEST(terminal.row(2).find(" new since ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(who_spoke_in_the_log_has_spoken_here) {
  keep(3);
  receive("/chat/login", "bob");
  join();
  BOOST_TEST(comes_to_show("open group, 1 spoke here lately"));
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <chrono>

#include "support/conversation_fixture.h"
#include "ui/conversation.h"

using namespace gnatter;
using chat::LineKind;

namespace {

struct Fixture : test::ConversationFixture {
  /// What came while alice was away; returns the line that she has scrolled to.
  chat::LineNumber a_night() {
    day = "21";
    say("17:58", "carol", "my notes are in /srv/notes/node2.txt");
    say("18:02", "bob", "I have them");
    say("18:03", "alice", "thanks. leaving now");
    say("18:04", "bob", "see you tomorrow");
    content.marker = add(LineKind::rule, "21:10", {}, "while you were away: 5 kept by the broker");
    content.marker_text = "read up to here, 49 new";
    say("21:10", "carol", "resilvering stopped at 61 %, see the notes");
    add(LineKind::error, "21:10", {}, "3 messages from carol are missing here");
    say("23:47", "carol", "done, all green");
    day = "22";
    say("07:31", "eve", "alice: good morning, #ops is empty for me");
    say("08:15", "sensorbot", "node2 temperature 61");
    say("08:15", "sensorbot", "node2 temperature 64");
    add(LineKind::rule, "08:15", {}, "you came back 08:15");
    note("08:16", "bob and dan are here");
    return say("08:20", "bob", "good morning");
  }

  std::string first_row() {
    const std::string all = drawn();
    return all.substr(1, all.find('\n', 1) - 1);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(scroll, Fixture)

BOOST_AUTO_TEST_CASE(scrolled_up_at_80x24) {
  content.position.bottom = a_night();
  count_up(40);
  say("10:37", "mika", "I read along :)");
  say("10:41", "bob", "then at 19:00, with or without alice");
  say("10:41", "dan", "she is on the train");
  screen(80, 24);
  BOOST_TEST(drawn() == R"(
──── Saturday 21 November ──────────────────────────────────────
17:58     carol │ my notes are in /srv/notes/node2.txt
18:02       bob │ I have them
18:03     alice │ thanks. leaving now
18:04       bob │ see you tomorrow
╌╌╌╌ read up to here, 49 new ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
──── while you were away: 5 kept by the broker ─────────────────
21:10     carol │ resilvering stopped at 61 %, see the notes
             !! │ 3 messages from carol are missing here
23:47     carol │ done, all green
──── Sunday 22 November ────────────────────────────────────────
07:31!      eve │ alice: good morning, #ops is empty for me
08:15 sensorbot │ node2 temperature 61
                │ node2 temperature 64
──── you came back 08:15 ───────────────────────────────────────
08:16        -- │ bob and dan are here
08:20       bob │ good morning
──── 43 more below, the newest 3:   Alt-End ────────────────────
10:37      mika │ I read along :)
10:41       bob │ then at 19:00, with or without alice
10:41       dan │ she is on the train
)");
  BOOST_TEST(shown.below == 43U);
  BOOST_TEST((shown.last == content.position.bottom));
  BOOST_TEST(base::local_clock(shown.date) == "08:20");
}

BOOST_AUTO_TEST_CASE(low_windows_have_no_room_for_the_newest_lines) {
  content.position.bottom = a_night() - 2;
  count_up(40);
  area.rows = 6;
  BOOST_TEST(drawn() == R"(
──── Sunday 22 November ────────────────────────────────────────
07:31!      eve │ alice: good morning, #ops is empty for me
08:15 sensorbot │ node2 temperature 61
                │ node2 temperature 64
──── you came back 08:15 ───────────────────────────────────────
──── 42 more below   Alt-End ───────────────────────────────────
)");
  area.rows = 2;
  BOOST_TEST(drawn() == R"(
08:15 sensorbot │ node2 temperature 64
──── you came back 08:15 ───────────────────────────────────────
)");
  BOOST_TEST(shown.below == 42U);
}

BOOST_AUTO_TEST_CASE(of_the_newest_lines_the_first_row_is_shown) {
  count_up(40);
  say("11:50", "bob", "a\nb");
  say("11:50", "bob", std::string(100, 'x'));
  add(LineKind::rule, "11:51", {}, "off since 11:51");
  content.position.bottom = 20;
  const std::string all = drawn();
  BOOST_TEST(all.substr(all.find("──── 22")) ==
             R"(──── 22 more below, the newest 3:   Alt-End ────────────────────
11:50       bob │ a…
                │ xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
──── off since 11:51 ───────────────────────────────────────────
)");
}

BOOST_AUTO_TEST_CASE(a_row_up_moves_the_upper_edge_by_a_row) {
  count_up(100);
  BOOST_TEST(first_row() == "10:20       bob │ 80");
  scroll(1);
  BOOST_TEST(first_row() == "10:19       bob │ 79");
  BOOST_TEST(shown.below == 5U);
  scroll(2);
  BOOST_TEST(first_row() == "10:17       bob │ 77");
  scroll(-2);
  BOOST_TEST(first_row() == "10:19       bob │ 79");
  scroll(-1);
  BOOST_TEST((content.position == ui::ScrollPosition{}));
}

BOOST_AUTO_TEST_CASE(pages_leave_no_row_out) {
  count_up(200);
  for (const int rows : {2, 5, 6, 7, 19, 20, 21, 37}) {
    area.rows = rows;
    content.position = {};
    drawn();
    for (int page = 0; page < 4; ++page) {
      const std::string top = first_row();
      scroll(ui::page_rows(content, area));
      BOOST_TEST(drawn().find(top.substr(16)) != std::string::npos, rows << " rows, page " << page);
    }
    for (int page = 0; page < 4; ++page) scroll(-ui::page_rows(content, area));
    BOOST_TEST((content.position == ui::ScrollPosition{}), rows << " rows");
  }
}

BOOST_AUTO_TEST_CASE(nothing_moves_when_somebody_speaks) {
  count_up(100);
  scroll(30);
  const std::string before = drawn().substr(0, 200);
  say("11:50", "bob", "a line\nof two rows");
  BOOST_TEST(drawn().substr(0, 200) == before);
  BOOST_TEST(shown.below == 35U);
}

BOOST_AUTO_TEST_CASE(at_the_oldest_line_it_stays) {
  count_up(100);
  scroll(1000000);
  const ui::ScrollPosition oldest = content.position;
  BOOST_TEST(first_row() == "──── Sunday 22 November ────────────────────────────────────────");
  scroll(1);
  BOOST_TEST((content.position == oldest));
  scroll(-1);
  BOOST_TEST(first_row() == "10:01       bob │ 1");
  scroll(-1000000);
  BOOST_TEST((content.position == ui::ScrollPosition{}));
}

BOOST_AUTO_TEST_CASE(what_fits_does_not_scroll) {
  scroll(3);
  count_up(20);
  scroll(3);
  BOOST_TEST((content.position == ui::ScrollPosition{}));
}

BOOST_AUTO_TEST_CASE(a_line_that_has_gone_leads_to_the_oldest_one) {
  count_up(6000);
  BOOST_REQUIRE(buffer.first() > 20);
  content.position = {3, 2};
  BOOST_TEST(first_row() == "──── Sunday 22 November ────────────────────────────────────────");
  BOOST_TEST((shown.last == buffer.first() + 15));
  content.marker = 5;
  content.marker_text = "7 new";
  const std::string all = drawn();
  BOOST_TEST(all.find("╌╌╌╌ 7 new ") == all.find('\n', 1) + 1);
}

BOOST_AUTO_TEST_CASE(a_line_is_put_at_the_top) {
  count_up(100);
  content.position = ui::scrolled_to(content, area, divided, 41);
  BOOST_TEST(first_row() == "10:42       bob │ 42");
  content.position = ui::scrolled_to(content, area, divided, 95);
  BOOST_TEST((content.position == ui::ScrollPosition{}));
}

BOOST_AUTO_TEST_CASE(cleared_lines_are_out_of_sight_until_they_are_scrolled_to) {
  count_up(10);
  buffer.hide_before(buffer.end());
  BOOST_TEST(drawn() == "\n");
  say("10:11", "bob", "11");
  BOOST_TEST(drawn() == "\n10:11       bob │ 11\n");
  scroll(5);
  BOOST_TEST(first_row() == "──── Sunday 22 November ────────────────────────────────────────");
  BOOST_TEST(shown.below == 0U);
  scroll(-1);
  BOOST_TEST(drawn() == "\n10:11       bob │ 11\n");
}

BOOST_AUTO_TEST_CASE(a_frame_reads_what_it_shows) {
  const std::string text(4000, 'x');
  for (int i = 0; i < 4096; ++i) say("10:00", "bob", text);
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 50; ++i) {
    drawn();
    scroll(ui::page_rows(content, area));
  }
  BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(5)));
}

BOOST_AUTO_TEST_SUITE_END()

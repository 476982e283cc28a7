// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <chrono>

#include "support/conversation_fixture.h"
#include "ui/conversation.h"
#include "ui/day.h"

using namespace gnatter;
using chat::LineKind;

namespace {

struct Fixture : test::ConversationFixture {
  void two_evenings() {
    past("2026-11-21", "18:04", "bob", "waves", LineKind::action);
    past("2026-11-21", "18:04", "bob", "alice: see you tomorrow");
    past("2026-11-21", "18:03", "alice", "at https://a.example/notes");
    past("2026-11-20", "23:10", {}, "carol left", LineKind::presence);
    past("2026-11-20", "23:09", "carol", "and now, good night");
    past("2026-11-20", "23:09", "carol", "done");
    say("08:16", "bob", "good morning");
  }
  std::string rows(std::size_t count) {
    const std::string all = drawn();
    std::size_t end = 0;
    while (count-- > 0) end = all.find('\n', end + 1);
    return all.substr(1, end - 1);
  }
  std::string first_row() { return rows(1); }
  /// PgUp at the oldest line, and 500 more come.
  void page_up_into_older_ones() {
    const int page = ui::page_rows(content, area);
    const auto edge = ui::upper_edge(content, area, divided, page);
    BOOST_REQUIRE((edge && edge->near_oldest));
    past_up_to(500);
    content.position = ui::scrolled(content, area, divided, page, edge);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(past_lines, Fixture)

BOOST_AUTO_TEST_CASE(each_day_of_the_log_is_under_a_rule_that_says_so) {
  two_evenings();
  screen(120, 40);
  BOOST_TEST(drawn() == R"(
 ──── from the log, Friday 20 November ────────────────────────────────────────────
 23:09        carol │ done
                    │ and now, good night
 23:10           -- │ carol left
 ──── from the log, Saturday 21 November ──────────────────────────────────────────
 18:03        alice │ at https://a.example/notes
 18:04!         bob │ alice: see you tomorrow
 18:04            * │ bob waves
 ──── Sunday 22 November ──────────────────────────────────────────────────────────
 08:16          bob │ good morning
)");
}

BOOST_AUTO_TEST_CASE(the_same_at_80x24_wraps_as_other_lines_do) {
  two_evenings();
  past("2026-11-20", "22:00", "carol", "resilvering stopped at 61 %, see the notes in /srv/notes/node2.txt");
  screen(80, 24);
  BOOST_TEST(drawn() == R"(
──── from the log, Friday 20 November ──────────────────────────
22:00     carol │ resilvering stopped at 61 %, see the notes in
                │ /srv/notes/node2.txt
23:09     carol │ done
                │ and now, good night
23:10        -- │ carol left
──── from the log, Saturday 21 November ────────────────────────
18:03     alice │ at https://a.example/notes
18:04!      bob │ alice: see you tomorrow
18:04         * │ bob waves
──── Sunday 22 November ────────────────────────────────────────
08:16       bob │ good morning
)");
}

BOOST_AUTO_TEST_CASE(the_same_in_a_narrow_window) {
  two_evenings();
  screen(40, 14);
  BOOST_TEST(drawn() == R"(
── from the log, Friday 20 November ────
23:09 carol: done
23:09 carol: and now, good night
23:10 -- carol left
── from the log, Saturday 21 November ──
18:03 alice: at https://a.example/notes
18:04!bob: alice: see you tomorrow
18:04 * bob waves
── Sunday 22 November ──────────────────
08:16 bob: good morning
)");
}

BOOST_AUTO_TEST_CASE(lines_of_today_are_divided_from_what_came_since) {
  past("2026-11-22", "10:18", "eve", "thank you!");
  say("10:18", "eve", "I can read it now");
  BOOST_TEST(drawn() == R"(
──── from the log, Sunday 22 November ──────────────────────────
10:18       eve │ thank you!
──── Sunday 22 November ────────────────────────────────────────
10:18       eve │ I can read it now
)");
}

BOOST_AUTO_TEST_CASE(the_log_of_another_year_says_which) {
  past("2025-11-21", "18:04", "bob", "last year");
  BOOST_TEST(first_row() == "──── from the log, Friday 21 November 2025 ─────────────────────");
}

BOOST_AUTO_TEST_CASE(all_of_the_past_is_dim) {
  two_evenings();
  area = {0, 0, 64, 10};
  ui::Canvas canvas({64, 10});
  draw_conversation(canvas, area, divided, content, *glyphs);
  BOOST_REQUIRE(ui::picture(canvas) == drawn().substr(1));
  for (int row = 0; row < 9; ++row)
    for (int column = 0; column < 64; ++column)
      if (const ui::Cell& cell = canvas.at(column, row); cell.bytes != " " && !cell.bytes.empty())
        BOOST_TEST((cell.style.role == ui::Role::dim), "row " << row << ", column " << column);
  BOOST_TEST((canvas.at(18, 9).style.role == ui::Role::text));
}

BOOST_AUTO_TEST_CASE(what_is_new_is_never_of_the_past) {
  for (int i = 0; buffer.first() == 0; ++i) say("10:00", "bob", std::string(3000, 'x'));
  content.marker = 0;  // long gone
  content.marker_text = "7 new";
  past("2026-11-21", "18:04", "bob", "old");
  content.position = ui::scrolled_to(content, area, divided, buffer.first());
  BOOST_TEST(rows(4) == R"(──── from the log, Saturday 21 November ────────────────────────
18:04       bob │ old
──── Sunday 22 November ────────────────────────────────────────
╌╌╌╌ 7 new ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌)");
}

BOOST_AUTO_TEST_CASE(a_window_with_nothing_but_the_past_shows_it) {
  content.empty = {"Nothing yet."};
  past("2026-11-21", "18:04", "bob", "old");
  BOOST_TEST(drawn() == R"(
──── from the log, Saturday 21 November ────────────────────────
18:04       bob │ old
)");
  BOOST_TEST((shown.last == buffer.first()));
  buffer.hide_before(buffer.end());
  BOOST_TEST(drawn() == "\n");
}

BOOST_AUTO_TEST_CASE(what_comes_in_front_moves_no_view) {
  count_up(100);
  for (const int rows : {1, 2, 5, 7, 20}) {
    area.rows = rows;
    for (const int up : {0, 40, 1000}) {
      past("2026-11-21", "18:04", "bob", "above " + std::to_string(rows) + '.' + std::to_string(up));
      content.position = {};
      scroll(up);
      if (up == 1000) scroll(-1);  // the rule above the first line may go
      const std::string before = drawn();
      past("2026-11-21", "18:03", "carol", "before");
      BOOST_TEST(drawn() == before, rows << " rows, " << up << " up");
    }
  }
}

BOOST_AUTO_TEST_CASE(a_page_up_into_older_lines_leaves_no_row_out) {
  for (const int rows : {2, 5, 6, 7, 19, 21}) {
    area.rows = rows;
    const std::string first = "first of " + std::to_string(rows);
    past("2026-11-21", "10:00", "bob", first);
    content.position = {};
    scroll(1'000'000);
    page_up_into_older_ones();
    const std::string now = drawn();
    BOOST_TEST(now.find(first) != std::string::npos, rows << " rows: " << now);
    BOOST_TEST((rows < 3 || now.find("past 500") != std::string::npos), rows << " rows: " << now);
  }
}

BOOST_AUTO_TEST_CASE(older_lines_follow_where_few_lines_stood) {
  say("10:00", "bob", "one");
  say("10:01", "bob", "two");
  const auto edge = ui::upper_edge(content, area, divided, 1);
  BOOST_REQUIRE((edge && edge->near_oldest));
  past_up_to(500);
  content.position = ui::scrolled(content, area, divided, 5, edge);
  BOOST_TEST((content.position == ui::ScrollPosition{}));  // the view was not full, and now it is
  BOOST_TEST(first_row().ends_with("past 483"));
  content.position = ui::scrolled(content, area, divided, 19, edge);
  BOOST_TEST(first_row().ends_with("past 482"));
}

BOOST_AUTO_TEST_CASE(an_edge_is_near_the_oldest_row_when_fewer_are_above_it) {
  BOOST_TEST(!ui::upper_edge(content, area, divided, 1));
  count_up(100);
  content.position = ui::scrolled_to(content, area, divided, 4);  // a rule and four lines are above it
  BOOST_TEST(!ui::upper_edge(content, area, divided, 5)->near_oldest);
  BOOST_TEST(ui::upper_edge(content, area, divided, 6)->near_oldest);
  content.position = ui::scrolled_to(content, area, divided, 0);
  BOOST_TEST(ui::upper_edge(content, area, divided, 1)->near_oldest);
}

BOOST_AUTO_TEST_CASE(sixty_thousand_lines_of_the_past_cost_a_frame_nothing) {
  count_up(100);
  for (int i = 0; i < 120; ++i) past_up_to(500);
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 50; ++i) {
    drawn();
    scroll(ui::page_rows(content, area));
  }
  content.position = ui::scrolled_to(content, area, divided, buffer.first());
  BOOST_TEST(rows(2).ends_with("past 1"));
  BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(2)));
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/conversation.h"

#include <boost/test/unit_test.hpp>

#include "support/conversation_fixture.h"

using namespace gnatter;
using chat::LineKind;
using chat::SendState;

namespace {

struct Fixture : test::ConversationFixture {
  void busy_group() {
    past("2026-11-21", "18:04", "bob", "waves", LineKind::action);
    past("2026-11-21", "18:04", "bob", "see you tomorrow");
    past("2026-11-21", "18:03", "alice", "thanks. leaving now");
    past("2026-11-21", "17:58", "carol", "my notes are in /srv/notes/node2.txt");
    note("08:16", "bob and dan are here");
    say("09:58", "bob",
        "has anybody seen the new mosquitto release? it fixes the queue limits: "
        "https://mosquitto.org/blog/2024/10/version-2-0-20-released/");
    say("09:59", "carol", "yes, we run it since Tuesday, on both nodes");
    say("09:59", "carol", "the bridge wanted one more line:\n    bridge_protocol_version mqttv50");
    say("10:02", "Wolfgang-Amadeus", "any trouble with the queues since?");
    say("10:03", "alice", "none. two weeks, 40 users, no gap");
    note("10:05", "eve and dan are here, frank left");
    say("10:12", "eve", "alice: can you look at the ACL again? #ops is empty for me");
    say("10:13", "alice", "looking");
    add(LineKind::action, "10:13", "carol", "goes for coffee");
    say("10:15", "mika", "日本語も大丈夫? 👩‍💻 works here");
    say("10:16", "bob", "works in tmux too, the widths are right");
    say("10:19", "alice", "eve: fixed. the line for #ops had %U where it wants %u");
    say("10:19", "eve", "thank you!");
    say("10:19", "eve", "I can read it now");
    say("10:22", "Wolfgang-Amadeus",
        "could somebody write that into the wiki? it is the third time that it bites us");
    say("10:24", "carol", "I will, with the example for the bridge");
    say("10:28", "bob",
        "node2 next, then? I can take the evening, if nobody minds two minutes without #release");
    what_is_new();
  }

  void what_is_new() {
    content.marker = say("10:34", "dan", "fine with me");
    content.marker_text = "5 new since 10:31";
    say("10:34", "Wolfgang-Amadeus", "and with me");
    say("10:36", "eve", "mika has the pager tonight, please tell him before you start");
    say("10:37", "mika", "I read along :)");
    say("10:41", "bob", "then at 19:00. alice, will you watch the gap counter?");
    say("10:41", "alice", "yes");
  }

  void cut_off() {
    say("10:50", "bob", "starting on node2 in two minutes");
    add(LineKind::message, "10:51", "alice", "ok, watching", SendState::sent);
    add(LineKind::message, "10:51", "alice", "the whole trace of yesterday is in /srv/trace",
        SendState::refused);
    add(LineKind::error, "10:51", {}, "not sent: quota exceeded (0x97)");
    say("10:52", "carol", "the bridge goes down now");
    add(LineKind::rule, "10:52", {}, "off since 10:52, what you write is kept and sent later");
    add(LineKind::message, "10:53", "alice", "and there it goes. still two minutes?", SendState::pending);
    add(LineKind::message, "10:53", "alice",
        "if it takes longer I move the cron jobs to node1, tell me when you can read this",
        SendState::pending);
    add(LineKind::message, "10:54", "alice", "node1 answers, node2 does not", SendState::pending);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(conversation, Fixture)

BOOST_AUTO_TEST_CASE(a_busy_group_at_120x40) {
  busy_group();
  screen(120, 40);
  BOOST_TEST(drawn() == R"(
 ──── from the log, Saturday 21 November ──────────────────────────────────────────
 17:58        carol │ my notes are in /srv/notes/node2.txt
 18:03        alice │ thanks. leaving now
 18:04          bob │ see you tomorrow
 18:04            * │ bob waves
 ──── Sunday 22 November ──────────────────────────────────────────────────────────
 08:16           -- │ bob and dan are here
 09:58          bob │ has anybody seen the new mosquitto release? it fixes the
                    │ queue limits:
                    │ https://mosquitto.org/blog/2024/10/version-2-0-20-released/
 09:59        carol │ yes, we run it since Tuesday, on both nodes
                    │ the bridge wanted one more line:
                    │     bridge_protocol_version mqttv50
 10:02 Wolfgang-Am… │ any trouble with the queues since?
 10:03        alice │ none. two weeks, 40 users, no gap
 10:05           -- │ eve and dan are here, frank left
 10:12!         eve │ alice: can you look at the ACL again? #ops is empty for me
 10:13        alice │ looking
 10:13            * │ carol goes for coffee
 10:15         mika │ 日本語も大丈夫? 👩‍💻 works here
 10:16          bob │ works in tmux too, the widths are right
 10:19        alice │ eve: fixed. the line for #ops had %U where it wants %u
 10:19          eve │ thank you!
                    │ I can read it now
 10:22 Wolfgang-Am… │ could somebody write that into the wiki? it is the third time
                    │ that it bites us
 10:24        carol │ I will, with the example for the bridge
 10:28          bob │ node2 next, then? I can take the evening, if nobody minds two
                    │ minutes without #release
 ╌╌╌╌ 5 new since 10:31 ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
 10:34          dan │ fine with me
 10:34 Wolfgang-Am… │ and with me
 10:36          eve │ mika has the pager tonight, please tell him before you start
 10:37         mika │ I read along :)
 10:41          bob │ then at 19:00. alice, will you watch the gap counter?
 10:41        alice │ yes
)");
  BOOST_TEST(shown.below == 0U);
  BOOST_TEST((shown.last == buffer.end() - 1));
  BOOST_TEST(base::local_clock(shown.date) == "10:41");
}

BOOST_AUTO_TEST_CASE(the_same_at_80x24) {
  what_is_new();
  screen(80, 24);
  BOOST_TEST(drawn() == R"(
──── Sunday 22 November ────────────────────────────────────────
╌╌╌╌ 5 new since 10:31 ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
10:34       dan │ fine with me
10:34 Wolfgang… │ and with me
10:36       eve │ mika has the pager tonight, please tell him
                │ before you start
10:37      mika │ I read along :)
10:41       bob │ then at 19:00. alice, will you watch the gap
                │ counter?
10:41     alice │ yes
)");
}

BOOST_AUTO_TEST_CASE(the_same_at_40x10) {
  busy_group();
  screen(40, 10);
  BOOST_TEST(drawn() == R"(
10:36 eve: mika has the pager tonight,
      please tell him before you start
10:37 mika: I read along :)
10:41 bob: then at 19:00. alice, will
      you watch the gap counter?
10:41 alice: yes
)");
}

BOOST_AUTO_TEST_CASE(the_same_at_20x4) {
  busy_group();
  screen(20, 4);
  BOOST_TEST(drawn() == "\n10:41 alice: yes\n");
}

BOOST_AUTO_TEST_CASE(the_same_in_a_narrow_pane) {
  busy_group();
  screen(51, 13);
  BOOST_TEST(drawn() == R"(
╌╌ 5 new since 10:31 ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
10:34 dan: fine with me
10:34 Wolfgang-Am…: and with me
10:36 eve: mika has the pager tonight, please tell
      him before you start
10:37 mika: I read along :)
10:41 bob: then at 19:00. alice, will you watch the
      gap counter?
10:41 alice: yes
)");
}

BOOST_AUTO_TEST_CASE(cut_off_at_80x24) {
  cut_off();
  screen(80, 24);
  BOOST_TEST(drawn() == R"(
──── Sunday 22 November ────────────────────────────────────────
10:50       bob │ starting on node2 in two minutes
10:51     alice │ ok, watching
10:51     alice ✗ the whole trace of yesterday is in /srv/trace
             !! │ not sent: quota exceeded (0x97)
10:52     carol │ the bridge goes down now
──── off since 10:52, what you write is kept and sent later ────
10:53     alice … and there it goes. still two minutes?
10:53     alice … if it takes longer I move the cron jobs to
                │ node1, tell me when you can read this
10:54     alice … node1 answers, node2 does not
)");
}

BOOST_AUTO_TEST_CASE(cut_off_in_a_narrow_pane) {
  cut_off();
  screen(51, 24);
  BOOST_TEST(drawn() == R"(
── Sunday 22 November ─────────────────────────────
10:50 bob: starting on node2 in two minutes
10:51 alice: ok, watching
10:51 alice ✗ the whole trace of yesterday is in
      /srv/trace
10:51 !! not sent: quota exceeded (0x97)
10:52 carol: the bridge goes down now
── off since 10:52, what you write is kept and s… ─
10:53 alice … and there it goes. still two minutes?
10:53 alice … if it takes longer I move the cron
      jobs to node1, tell me when you can read this
10:54 alice … node1 answers, node2 does not
)");
}

BOOST_AUTO_TEST_CASE(the_first_row_in_view_says_who_and_when) {
  say("10:19", "eve", "thank you!");
  say("10:19", "eve", "I can read it now");
  say("10:19", "eve", "and write to it, from both of my machines, as it was before");
  area = {0, 0, 64, 3};
  BOOST_TEST(drawn() == R"(
10:19       eve │ I can read it now
                │ and write to it, from both of my machines, as
                │ it was before
)");
  area.rows = 1;
  BOOST_TEST(drawn() == "\n10:19       eve │ it was before\n");
}

BOOST_AUTO_TEST_CASE(marks_say_what_kind_of_line_it_is) {
  say("10:19", "bob", "alice: look");
  say("10:19", "bob", "alice: here");
  add(LineKind::notice, "10:19", "bob", "I am away");
  add(LineKind::action, "10:19", " bob", "waves");
  add(LineKind::action, "10:19", " bob", "goes");
  add(LineKind::info, "10:20", {}, "Commands:");
  add(LineKind::info, "10:20", {}, "  /join");
  note("10:20", "eve left");
  add(LineKind::error, "10:20", {}, "one");
  add(LineKind::error, "10:20", {}, "two");
  add(LineKind::rule, "10:20", {}, "you came back 10:20");
  note("10:20", "eve is here");
  const std::string picture = drawn();
  BOOST_TEST(picture == R"(
──── Sunday 22 November ────────────────────────────────────────
10:19!      bob │ alice: look
10:19!      bob │ alice: here
10:19     -bob- │ I am away
10:19         * │ ␣bob waves
10:19         * │ ␣bob goes
10:20        -- │ Commands:
                │   /join
                │ eve left
             !! │ one
             !! │ two
──── you came back 10:20 ───────────────────────────────────────
10:20        -- │ eve is here
)");
}

BOOST_AUTO_TEST_CASE(a_poor_terminal_gets_other_marks) {
  cut_off();
  glyphs = &ui::ascii_glyphs();
  area = {0, 0, 50, 7};
  BOOST_TEST(drawn() == R"(
---- off since 10:52, what you write is kept an~ -
10:53     alice ~ and there it goes. still two
                | minutes?
10:53     alice ~ if it takes longer I move the
                | cron jobs to node1, tell me when
                | you can read this
10:54     alice ~ node1 answers, node2 does not
)");
}

BOOST_AUTO_TEST_CASE(an_empty_window_says_what_it_is) {
  content.empty = {"#dev is open: everybody on home may join, read and write.", "Nothing yet."};
  BOOST_TEST(drawn() == R"(
             -- │ #dev is open: everybody on home may join, read
                │ and write.
             -- │ Nothing yet.
)");
  screen(20, 5);
  BOOST_TEST(drawn() == "\n#dev is open:\neverybody on home\n");
  BOOST_TEST((shown.last == std::nullopt));
}

BOOST_AUTO_TEST_CASE(colours_go_with_the_marks) {
  add(LineKind::message, "10:19", "bob", "alice: at https://a.example, now");
  add(LineKind::message, "10:20", "alice", "no", SendState::refused);
  add(LineKind::action, "10:20", "bob", "waves");
  area = {0, 0, 64, 4};
  ui::Canvas canvas({64, 4});
  draw_conversation(canvas, area, divided, content, *glyphs);
  const auto role = [&](int column, int row) { return canvas.at(column, row).style.role; };
  BOOST_TEST((role(0, 0) == ui::Role::dim && role(63, 0) == ui::Role::dim));
  BOOST_TEST((role(0, 1) == ui::Role::dim));
  BOOST_TEST((role(5, 1) == ui::Role::mention && role(14, 1) == ui::Role::mention));
  BOOST_TEST((role(16, 1) == ui::Role::dim && role(18, 1) == ui::Role::text));
  BOOST_TEST(
      (role(28, 1) == ui::Role::link && role(44, 1) == ui::Role::link && role(45, 1) == ui::Role::text));
  BOOST_TEST((role(14, 2) == ui::Role::self && role(16, 2) == ui::Role::refused));
  BOOST_TEST((role(18, 3) >= ui::Role::name_0 && role(18, 3) <= ui::Role::name_11));
  BOOST_TEST((role(22, 3) == ui::Role::text));
}

BOOST_AUTO_TEST_SUITE_END()

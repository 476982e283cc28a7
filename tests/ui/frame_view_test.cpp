// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "support/frame_fixture.h"

using namespace gnatter;
using namespace gnatter::ui;
using namespace gnatter::testing;
using chat::SendState;

namespace {

struct Fixture : BusyFrame {
  void cut_off() {
    frame.title.date.clear();
    frame.status.clock = "10:54";
    frame.status.link = "OFF since 10:52, next try in 12 s";
    frame.status.short_link = "OFF, next try 12 s";
    frame.status.link_role = Role::bar_error;
    frame.status.activity = {{8, "#release", 3, Level::message}, {3, "#ops", 2, Level::message}};
    frame.status.pending = 3;
    frame.roster.as_of = "as of 10:52";
    say("10:50", "bob", "starting on node2 in two minutes");
    say("10:51", "alice", "ok, watching");
    say("10:52", "carol", "the bridge goes down now");
    say("10:53", "alice", "and there it goes. still two minutes?");
    dev.set_state(dev.end() - 1, SendState::pending);
    say("10:53", "alice", "if it takes longer I move the cron jobs to node1, tell me when you can read this");
    dev.set_state(dev.end() - 1, SendState::pending);
    say("10:54", "alice", "node1 answers, node2 does not");
    dev.set_state(dev.end() - 1, SendState::pending);
    type("");
  }
  void nasty_frame() {
    frame.roster.sections = {{"spoke here", {}}, {"also here", {}}};
    for (std::size_t i = 0; i < 500; ++i)
      frame.roster.sections[i % 2].people.push_back({nasty_names()[i % nasty_names().size()], {}});
    frame.windows.clear();
    for (int i = 1; i <= 200; ++i) {
      const std::string& name = nasty_names()[static_cast<std::size_t>(i) % nasty_names().size()];
      frame.windows.push_back({.number = i, .name = name, .note = name, .current = i == 150});
      frame.status.activity.push_back({i, name, 10, Level::direct});
      frame.input.text += name + (i % 7 == 0 ? "\n" : "");
    }
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(frame_view, Fixture)

BOOST_AUTO_TEST_CASE(a_busy_group_at_120x40) {
  talk();
  BOOST_TEST(screen(120, 40) == R"(
 #dev · home · open group, 6 spoke here lately                                                               Sun 22 Nov
 1 home       tls │                                                                                    │ spoke here   6
 2▸ #dev          │                                                                                    │ ● alice
 3  #ops       12 │                                                                                    │ ● bob
 4  bob        1! │                                                                                    │ ○ carol
 5  carol         │                                                                                    │ ● eve
 6  sensors/# 240 │                                                                                    │ · mika
                  │                                                                                    │ ● Wolfgang-Am…
 7 work       off │                                                                                    │
 8  #release      │                                                                                    │ also here    4
                  │                                                                                    │ ● dan
                  │                                                                                    │ ⊘ heike
                  │                                                                                    │ ○ ivan
                  │                                                                                    │ · zoe
                  │                                                                                    │
                  │                                                                                    │
                  │                                                                                    │
                  │                                                                                    │
                  │                                                                                    │
                  │                                                                                    │
                  │                                                                                    │
                  │                                                                                    │
                  │                                                                                    │
                  │                                                                                    │
                  │ ──── Sunday 22 November ────────────────────────────────────────────────────────── │
                  │ 10:12!         eve │ alice: can you look at the ACL again? #ops is empty for me    │
                  │ 10:13        alice │ looking                                                       │
                  │ 10:13            * │ carol goes for coffee                                         │
                  │ 10:15         mika │ 日本語も大丈夫? 👩‍💻 works here                               │
                  │ 10:19        alice │ eve: fixed. the line for #ops had %U where it wants %u        │
                  │ 10:19          eve │ thank you!                                                    │
                  │ ╌╌╌╌ 5 new since 10:31 ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ │
                  │ 10:34          dan │ node2 next? two minutes without #release                      │
                  │ 10:34 Wolfgang-Am… │ and with me                                                   │
                  │ 10:36          eve │ mika has the pager tonight, please tell him before you start  │
                  │ 10:37         mika │ I read along :)                                               │
                  │ 10:41          bob │ then at 19:00. alice, will you watch the gap counter?         │
                  │ 10:41        alice │ yes                                                           │
 10:42 │ alice │ home tls │ 2 #dev │ Alt-A  4 bob 1!  3 #ops 12  6 sensors/# 240
#dev> bob: at 19:00 I am there. which counter, $SYS or ours?█
)");
}

BOOST_AUTO_TEST_CASE(a_busy_group_at_80x24) {
  talk();
  BOOST_TEST(screen(80, 24) == R"(
 #dev · home · open group, 6 spoke here lately                       Sun 22 Nov
                                                                 │ spoke here 6
                                                                 │ ● alice
                                                                 │ ● bob
──── Sunday 22 November ──────────────────────────────────────── │ ○ carol
10:12!      eve │ alice: can you look at the ACL again? #ops is  │ ● eve
                │ empty for me                                   │ · mika
10:13     alice │ looking                                        │ ● Wolfgang-…
10:13         * │ carol goes for coffee                          │
10:15      mika │ 日本語も大丈夫? 👩‍💻 works here                │ also here  4
10:19     alice │ eve: fixed. the line for #ops had %U where it  │ ● dan
                │ wants %u                                       │ ⊘ heike
10:19       eve │ thank you!                                     │ ○ ivan
╌╌╌╌ 5 new since 10:31 ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ │ · zoe
10:34       dan │ node2 next? two minutes without #release       │
10:34 Wolfgang… │ and with me                                    │
10:36       eve │ mika has the pager tonight, please tell him    │
                │ before you start                               │
10:37      mika │ I read along :)                                │
10:41       bob │ then at 19:00. alice, will you watch the gap   │
                │ counter?                                       │
10:41     alice │ yes                                            │
 10:42 │ alice │ home tls │ 2 #dev │ Alt-A  4 bob 1!  3 #ops 12  6 sens… 240
#dev> bob: at 19:00 I am there. which counter, $SYS or ours?█
)");
}

BOOST_AUTO_TEST_CASE(a_busy_group_at_40x10) {
  talk();
  type("which counter?");
  BOOST_TEST(screen(40, 10) == R"(
 #dev · home                 Sun 22 Nov
●alice ●bob ○carol ●eve ·mika ●Wolf… +4
10:36 eve: mika has the pager tonight,
      please tell him before you start
10:37 mika: I read along :)
10:41 bob: then at 19:00. alice, will
      you watch the gap counter?
10:41 alice: yes
 10:42 │ home │ 2 │ Alt-A  4 bob 1!  +2
#dev> which counter?█
)");
}

BOOST_AUTO_TEST_CASE(a_busy_group_at_20x4) {
  talk();
  type("which cou");
  BOOST_TEST(screen(20, 4) == R"(
 #dev       10 here
10:41 alice: yes
 2 │ Alt-A  4 bob 1!
#dev> which cou█
)");
}

BOOST_AUTO_TEST_CASE(cut_off_with_lines_that_wait) {
  cut_off();
  BOOST_TEST(screen(80, 24) == R"(
 #dev · home · open group, 6 spoke here lately                       Sun 22 Nov
                                                                 │ as of 10:52
                                                                 │
                                                                 │ spoke here 6
                                                                 │ ● alice
                                                                 │ ● bob
                                                                 │ ○ carol
                                                                 │ ● eve
                                                                 │ · mika
                                                                 │ ● Wolfgang-…
                                                                 │
                                                                 │ also here  4
                                                                 │ ● dan
                                                                 │ ⊘ heike
──── Sunday 22 November ──────────────────────────────────────── │ ○ ivan
10:50       bob │ starting on node2 in two minutes               │ · zoe
10:51     alice │ ok, watching                                   │
10:52     carol │ the bridge goes down now                       │
10:53     alice … and there it goes. still two minutes?          │
10:53     alice … if it takes longer I move the cron jobs to     │
                │ node1, tell me when you can read this          │
10:54     alice … node1 answers, node2 does not                  │
 10:54 │ home OFF, next try 12 s │ 2 #dev │ Alt-A  8 #release 3  +1   3 pending
#dev>
)");
}

BOOST_AUTO_TEST_CASE(scrolled_up) {
  talk();
  frame.conversation.position = {.bottom = chat::LineNumber{3}, .row = 0};
  type("");
  BOOST_TEST(screen(40, 10) == R"(
 #dev · home                 Sun 22 Nov
●alice ●bob ○carol ●eve ·mika ●Wolf… +4
10:12!eve: alice: can you look at the
      ACL again? #ops is empty for me
10:13 alice: looking
10:13 * carol goes for coffee
10:15 mika: 日本語も大丈夫? 👩‍💻 works
── 9 more below   Alt-End ──────────────
 2 │ Alt-A  4 bob 1!  +2        9 below
#dev>
)");
}

BOOST_AUTO_TEST_CASE(without_unicode_it_is_ascii) {
  talk();
  glyphs = &ascii_glyphs();
  BOOST_TEST(screen(80, 24) == R"(
 #dev - home - open group, 6 spoke here lately                       Sun 22 Nov
                                                                 | spoke here 6
                                                                 | + alice
                                                                 | + bob
---- Sunday 22 November ---------------------------------------- | - carol
10:12!      eve | alice: can you look at the ACL again? #ops is  | + eve
                | empty for me                                   | ? mika
10:13     alice | looking                                        | + Wolfgang-~
10:13         * | carol goes for coffee                          |
10:15      mika | 日本語も大丈夫? 👩‍💻 works here                | also here  4
10:19     alice | eve: fixed. the line for #ops had %U where it  | + dan
                | wants %u                                       | x heike
10:19       eve | thank you!                                     | - ivan
==== 5 new since 10:31 ========================================= | ? zoe
10:34       dan | node2 next? two minutes without #release       |
10:34 Wolfgang~ | and with me                                    |
10:36       eve | mika has the pager tonight, please tell him    |
                | before you start                               |
10:37      mika | I read along :)                                |
10:41       bob | then at 19:00. alice, will you watch the gap   |
                | counter?                                       |
10:41     alice | yes                                            |
 10:42 | alice | home tls | 2 #dev | Alt-A  4 bob 1!  3 #ops 12  6 sens~ 240
#dev> bob: at 19:00 I am there. which counter, $SYS or ours?█
)");
}

BOOST_AUTO_TEST_CASE(the_input_grows_up_to_a_third) {
  talk();
  type("one\ntwo\nthree\nfour\nfive");
  BOOST_TEST(screen(60, 12) == R"(
 #dev · home · open group, 6 spoke here lately   Sun 22 Nov
10:36       eve │ tonight, please tell him   │ spoke here 6
                │ before you start           │ ● alice
10:37      mika │ I read along :)            │ ● bob
10:41       bob │ then at 19:00. alice, will │ ○ carol
                │ you watch the gap counter? │ ● eve
10:41     alice │ yes                        │ +6 more
 10:42 │ alice │ home tls │ 2 #dev │ Alt-A  4 bob 1!  +2
two
three
four
five█
)");
}

BOOST_AUTO_TEST_CASE(the_date_and_the_lines_below_are_what_the_conversation_showed) {
  say("09:00", "bob", "first");
  for (int i = 0; i < 30; ++i) say("10:00", "bob", "more");
  frame.conversation.position = {.bottom = chat::LineNumber{0}, .row = 0};
  Canvas canvas({80, 24});
  const Shown shown = draw_frame(canvas, lay_out({80, 24}, {.roster = true}), frame, *glyphs);
  BOOST_TEST(shown.below > 0U);
  BOOST_TEST(picture(canvas).find("  " + std::to_string(shown.below) + " below\n") != std::string::npos);
  BOOST_TEST(picture(canvas).find("Sun 22 Nov\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(nothing_crashes_at_any_size) {
  for (const std::string& name : nasty_names()) {
    say("11:00", name, name + ' ' + name);
    say("11:00", "alice", name);
  }
  nasty_frame();
  for (int columns = 20; columns <= 130; columns += columns < 64 ? 1 : 3) {
    for (int rows = 4; rows <= 45; rows += rows < 12 ? 1 : 7) {
      frame.roster.scrolled = columns;
      frame.input.cursor = static_cast<std::size_t>(columns);
      BOOST_TEST(!screen(columns, rows).empty());
      frame.welcome = WelcomeContent{"1.0"};
      BOOST_TEST(!screen(columns, rows).empty());
      frame.welcome.reset();
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "support/drawing.h"
#include "support/environment.h"
#include "ui/views.h"

using namespace gnatter;
using namespace gnatter::ui;
using namespace gnatter::testing;
using chat::LineKind;
using chat::SendState;
using protocol::Status;

namespace {

struct Fixture : Drawing {
  Variable zone{"TZ", "UTC"};
  chat::Buffer dev{chat::BufferKind::group, "dev"};
  Frame frame;
  const Glyphs* glyphs = &unicode_glyphs();

  Fixture() {
    frame.title = {"#dev", "home", "open group, 6 spoke here lately", "", "10 here"};
    frame.status = {.clock = "10:42",
                    .me = "alice",
                    .network = "home",
                    .link = "tls",
                    .short_link = "tls",
                    .window_number = 2,
                    .window_name = "#dev",
                    .activity = {{4, "bob", 1, Level::direct},
                                 {3, "#ops", 12, Level::message},
                                 {6, "sensors/#", 240, Level::message}},
                    .hint = ""};
    frame.roster.sections = {
        {"spoke here",
         {{"alice", Status::online},
          {"bob", Status::online},
          {"carol", Status::away},
          {"eve", Status::online},
          {"mika", {}},
          {"Wolfgang-Amadeus", Status::online}}},
        {"also here",
         {{"dan", Status::online}, {"heike", Status::dnd}, {"ivan", Status::away}, {"zoe", {}}}}};
    frame.windows = {
        {.number = 1, .name = "home", .note = "tls", .network = true},
        {.number = 2, .name = "#dev", .note = "", .current = true},
        {.number = 3, .name = "#ops", .note = "12", .level = Level::message},
        {.number = 4, .name = "bob", .note = "1!", .level = Level::direct},
        {.number = 5, .name = "carol", .note = ""},
        {.number = 6, .name = "sensors/#", .note = "240", .level = Level::message},
        {.number = 7, .name = "work", .note = "off", .network = true, .left = true, .new_network = true},
        {.number = 8, .name = "#release", .note = ""},
    };
    frame.conversation.buffer = &dev;
    frame.conversation.self = "alice";
    frame.conversation.mentions = [](const chat::Line& line) { return line.text.starts_with("alice:"); };
    frame.input.prompt = "#dev> ";
    type("bob: at 19:00 I am there. which counter, $SYS or ours?");
  }

  void say(std::string_view clock, std::string_view sender, std::string_view text,
           LineKind kind = LineKind::message) {
    const auto time = base::parse_utc_rfc3339("2026-11-22T" + std::string(clock) + ":00.000Z");
    const bool own = kind == LineKind::message && sender == "alice";
    dev.append({.time = time.value(),
                .kind = kind,
                .state = own ? SendState::sent : SendState::none,
                .sender = sender,
                .text = text,
                .id = {}});
  }
  void talk() {
    say("10:12", "eve", "alice: can you look at the ACL again? #ops is empty for me");
    say("10:13", "alice", "looking");
    say("10:13", "carol", "goes for coffee", LineKind::action);
    say("10:15", "mika", "日本語も大丈夫? 👩‍💻 works here");
    say("10:19", "alice", "eve: fixed. the line for #ops had %U where it wants %u");
    say("10:19", "eve", "thank you!");
    frame.conversation.marker = dev.end();
    frame.conversation.marker_text = "5 new since 10:31";
    say("10:34", "dan", "node2 next? two minutes without #release");
    say("10:34", "Wolfgang-Amadeus", "and with me");
    say("10:36", "eve", "mika has the pager tonight, please tell him before you start");
    say("10:37", "mika", "I read along :)");
    say("10:41", "bob", "then at 19:00. alice, will you watch the gap counter?");
    say("10:41", "alice", "yes");
  }
  void type(std::string_view text) {
    frame.input.text = text;
    frame.input.cursor = text.size();
  }
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
  void first_run() {
    frame = {};
    frame.welcome = WelcomeContent{"1.0"};
    frame.title = {"gnatter", "", "", "Sun 22 Nov", "0 here"};
    frame.status.clock = "10:54";
    frame.status.window_name = "gnatter";
    frame.input.prompt = "> ";
    frame.input.hint = "/local or /connect HOST";
  }

  /// The whole screen, with the cursor's cell as a block.
  std::string screen(int columns, int rows) {
    Canvas canvas({columns, rows});
    const LayoutNeeds needs{frame.windows.size() > 1, !frame.welcome, input_rows(frame.input, columns)};
    draw_frame(canvas, lay_out(canvas.size(), needs), frame, *glyphs);
    if (canvas.cursor && !frame.input.text.empty()) canvas.put(*canvas.cursor, "█", {});
    return '\n' + picture(canvas);
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

BOOST_AUTO_TEST_CASE(the_first_run) {
  first_run();
  BOOST_TEST(screen(80, 24) == R"(
 gnatter                                                             Sun 22 Nov

   gnatter 1.0                              chat on the MQTT broker you run

   No broker is set up yet. Type one of these and press Enter:

     /local                    try it now: a private broker on this machine
     /connect broker.example   your broker; asks for a password if it wants one
     /connect localhost        a broker on this machine

   Then:

     /join #dev     a group              Alt-1 to Alt-9   go to a window
     /query bob     one person           Alt-A            where something is new
     /away, /back   how others see you   Tab              completes everything
     /help          all the rest         /quit            leaves

   Nothing is written to disk before you connect.




 10:54 │ not connected │ 1 gnatter
> /local or /connect HOST
)");
}

BOOST_AUTO_TEST_CASE(the_first_run_on_small_screens) {
  first_run();
  BOOST_TEST(screen(60, 12) == R"(
 gnatter                                         Sun 22 Nov
 gnatter 1.0
 No broker is set up yet. Type one of these and press Enter:
  /local        try it now: a private broker on this machine
  /connect broker.example  your broker
  /connect localhost       a broker on this machine
  /join #dev    a group
  /query bob    one person
  /away, /back  how others see you
  /help         all the rest
 10:54 │ not connected │ 1 gnatter
> /local or /connect HOST
)");
  BOOST_TEST(screen(40, 10) == R"(
 gnatter                     Sun 22 Nov
 No broker is set up yet.
  /local        try it now
  /connect broker.example  your broker
  /connect localhost
  /join #dev    a group
  /query bob    one person
  /help         all the rest
 10:54 │ not connected │ 1 gnatter
> /local or /connect HOST
)");
  BOOST_TEST(screen(20, 4) == R"(
 gnatter
  /local
 10:54 │ 1
> /local or /connec…
)");
}

BOOST_AUTO_TEST_CASE(the_first_run_is_the_same_on_a_wide_screen) {
  first_run();
  const std::string narrow = screen(80, 24), wide = screen(120, 24);
  const auto body = [](const std::string& picture) {
    return picture.substr(picture.find('\n', 1), picture.find("10:54") - picture.find('\n', 1));
  };
  BOOST_TEST(body(wide) == body(narrow));
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

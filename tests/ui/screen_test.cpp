// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/screen.h"

#include <signal.h>

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "support/screen_fixture.h"

using namespace gnatter;
using testing::ScreenFixture;

BOOST_FIXTURE_TEST_SUITE(screen, ScreenFixture)

BOOST_AUTO_TEST_CASE(the_first_run_says_what_to_type) {
  BOOST_TEST(comes_to_show("No broker is set up yet."));
  BOOST_TEST(input() == "> /local or /connect HOST");
  type("x");
  BOOST_TEST(input() == "> x");
}

BOOST_AUTO_TEST_CASE(what_is_typed_goes_to_the_window_in_view) {
  connect();
  enter("/join #dev");
  enter("hello");
  accept_subscribes();
  BOOST_TEST(published().back() == "/chat/group/dev/message/alice hello");
  BOOST_TEST(comes_to_show("alice … hello"));
  connection->answer_publish(connection->publishes.size() - 1, testing::FakeConnection::accepted());
  BOOST_TEST(comes_to_show("alice │ hello"));
}

BOOST_AUTO_TEST_CASE(a_key_is_shown_in_the_turn_it_came_in) {
  connect();
  settle();
  const int frames = terminal.frames;
  keys.write("h");
  testing::run_until(loop, [&] { return terminal.frames > frames; });
  BOOST_TEST(input() == "> h");
}

BOOST_AUTO_TEST_CASE(a_flood_costs_few_frames_and_keys_are_shown_meanwhile) {
  connect();
  enter("/join #dev");
  accept_subscribes();
  settle();
  const int before = terminal.frames;
  for (int i = 0; i < 2000; ++i) receive("/chat/group/dev/message/bob", "line " + std::to_string(i));
  BOOST_TEST(terminal.frames == before);  // nothing is drawn from inside an event
  type("k");
  BOOST_TEST(input() == "#dev> k");
  BOOST_TEST(terminal.shows("line 1999"));
  BOOST_TEST(terminal.frames <= before + 4);
}

BOOST_AUTO_TEST_CASE(nothing_is_drawn_while_nothing_happens) {
  connect();
  settle();
  const int before = terminal.frames;
  testing::run_for(loop, std::chrono::milliseconds(200));
  BOOST_TEST(terminal.frames == before);
}

BOOST_AUTO_TEST_CASE(a_direct_message_opens_a_window_and_leaves_the_focus) {
  connect();
  enter("/join #dev");
  accept_subscribes();
  receive("/chat/user/alice/message/bob", "ping");
  BOOST_TEST(comes_to_show("Alt-A  3 bob 1!"));
  BOOST_TEST(input() == "#dev>");
  type(
      "\x1b"
      "a");
  BOOST_TEST(input() == "bob>");
  BOOST_TEST(terminal.shows("bob │ ping"));
  BOOST_TEST(!terminal.shows("Alt-A"));
}

BOOST_AUTO_TEST_CASE(a_group_that_is_not_joined_says_so_where_one_writes) {
  connect();
  enter("/join #dev");
  enter("/part");
  BOOST_TEST(input() == "#dev (left)>");
  enter("/msg #ops hello");
  type(
      "\x1b"
      "3");
  BOOST_TEST(input() == "#ops (not joined)>");
}

BOOST_AUTO_TEST_CASE(each_window_keeps_its_draft) {
  connect();
  enter("/join #dev");
  type("for dev");
  type(
      "\x1b"
      "1");
  BOOST_TEST(input() == ">");
  type(
      "\x1b"
      "2");
  BOOST_TEST(input() == "#dev> for dev");
}

BOOST_AUTO_TEST_CASE(undo_brings_back_nothing_of_another_window) {
  connect();
  enter("/join #dev");
  type("for dev\x17");
  type(
      "\x1b"
      "1");
  type("x\x1f\x1f\x1f");  // Ctrl-_
  BOOST_TEST(input() == ">");
  type(
      "\x1b"
      "2");
  BOOST_TEST(input() == "#dev> for");
  type("\x1f\x1f");
  BOOST_TEST(input() == "#dev> for");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_the_inputrc_is_told_once_in_the_first_window) {
  screen.reset();
  std::ofstream(home.path() / ".inputrc") << "set no-such-variable on\n";
  open_screen();
  connect();
  enter("/join #dev");
  const chat::Buffer& first = network.window();
  int told = 0;
  for (auto number = first.first(); number < first.end(); ++number)
    if (const auto line = first.line(number); line && line->text.starts_with("inputrc: ")) {
      ++told;
      BOOST_TEST((line->kind == chat::LineKind::error));
      BOOST_TEST(line->text.find(".inputrc: line 1: no-such-variable") != std::string::npos);
    }
  BOOST_TEST(told == 1);
  BOOST_TEST(!terminal.shows("inputrc"));
  type("\x18\x12");  // Ctrl-X Ctrl-R reads it again
  BOOST_TEST(comes_to_show("inputrc: "));
}

BOOST_AUTO_TEST_CASE(a_mistake_stays_in_the_input_with_its_reason) {
  connect();
  for (const char* line : {"/quetry bob", " /join #dev", "/etc/passwd"}) {
    enter(line);
    BOOST_TEST(terminal.shows("Nothing was sent"));
    BOOST_TEST(input().find(std::string(line).substr(1)) != std::string::npos);
    type("\x15");  // Ctrl-U
    BOOST_TEST(!terminal.shows("Nothing was sent"));
  }
}

BOOST_AUTO_TEST_CASE(a_refused_password_is_asked_for_in_the_prompts_place) {
  client.connect(network, alice());
  transport::Failure failure;
  failure.reason = transport::Failure::Reason::wrong_password;
  connection->failed.emit(failure);
  BOOST_TEST(comes_to_show("Wrong name or password. Password for alice at broker.example:"));
  type("ge");
  type("\x1b[200~heim\n\x1b[201~");
  BOOST_TEST(!terminal.shows("geheim"));
  type("\r");
  BOOST_TEST(connection->opens.back().password == "geheim");
  type("\x1b[A");
  BOOST_TEST(!terminal.shows("geheim"));
}

BOOST_AUTO_TEST_CASE(a_paste_of_several_lines_is_sent_only_when_asked) {
  connect();
  enter("/join #dev");
  accept_subscribes();
  const std::string paste = "\x1b[200~one\ntwo\n/three\x1b[201~";
  type(paste);
  BOOST_TEST(input().starts_with("Paste of 3 lines:"));
  const std::size_t sent = connection->publishes.size();
  type("\x1b");
  BOOST_TEST(testing::run_until(loop, [&] { return input() == "#dev>"; }));
  BOOST_TEST(connection->publishes.size() == sent);
  type(paste + "\r");
  BOOST_TEST(published().back() == "/chat/group/dev/message/alice one\ntwo\n/three");
  type(paste + "e");
  BOOST_TEST(connection->publishes.size() == sent + 1);
  BOOST_TEST(terminal.shows("/three"));
}

BOOST_AUTO_TEST_CASE(a_pasted_command_of_several_lines_is_text) {
  connect();
  enter("/join #dev");
  accept_subscribes();
  type("\x1b[200~/quit\nnow\x1b[201~\r");
  BOOST_TEST(published().back() == "/chat/group/dev/message/alice /quit\nnow");
}

BOOST_AUTO_TEST_CASE(a_scrolled_view_stays_where_it_is) {
  connect();
  enter("/join #dev");
  accept_subscribes();
  for (int i = 0; i < 100; ++i) receive("/chat/group/dev/message/bob", "line " + std::to_string(i));
  type("\x1b[5~");
  const std::string top = terminal.row(2);
  BOOST_TEST(terminal.shows("more below"));
  for (int i = 100; i < 110; ++i) receive("/chat/group/dev/message/bob", "line " + std::to_string(i));
  settle();
  BOOST_TEST(terminal.row(2) == top);
  type("\x1b[1;3F");
  BOOST_TEST(terminal.shows("line 109"));
  BOOST_TEST(!terminal.shows("more below"));
}

BOOST_AUTO_TEST_CASE(what_comes_while_nobody_looks_stands_under_a_rule) {
  connect();
  enter("/join #dev");
  accept_subscribes();
  receive("/chat/group/dev/message/bob", "read");
  settle();
  type("\x1b[O");
  receive("/chat/group/dev/message/bob", "not read");
  type("\x1b[I");
  BOOST_TEST(comes_to_show("1 new since"));
}

BOOST_AUTO_TEST_CASE(a_screen_too_small_says_so_and_comes_back) {
  terminal.resize({10, 3});
  type("x");
  BOOST_TEST(terminal.shows("too small"));
  terminal.resize({20, 4});
  type("y");
  BOOST_TEST(input() == "> xy");
}

BOOST_AUTO_TEST_CASE(quit_asks_once_when_lines_wait) {
  connect();
  enter("/join #dev");
  accept_subscribes();
  enter("hello");
  enter("/quit");
  BOOST_TEST(comes_to_show("1 line waits to be sent."));
  type("N");
  BOOST_TEST(input() == "#dev>");
}

BOOST_AUTO_TEST_CASE(quit_waits_for_what_is_on_its_way) {
  connect();
  enter("/join #dev");
  accept_subscribes();
  enter("bye");
  enter("/quit");
  BOOST_TEST((session.state() == chat::Session::State::ready));
  connection->answer_publish(connection->publishes.size() - 1, testing::FakeConnection::accepted());
  BOOST_TEST(testing::run_until(loop, [&] { return session.state() == chat::Session::State::leaving; }));
}

BOOST_AUTO_TEST_CASE(a_lost_terminal_leaves_in_order) {
  connect();
  keys.writer.reset();
  BOOST_TEST(testing::run_until(loop, [&] { return session.state() == chat::Session::State::leaving; }));
}

BOOST_AUTO_TEST_CASE(after_a_stop_the_terminal_is_taken_again) {
  settle();
  const int frames = terminal.frames;
  ::raise(SIGCONT);
  BOOST_TEST(testing::run_until(loop, [&] { return terminal.resumes == 1; }));
  BOOST_TEST(terminal.frames == frames + 1);
}

BOOST_AUTO_TEST_CASE(the_welcome_makes_room_for_answers) {
  enter("/help");
  BOOST_TEST(comes_to_show("/help COMMAND tells more"));
  BOOST_TEST(!terminal.shows("No broker is set up yet."));
}

BOOST_AUTO_TEST_CASE(nothing_is_written_before_there_is_a_broker) {
  enter("/join #dev");
  enter("hello");
  BOOST_TEST(terminal.shows("There is no broker yet:"));
  BOOST_TEST(input() == "#dev> hello");
  connect();
  BOOST_TEST(network.messenger.joined("dev"));
}

BOOST_AUTO_TEST_CASE(a_question_waits_for_the_one_before) {
  client.connect(network, alice());
  enter("/join #dev");
  type("\x1b[200~one\ntwo\x1b[201~");
  transport::Failure failure;
  failure.reason = transport::Failure::Reason::wrong_password;
  connection->failed.emit(failure);
  settle();
  BOOST_TEST(input().starts_with("Paste of 2 lines:"));
  type("\x1b");
  BOOST_TEST(comes_to_show("Wrong name or password."));
}

BOOST_AUTO_TEST_CASE(names_do_not_pass_for_others) {
  connect();
  enter("/join #dev");
  accept_subscribes();
  receive("/chat/group/dev/message/--", "not a note");
  receive("/chat/group/dev/message/bob\u200B", "not bob");
  BOOST_TEST(comes_to_show("\"--\" │ not a note"));
  BOOST_TEST(terminal.shows("bob␣ │ not bob"));
}

BOOST_AUTO_TEST_CASE(a_password_that_changed_meanwhile_is_asked_for_at_the_next_connect) {
  connect();
  connection->lose();
  BOOST_REQUIRE(testing::run_until(loop, [&] { return connection->opens.size() == 2; }));
  transport::Failure failure;
  failure.reason = transport::Failure::Reason::wrong_password;
  connection->failed.emit(failure);
  settle();
  BOOST_TEST(!terminal.shows("Password for"));  // whoever is typing is left alone
  enter("/connect");
  connection->failed.emit(failure);
  BOOST_TEST(comes_to_show("Password for alice"));
}

BOOST_AUTO_TEST_CASE(a_plugins_window_has_a_title_but_no_roster_and_nobody_to_talk_to) {
  connect();
  enter("/join #dev");
  accept_subscribes();
  BOOST_TEST(comes_to_show("presence is"));  // in the roster's place
  chat::Buffer& search = client.buffers.open(network, chat::BufferKind::plugin, "search: foo");
  client.buffers.show(search);
  search.print(chat::LineKind::info, "No \"foo\" in 4,211 lines.");
  BOOST_TEST(comes_to_show("No \"foo\" in 4,211 lines."));
  BOOST_TEST(!terminal.shows("presence is"));
  BOOST_TEST(terminal.row(0).starts_with(" search: foo "), terminal.row(0));
  BOOST_TEST(input() == ">");
  enter("hello");
  BOOST_TEST(terminal.shows("This window is for reading, and has nobody to talk to"));
  BOOST_TEST(input() == "> hello");
}

BOOST_AUTO_TEST_CASE(what_plugins_say_comes_into_the_status_line_and_goes) {
  connect();
  const auto id = client.status_items.add();
  client.status_items.set(id, chat::StatusItems::Tone::warn, "not logging: disk full");
  BOOST_TEST(comes_to_show("│ not logging: disk full"));
  client.status_items.remove(id);
  BOOST_TEST(testing::run_until(loop, [&] { return !terminal.shows("not logging"); }));
}

BOOST_AUTO_TEST_SUITE_END()

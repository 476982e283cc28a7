// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/line_editor.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "support/desk.h"

using gnatter::testing::Desk;
using gnatter::testing::Strings;
using gnatter::testing::with;

BOOST_AUTO_TEST_SUITE(line_editor_history)

BOOST_AUTO_TEST_CASE(the_history_is_walked_and_what_was_typed_comes_back) {
  Desk desk;
  for (const std::string line : {"one", "two", "two", ""}) desk.editor->remember(line);
  desk.type("draft").key("\x1b[A");
  BOOST_TEST(desk.line() == "two|");
  BOOST_TEST(desk.key("\x1bOA").line() == "one|");
  BOOST_TEST(desk.key("\x1b[1;5A").line() == "one|");  // there is no more
  BOOST_TEST(desk.key("\x1b[B").key("\x1bOB").line() == "draft|");
}

BOOST_AUTO_TEST_CASE(a_line_remembered_when_it_is_entered_is_the_next_one_up) {
  Desk desk;
  desk.on_entered = [&](const std::string& line) { desk.editor->remember(line); };
  desk.enter("one").enter("two");
  BOOST_TEST(desk.key("\x1b[A").line() == "two|");
  BOOST_TEST(desk.key("\x1b[A").line() == "one|");
  desk.enter("!").key("\x1b[A");
  BOOST_TEST(desk.line() == "one!|");
  BOOST_TEST(desk.key("\x1b[A").key("\x1b[A").line() == "one|");  // as it was
}

BOOST_AUTO_TEST_CASE(what_was_not_remembered_is_not_in_the_history) {
  Desk desk;
  desk.editor->remember("known");
  desk.enter("secret");
  desk.key("\x1b[A").type(" secret").key("\x1b[B").enter("");
  BOOST_TEST(desk.key("\x1b[A").line() == "known|");
  BOOST_TEST(desk.key("\x1b[A").line() == "known|");
}

BOOST_AUTO_TEST_CASE(the_history_is_bounded) {
  Desk desk;
  for (int i = 0; i < 1500; ++i) desk.editor->remember(std::to_string(i));
  BOOST_TEST(desk.key("\x1b[A").line() == "1499|");
  BOOST_TEST(desk.key("\x1b<").line() == "500|");
}

BOOST_AUTO_TEST_CASE(the_history_is_searched_with_a_prompt) {
  Desk desk;
  for (const std::string line : {"food", "bar", "foo 日本"}) desk.editor->remember(line);
  desk.type("draft").key("\x12");
  BOOST_TEST(desk.editor->prompt() == "(reverse-i-search)`': ");
  desk.type("foo");
  BOOST_TEST(desk.editor->prompt() == "(reverse-i-search)`foo': ");
  BOOST_TEST(desk.line() == "|foo 日本");
  BOOST_TEST(desk.key("\x12").line() == "|food");
  BOOST_TEST(desk.key("\x07").line() == "draft|");
  BOOST_TEST(desk.editor->prompt() == "");
  BOOST_TEST(desk.key("\x12").type("本").key("\x1b[C").line() == "foo 日本|");
  BOOST_TEST(desk.editor->prompt() == "");
  desk.key("\x12").type("ba").key("\r");
  BOOST_TEST(desk.entered == Strings{"bar"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_action_ends_a_search_and_runs) {
  Desk desk;
  desk.editor->remember("foo");
  desk.key("\x12").type("fo").key("\x1bn");
  BOOST_TEST(desk.ran == Strings{"gnatter-next-window"}, boost::test_tools::per_element());
  BOOST_TEST(desk.editor->prompt() == "");
  BOOST_TEST(desk.editor->text() == "foo");
}

BOOST_AUTO_TEST_CASE(text_put_in_gives_up_a_search_or_half_a_key) {
  Desk desk;
  desk.editor->remember("foo");
  desk.type("a").key("\x12").type("fo");
  desk.editor->insert("b");
  BOOST_TEST(desk.line() == "ab|");
  BOOST_TEST(desk.editor->prompt() == "");
  desk.key("\x18");
  desk.editor->insert("c");
  BOOST_TEST(desk.type("d").line() == "abcd|");
}

BOOST_AUTO_TEST_CASE(nothing_expands) {
  Desk desk;
  desk.editor->remember("old");
  desk.enter("!! !$ ^a^b ~");
  BOOST_TEST(desk.entered == Strings{"!! !$ ^a^b ~"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(another_windows_text_is_not_undone_into_this_one) {
  Desk desk;
  desk.editor->remember("old");
  desk.type("for bob");
  desk.editor->replace("for #dev", 3);
  BOOST_TEST(desk.line() == "for| #dev");
  for (int i = 0; i < 5; ++i) desk.key("\x1f");
  BOOST_TEST(desk.line() == "for| #dev");
  desk.key("\x1b[A").type(", changed");
  desk.editor->replace("third", 5);
  BOOST_TEST(desk.key("\x1f").line() == "third|");
  BOOST_TEST(desk.key("\x1b[A").line() == "old|");
  BOOST_TEST(desk.key("\x1b[B").line() == "third|");
}

BOOST_AUTO_TEST_CASE(an_action_may_swap_the_line_at_any_time) {
  for (const std::string rc : {"", "set editing-mode vi"}) {
    Desk desk(rc);
    desk.open({with("gnatter-test-swap", {"\\C-o"}, [&] { desk.editor->replace("other", 5); })});
    for (const std::string line : {"one", "two", "three"}) desk.editor->remember(line);
    desk.type("a").key("\x0f");
    BOOST_TEST(desk.line() == "other|");
    desk.key("\x1b[A").type("x").key("\x1b[A").type("y").key("\x0f");
    BOOST_TEST(desk.line() == "other|");
    BOOST_TEST(desk.key("\x1b[A").editor->text() == "three");
    BOOST_TEST(desk.key("\x1b[A").editor->text() == "two");
    desk.key("\x12").type("on").key("\x0f");
    BOOST_TEST(desk.line() == "other|");
    BOOST_TEST(desk.key("\x1b[B").key("\x1b[B").editor->text() == "other");
  }
}

BOOST_AUTO_TEST_CASE(editors_follow_one_another) {
  for (int i = 0; i < 3; ++i) {
    Desk desk(i == 1 ? "set editing-mode vi\n" : "");
    desk.editor->remember("line " + std::to_string(i));
    desk.type("left over").key("\x12").type("lin");
    if (i == 2) desk.key("\x18");
    desk.open();
    BOOST_TEST(desk.line() == "|");
    BOOST_TEST(desk.editor->prompt() == "");
    BOOST_TEST(desk.key("\x1b[A").line() == "|");
    desk.type("x").key("\x7f").enter("y").key("\x1bn");
    BOOST_TEST(desk.entered.back() == "y");
  }
}

BOOST_AUTO_TEST_SUITE_END()

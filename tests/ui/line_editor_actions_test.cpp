// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/line_editor.h"

#include <boost/test/unit_test.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/desk.h"

using gnatter::testing::Desk;
using gnatter::testing::Strings;
using gnatter::testing::with;
using gnatter::ui::KeyAction;

BOOST_AUTO_TEST_SUITE(line_editor_actions)

BOOST_AUTO_TEST_CASE(a_key_may_be_the_beginning_of_a_longer_one) {
  Desk desk;
  desk.type("ab").key("\x18").key("\x15");  // Ctrl-X Ctrl-U
  BOOST_TEST(desk.line() == "|");
  desk.type("ab cd").key("\x1b").key("b");  // Esc B
  BOOST_TEST(desk.line() == "ab |cd");
  desk.key("\x1b").key("\x1b[3~");  // Esc, and then another key
  BOOST_TEST(desk.line() == "ab |d");
}

BOOST_AUTO_TEST_CASE(sequences_that_nothing_is_bound_to_do_nothing) {
  for (const std::string rc : {"", "set editing-mode vi"}) {
    Desk desk(rc);
    desk.type("ab");
    for (const std::string_view key :
         {"\x1b[24~", "\x1b[1;2A", "\x1b[27;5;9~", "\x1bOz", "\x1b\x1b[Z", "\x1b[[A"})
      BOOST_TEST(desk.key(key).line() == "ab|");
    BOOST_TEST(desk.type("c").line() == "abc|");
  }
}

BOOST_AUTO_TEST_CASE(actions_run_on_their_keys_in_both_modes) {
  for (const std::string rc : {"", "set editing-mode vi"}) {
    Desk desk(rc);
    desk.key("\x1bn").key("\x0e").key("\x1bp").key("\x1b[1;3D").key("\t");
    BOOST_TEST(desk.ran == (Strings{"gnatter-next-window", "gnatter-next-window", "gnatter-previous-window",
                                    "gnatter-previous-window", "gnatter-complete"}),
               boost::test_tools::per_element());
    BOOST_TEST(desk.line() == "|");
    desk.key("\x1b").key("\x0e").key("\x1bn");  // in vi's command mode, too
    BOOST_TEST(desk.ran.back() == "gnatter-next-window");
  }
}

BOOST_AUTO_TEST_CASE(actions_change_the_line_and_what_they_throw_comes_out) {
  Desk desk;
  desk.open({with("gnatter-test-insert", {"\\C-o"}, [&] { desk.editor->insert("\nb"); }),
             with("gnatter-test-throw", {"\\C-g"}, [] { throw std::runtime_error("no"); })});
  desk.type("a").key("\x0f");
  BOOST_TEST(desk.line() == "a\nb|");
  BOOST_CHECK_THROW(desk.key("\x07"), std::runtime_error);
  BOOST_TEST(desk.type("c").key("\x01").line() == "|a\nbc");
  desk.key("\r");
  BOOST_TEST(desk.entered == Strings{"a\nbc"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_hundred_actions_are_possible_and_too_many_refused) {
  Desk desk;
  std::vector<KeyAction> many;
  for (int i = 100; i < 200; ++i)
    many.push_back(desk.action("gnatter-test-" + std::to_string(i), {"\\C-x" + std::to_string(i)}));
  desk.open(many);
  for (const std::string_view key : {"\x18", "1", "9", "9", "\x18", "1", "0", "0"}) desk.key(key);
  BOOST_TEST(desk.ran == (Strings{"gnatter-test-199", "gnatter-test-100"}), boost::test_tools::per_element());
  for (int i = 200; i < 300; ++i) many.push_back(desk.action("gnatter-test-" + std::to_string(i), {}));
  BOOST_CHECK_THROW(desk.open(many), std::length_error);
  desk.open();
  BOOST_TEST(desk.type("a").line() == "a|");
  for (const std::string_view key : {"\x18", "1", "9", "9"}) desk.key(key);  // nobody's now
  BOOST_TEST(desk.line() == "a|");
}

BOOST_AUTO_TEST_CASE(what_bites_is_unbound) {
  for (const std::string rc : {"", "set editing-mode vi"}) {
    Desk desk(rc);
    desk.key("\x04");
    if (!rc.empty()) desk.key("\x1b").key("\x04").key("#").key("i");
    desk.type("ab");
    if (rc.empty()) desk.key("\x1b#").key("\x1b=").key("\x1b?").key("\x1b*").key("\x1b\r");
    if (!rc.empty()) desk.key("\x04");
    BOOST_TEST(desk.entered.empty());
    BOOST_TEST(desk.editor->text() == "ab");
  }
}

BOOST_AUTO_TEST_CASE(changes_are_told_once_a_key) {
  Desk desk;
  desk.changes = 0;
  desk.type("a");
  BOOST_TEST(desk.changes == 1);
  desk.editor->insert("b");
  BOOST_TEST(desk.changes == 2);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/line_editor.h"

#include <array>
#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <string_view>

#include "base/text.h"
#include "support/desk.h"

using gnatter::testing::Desk;
using gnatter::testing::Strings;
using gnatter::testing::with;

namespace {

constexpr auto home_keys =
    std::to_array<std::string_view>({"\x01", "\x1b[H", "\x1b[1~", "\x1b[7~", "\x1bOH"});
constexpr auto end_keys = std::to_array<std::string_view>({"\x05", "\x1b[F", "\x1b[4~", "\x1b[8~", "\x1bOF"});

}  // namespace

BOOST_AUTO_TEST_SUITE(line_editor)

BOOST_AUTO_TEST_CASE(enter_hands_the_line_over) {
  Desk desk;
  desk.on_entered = [&](const std::string&) { BOOST_TEST(desk.editor->text() == ""); };
  desk.enter("hello there").enter("").type("x").key("\n");
  BOOST_TEST(desk.entered == (Strings{"hello there", "", "x"}), boost::test_tools::per_element());
  BOOST_TEST(desk.line() == "|");
}

BOOST_AUTO_TEST_CASE(a_line_can_be_put_back_when_it_is_entered) {
  Desk desk;
  desk.on_entered = [&](const std::string& line) { desk.editor->set_text(line, 2); };
  desk.enter("/quetry");
  BOOST_TEST(desk.line() == "/q|uetry");
  desk.on_entered = nullptr;
  desk.key("\r");
  BOOST_TEST(desk.entered.back() == "/quetry");
}

BOOST_AUTO_TEST_CASE(the_cursor_moves_as_in_emacs) {
  Desk desk;
  desk.type("one two three");
  for (const std::string_view key : home_keys)
    BOOST_TEST(desk.key("\x05").key(key).line() == "|one two three");
  for (const std::string_view key : end_keys)
    BOOST_TEST(desk.key("\x01").key(key).line() == "one two three|");
  for (const std::string_view key : {"\x1b"
                                     "b",
                                     "\x1b[1;5D", "\x1b[5D", "\x1bOd"})
    BOOST_TEST(desk.key("\x05").key(key).line() == "one two |three");
  for (const std::string_view key : {"\x1b"
                                     "f",
                                     "\x1b[1;5C", "\x1b[5C", "\x1bOc"})
    BOOST_TEST(desk.key("\x01").key(key).line() == "one| two three");
  BOOST_TEST(desk.key("\x02").line() == "on|e two three");
  BOOST_TEST(desk.key("\x1b[D").key("\x1bOD").line() == "|one two three");
  BOOST_TEST(desk.key("\x06").key("\x1b[C").key("\x1bOC").line() == "one| two three");
}

BOOST_AUTO_TEST_CASE(characters_are_deleted_as_in_emacs) {
  Desk desk;
  desk.type("abcdef").key("\x01");
  BOOST_TEST(desk.key("\x1b[3~").line() == "|bcdef");
  BOOST_TEST(desk.key("\x04").line() == "|cdef");
  BOOST_TEST(desk.key("\x05").key("\x7f").line() == "cde|");
  BOOST_TEST(desk.key("\x08").line() == "cd|");
  BOOST_TEST(desk.key("\x14").line() == "dc|");
}

BOOST_AUTO_TEST_CASE(words_and_lines_are_killed_and_come_back) {
  Desk desk;
  desk.type("one two/three four five");
  BOOST_TEST(desk.key("\x17").key("\x17").line() == "one two/three |");
  BOOST_TEST(desk.key("\x19").line() == "one two/three four five|");  // kills in a row are one
  desk.key("\x17").key("\x17");
  BOOST_TEST(desk.key("\x1b\x7f").line() == "one two/|");
  BOOST_TEST(desk.key("\x19").line() == "one two/three |");
  desk.key("\x01");
  BOOST_TEST(desk.key("\x1b"
                      "d")
                 .line() == "| two/three ");
  BOOST_TEST(desk.key("\x1b[C").key("\x1b[3;5~").line() == " |/three ");
  BOOST_TEST(desk.key("\x0b").line() == " |");
  BOOST_TEST(desk.key("\x15").line() == "|");
  BOOST_TEST(desk.key("\x19").line().ends_with("/three |"));
}

BOOST_AUTO_TEST_CASE(the_kill_ring_turns) {
  Desk desk;
  desk.type("first").key("\x15").type("second").key("\x15").type("x").key("\x19");
  BOOST_TEST(desk.line() == "xsecond|");
  BOOST_TEST(desk.key("\x1by").line() == "xfirst|");
}

BOOST_AUTO_TEST_CASE(changes_are_undone) {
  Desk desk;
  desk.type("one two").key("\x17");
  BOOST_TEST(desk.key("\x1f").line() == "one two|");
  BOOST_TEST(desk.key("\x1f").line() == "|");
}

BOOST_AUTO_TEST_CASE(numeric_arguments_count) {
  Desk desk;
  desk.type("abcdef").key(
      "\x1b"
      "3");
  BOOST_TEST(desk.editor->prompt() == "(arg: 3) ");
  BOOST_TEST(desk.key("\x1b[D").line() == "abc|def");
  BOOST_TEST(desk.editor->prompt() == "");
}

BOOST_AUTO_TEST_CASE(multibyte_and_combining_text_is_edited_by_characters) {
  Desk desk;
  desk.type("aé日👩");
  BOOST_TEST(desk.editor->cursor() == 10u);
  BOOST_TEST(desk.key("\x02").line() == "aé日|👩");
  BOOST_TEST(desk.key("\x7f").line() == "aé|👩");
  BOOST_TEST(desk.key("\x14").line() == "a👩é|");
  desk.key("\x15").type("xe\u0301");  // e and a combining acute accent
  BOOST_TEST(desk.key("\x02").line() == "x|e\u0301");
  BOOST_TEST(desk.key("\x04").line() == "x|");
}

BOOST_AUTO_TEST_CASE(text_is_put_in_as_one_change) {
  Desk desk;
  desk.type("ab");
  desk.editor->set_text("né two", 2);  // within é
  BOOST_TEST(desk.line() == "n|é two");
  desk.editor->insert("line\nline");
  BOOST_TEST(desk.line() == "nline\nline|é two");
  BOOST_TEST(desk.key("\x1f").line() == "n|é two");
  BOOST_TEST(desk.key("\x1f").line() == "ab|");
  desk.editor->set_text("end", 99);
  BOOST_TEST(desk.line() == "end|");
  desk.editor->clear();
  BOOST_TEST(desk.line() == "|");
}

BOOST_AUTO_TEST_CASE(text_is_always_safe) {
  Desk desk;
  desk.editor->set_text("a\x1b[31m\xff", 99);
  BOOST_TEST(desk.line() == gnatter::base::safe_text("a\x1b[31m\xff") + "|");
  desk.editor->clear();
  desk.key("\x16").key("\x1b").type("x");  // Ctrl-V Esc
  BOOST_TEST(desk.line() == "␛x|");
  desk.editor->remember("\x1b[2J");
  BOOST_TEST(desk.key("\x1b[A").line() == "␛[2J|");
}

BOOST_AUTO_TEST_CASE(any_keys_leave_a_line_that_is_safe) {
  std::mt19937 random(20261122);
  for (const std::string rc : {"", "set editing-mode vi\n"}) {
    Desk desk(rc);
    desk.open({with("gnatter-test-swap", {"\\C-o"}, [&] { desk.editor->replace("other", 5); })});
    const Strings odd{"\x1b",
                      "\x12",
                      "\x18",
                      "\x16",
                      "\x1f",
                      "\x19",
                      "\x1by",
                      "\x1b[A",
                      "\x1b[B",
                      "\x1b[24~",
                      "é",
                      "👩",
                      "\x1b\x1b[C",
                      "\x0f",
                      "\r",
                      "/",
                      "n",
                      "d",
                      "u",
                      ".",
                      "\x1b"
                      "3",
                      "\x07",
                      "q",
                      "@"};
    std::uniform_int_distribution<std::size_t> which(0, odd.size() * 2 - 1);
    std::uniform_int_distribution<int> any(0, 127);
    for (int i = 0; i < 8'000; ++i) {
      const std::size_t choice = which(random);
      desk.key(choice < odd.size() ? odd[choice] : std::string(1, static_cast<char>(any(random))));
      if (i % 50 == 0) desk.editor->remember(desk.editor->text());
      if (i % 97 == 0) desk.editor->insert("in\nserted");
      const std::string text = desk.editor->text();
      BOOST_REQUIRE(desk.editor->cursor() <= text.size());
      BOOST_REQUIRE(desk.editor->prompt() != "" || gnatter::base::safe_text(text) == text);
      if (text.size() > 2000) desk.editor->replace("", 0);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

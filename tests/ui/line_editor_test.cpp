// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/line_editor.h"

#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <fstream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/text.h"
#include "gnatter/utf8.h"
#include "support/environment.h"
#include "support/pipe.h"
#include "support/temporary_directory.h"

using gnatter::testing::Pipe;
using gnatter::testing::TemporaryDirectory;
using gnatter::testing::Variable;
using gnatter::ui::KeyAction;
using gnatter::ui::LineEditor;
using Strings = std::vector<std::string>;

namespace {

/// An editor in a home of its own, with what came of the keys.
struct Desk {
  TemporaryDirectory home_directory;
  Variable home{"HOME", home_directory.path().string()};
  Variable inputrc{"INPUTRC", std::nullopt};
  Strings entered, ran;
  int changes = 0;
  std::function<void(const std::string&)> on_entered;
  std::optional<LineEditor> editor;

  explicit Desk(const std::string& rc = "", std::vector<KeyAction> more = {}) {
    ::setlocale(LC_CTYPE, "C.UTF-8");
    if (!rc.empty()) write(rc);
    open(std::move(more));
  }
  void write(const std::string& rc) const { std::ofstream(home_directory.path() / ".inputrc") << rc; }
  void open(std::vector<KeyAction> more = {}) {
    std::vector<KeyAction> actions{action("gnatter-next-window", {"\\en", "\\C-n"}),
                                   action("gnatter-previous-window", {"\\ep", "\\e[1;3D"}),
                                   action("gnatter-complete", {"\\t"})};
    for (KeyAction& row : more) actions.push_back(std::move(row));
    editor.reset();
    editor.emplace(
        std::move(actions), [this] { ++changes; },
        [this](const std::string& line) {
          entered.push_back(line);
          if (on_entered) on_entered(line);
        });
  }
  KeyAction action(const std::string& name, Strings keys) {
    return {
        .name = name, .keys = std::move(keys), .summary = "", .run = [this, name] { ran.push_back(name); }};
  }

  /// The characters of a text, one key each.
  Desk& type(std::string_view text) {
    while (!text.empty()) {
      const std::size_t length = gnatter::utf8::decode(text).length;
      editor->key(text.substr(0, length));
      text.remove_prefix(length);
    }
    return *this;
  }
  Desk& key(std::string_view bytes) {
    editor->key(bytes);
    return *this;
  }
  Desk& enter(std::string_view text) { return type(text).key("\r"); }
  /// The line with a bar where the cursor stands.
  [[nodiscard]] std::string line() const {
    std::string text = editor->text();
    BOOST_REQUIRE(editor->cursor() <= text.size());
    return text.insert(editor->cursor(), "|");
  }
};

KeyAction with(const std::string& name, Strings keys, std::function<void()> run) {
  return {.name = name, .keys = std::move(keys), .summary = "", .run = std::move(run)};
}

constexpr auto home_keys =
    std::to_array<std::string_view>({"\x01", "\x1b[H", "\x1b[1~", "\x1b[7~", "\x1bOH"});
constexpr auto end_keys = std::to_array<std::string_view>({"\x05", "\x1b[F", "\x1b[4~", "\x1b[8~", "\x1bOF"});

/// The standard error as a pipe, for as long as the object lives.
struct WatchedErrors {
  Pipe pipe{Pipe::Ours::reader};
  int before = ::dup(2);
  WatchedErrors() { ::dup2(pipe.writer.get(), 2); }
  WatchedErrors(const WatchedErrors&) = delete;
  WatchedErrors& operator=(const WatchedErrors&) = delete;
  ~WatchedErrors() {
    ::dup2(before, 2);
    ::close(before);
  }
  [[nodiscard]] std::string text() const {
    ::fflush(stderr);
    return pipe.read();
  }
};

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

BOOST_AUTO_TEST_CASE(nothing_expands) {
  Desk desk;
  desk.editor->remember("old");
  desk.enter("!! !$ ^a^b ~");
  BOOST_TEST(desk.entered == Strings{"!! !$ ^a^b ~"}, boost::test_tools::per_element());
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

BOOST_AUTO_TEST_CASE(vi_mode_comes_from_the_inputrc) {
  Desk desk("set editing-mode vi\n");
  desk.type("one two");
  const auto before = std::chrono::steady_clock::now();
  desk.key("\x1b");
  BOOST_TEST((std::chrono::steady_clock::now() - before < std::chrono::milliseconds(200)));
  BOOST_TEST(desk.line() == "one tw|o");
  BOOST_TEST(desk.type("0").line() == "|one two");
  BOOST_TEST(desk.type("dw").line() == "|two");
  BOOST_TEST(desk.type("u").editor->text() == "one two");
  BOOST_TEST(desk.type("$").type("F").type("n").line() == "o|ne two");
  BOOST_TEST(desk.type("rxi").line() == "o|xe two");
  BOOST_TEST(desk.key("\x1b[1;5C").line() == "oxe| two");
  BOOST_TEST(desk.key("\x1b"
                      "x")
                 .line() == "ox| two");  // Esc x, typed fast
  desk.key("\r");
  BOOST_TEST(desk.entered == Strings{"ox two"}, boost::test_tools::per_element());
  BOOST_TEST(desk.type("i").line() == "i|");  // a new line is for typing
}

BOOST_AUTO_TEST_CASE(vi_mode_searches_the_history_and_is_not_confused_by_sequences) {
  Desk desk("set editing-mode vi\n");
  desk.editor->remember("needle");
  desk.editor->remember("hay");
  desk.key("\x1b").type("/need");
  BOOST_TEST(desk.editor->prompt() == "/");
  BOOST_TEST(desk.key("\x1b[A").line() == "need|");
  BOOST_TEST(desk.key("\r").editor->text() == "needle");
  BOOST_TEST(desk.type("$d").key("\x1b[D").line() == "need|le");
  BOOST_TEST(desk.entered.empty());
}

BOOST_AUTO_TEST_CASE(the_inputrc_binds_our_actions_and_wins) {
  Desk desk(
      "$if gnatter\n"
      "\"\\C-x\\C-n\": gnatter-next-window\n"
      "\"\\en\": \"typed\"\n"
      "Control-n: end-of-line\n"
      "$else\n"
      "\"z\": \"wrong\"\n"
      "$endif\n");
  desk.key("\x18").key("\x0e");
  BOOST_TEST(desk.ran == Strings{"gnatter-next-window"}, boost::test_tools::per_element());
  BOOST_TEST(desk.key("\x1bn").line() == "typed|");
  BOOST_TEST(desk.key("\x01").key("\x0e").type("z").line() == "typedz|");
  BOOST_TEST(desk.editor->complaints().empty());
}

BOOST_AUTO_TEST_CASE(a_macro_may_hold_actions_and_enter) {
  Desk desk("\"\\C-xm\": \"a\\enb\\C-mc\"\n");
  desk.on_entered = [&](const std::string&) { BOOST_TEST(desk.editor->text() == ""); };
  desk.key("\x18").key("m");
  BOOST_TEST(desk.ran == Strings{"gnatter-next-window"}, boost::test_tools::per_element());
  BOOST_TEST(desk.entered == Strings{"ab"}, boost::test_tools::per_element());
  BOOST_TEST(desk.line() == "c|");
}

BOOST_AUTO_TEST_CASE(a_broken_inputrc_is_complained_about_and_prints_nothing) {
  const WatchedErrors errors;
  Desk desk(
      "set no-such-variable on\n"
      "$include /no/such/file\n"
      "$nonsense\n"
      "\"unfinished\n"
      "\"\\C-xe\": \"\"\n"
      "\"\\C-xl\": \"\\C-xl\"\n"
      "\"\\C-xp\": bracketed-paste-begin\n"
      "\"\\C-xd\": dump-functions\n"
      "set bell-style audible\n"
      "set enable-bracketed-paste on\n"
      "set convert-meta on\n");
  const Strings complaints = desk.editor->complaints();
  BOOST_REQUIRE(complaints.size() == 3u);
  BOOST_TEST(complaints[0].find(".inputrc: line 1: no-such-variable") != std::string::npos);
  BOOST_TEST(complaints[0].find('\n') == std::string::npos);
  BOOST_TEST(desk.editor->complaints().empty());
  for (const std::string_view key : {"e", "l", "p", "d"}) desk.key("\x18").key(key);
  BOOST_TEST(desk.editor->complaints().empty());
  BOOST_TEST(desk.type("é").key("\x7f").type("ok").line() == "ok|");
  BOOST_TEST(desk.entered.empty());
  desk.key("\x18").key("\x12");  // Ctrl-X Ctrl-R reads it again
  BOOST_TEST(desk.editor->complaints().size() == 3u);
  BOOST_TEST(errors.text() == "");
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

BOOST_AUTO_TEST_CASE(changes_are_told_once_a_key) {
  Desk desk;
  desk.changes = 0;
  desk.type("a");
  BOOST_TEST(desk.changes == 1);
  desk.editor->insert("b");
  BOOST_TEST(desk.changes == 2);
}

BOOST_AUTO_TEST_SUITE_END()

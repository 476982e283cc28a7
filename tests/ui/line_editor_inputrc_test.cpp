// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/line_editor.h"

#include <stdio.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <fstream>
#include <string>

#include "support/desk.h"
#include "support/pipe.h"

using gnatter::testing::Desk;
using gnatter::testing::Pipe;
using gnatter::testing::Strings;

namespace {

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

BOOST_AUTO_TEST_SUITE(line_editor_inputrc)

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
  BOOST_TEST(desk.editor->prompt() == "(search) /");
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

BOOST_AUTO_TEST_CASE(an_inputrc_that_includes_itself_is_complained_about_and_not_read) {
  Desk desk;
  const std::string rc = (desk.home_directory.path() / ".inputrc").string();
  const std::string other = (desk.home_directory.path() / "other").string();
  std::ofstream(other) << "\t $Include  ~/.inputrc \n";
  for (const std::string& line : {"$include " + rc, std::string("$include ~/other\n")}) {
    desk.write("\"\\C-xm\": \"typed\"\n" + line);
    desk.open();
    const Strings complaints = desk.editor->complaints();
    BOOST_REQUIRE(complaints.size() == 1u);
    BOOST_TEST(complaints[0].find("it includes itself; no keys were read from " + rc) != std::string::npos);
    BOOST_TEST(desk.key("\x18").key("m").line() == "|");
  }
  desk.write("$include ~/third\n$include ~/third\n\"\\C-xm\": \"typed\"\n");  // twice is not for ever
  std::ofstream(desk.home_directory.path() / "third") << "# nothing\n";
  desk.open();
  BOOST_TEST(desk.editor->complaints().empty());
  BOOST_TEST(desk.key("\x18").key("m").line() == "typed|");
}

BOOST_AUTO_TEST_SUITE_END()

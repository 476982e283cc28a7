// SPDX-License-Identifier: GPL-3.0-or-later
// The programs that the notify plugin runs: notify-send and the user's own.
#include <filesystem>

#include "support/notify_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

struct Programs : NotifyFixture {
  /// Where notify-send is looked for: there is none but that of the test.
  Variable path{"PATH", directory.path().string()};

  void only_desktop() {
    no_folding();
    set("bell", "false");
    set("osc9", "false");
    set("notify-send", "true");
  }
  void install_desktop(const std::string& script) {
    std::ofstream(file("notify-send")) << "#!/bin/sh\n" << script << '\n';
    fs::permissions(file("notify-send"), fs::perms::owner_all);
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(notify_programs)

BOOST_FIXTURE_TEST_CASE(a_command_has_it_all_in_its_environment_and_the_text_on_its_input, NotifyFixture) {
  const std::string text = "$(touch " + file("hacked") + ")\n\"'`;\\ \x01--help";
  tell_by(
      "printf \"%s|\" \"$#\" \"$GNATTER_SENDER\" \"$GNATTER_WINDOW\" \"$GNATTER_NETWORK\" \"$GNATTER_TEXT\" "
      ">" +
      file("part") + "; cat >>" + file("part") + "; mv " + file("part") + ' ' + file("told"));
  set("windows", "*");
  say_in("dev", "--help", text);
  const std::string shown = "$(touch " + file("hacked") + ")\n\"'`;\\ \u2401--help";
  BOOST_TEST(file_has("told", "0|--help|#dev|broker.example|" + shown + '|' + shown));
  BOOST_TEST(!fs::exists(file("hacked")));
}

BOOST_FIXTURE_TEST_CASE(a_command_that_fails_is_told_once_until_it_works_again, NotifyFixture) {
  tell_by("test -e " + file("fine") + " || { echo no bus >&2; exit 3; }; echo x >>" + file("told"));
  const auto failed = "notify.command ended with 3: no bus";
  say("bob", "one");
  BOOST_TEST(comes(failed));
  say("bob", "two");
  type("/notify test");
  BOOST_TEST(comes("info: command: ended with 3: no bus"));
  BOOST_TEST(told(failed) == 1u);
  std::ofstream(file("fine")) << "";
  say("bob", "three");
  BOOST_TEST(file_has("told", "x\n"));
  settle();
  fs::remove(file("fine"));
  say("bob", "four");
  BOOST_TEST(comes(failed, 2));
}

BOOST_FIXTURE_TEST_CASE(a_command_that_is_not_there_is_told, NotifyFixture) {
  no_folding();
  set("command", "/nowhere/tell-me");
  say("bob", "hello");
  BOOST_TEST(comes("notify.command cannot be started"));
  type("/notify test");
  BOOST_TEST(comes("info: command: cannot be started"));
}

BOOST_FIXTURE_TEST_CASE(few_programs_run_at_once, NotifyFixture) {
  tell_by("echo x >>" + file("told") + "; exec sleep 1000");
  for (int i = 0; i < 10; ++i) say("bob", "hello");
  BOOST_TEST(file_has("told", "x\nx\nx\nx\n"));
  type("/notify test");
  BOOST_TEST(told("command: not started, for 4 programs run already") == 1u);
  run_for(loop, 100ms);
  BOOST_TEST(bytes_of(file("told")) == "x\nx\nx\nx\n");
  BOOST_TEST(unload("notify"));
}

BOOST_FIXTURE_TEST_CASE(programs_and_what_waits_go_with_the_plugin, NotifyFixture) {
  tell_by("exec sleep 1000");
  const auto descriptors = [] {
    return std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator());
  };
  const auto before = descriptors();
  for (int round = 0; round < 50; ++round) {
    for (int i = 0; i < 5; ++i) say("bob", "hello");
    keep("eve", std::to_string(round));
    BOOST_REQUIRE(unload("notify"));
    plugins.load("notify");
  }
  BOOST_TEST(run_until(
      loop, [&] { return descriptors() == before; }, 5s));
}

BOOST_FIXTURE_TEST_CASE(a_test_typed_in_a_conversation_says_where_the_end_is_told, NotifyFixture) {
  tell_by("exit 0");
  client.buffers.show(*group("dev"));
  type("/notify test");
  BOOST_TEST(count(group("dev"), "command: started. The window of broker.example tells how it ends.") == 1u);
  BOOST_TEST(comes("info: command: done"));
}

BOOST_FIXTURE_TEST_CASE(the_desktop_gets_words_that_are_no_markup, Programs) {
  install_desktop("printf '<%s>\\n' \"$@\" >" + file("told"));
  only_desktop();
  say("bob", "<b>$(id)</b> & \\n");
  BOOST_TEST(file_has("told", "<--app-name=gnatter>\n<-->\n<bob>\n<&lt;b&gt;$(id)&lt;/b&gt; &amp; \\\\n>\n"));
}

BOOST_FIXTURE_TEST_CASE(a_desktop_that_is_not_there_is_told_once_and_left_alone, Programs) {
  only_desktop();
  const auto missing = "Nothing goes that way now: install it";
  say("bob", "one");
  BOOST_TEST(comes(missing));
  install_desktop("echo x >>" + file("told"));
  say("bob", "two");
  run_for(loop, 200ms);
  BOOST_TEST(!fs::exists(file("told")));
  type("/notify test");
  BOOST_TEST(comes("info: notify-send: sent"));
  say("bob", "three");
  BOOST_TEST(file_has("told", "x\nx\n"));
  BOOST_TEST(told(missing) == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_setting_that_changes_brings_the_desktop_back, Programs) {
  only_desktop();
  say("bob", "one");
  BOOST_TEST(comes("install it"));
  install_desktop("echo x >>" + file("told"));
  set("notify-send", "false");
  set("notify-send", "true");
  say("bob", "two");
  BOOST_TEST(file_has("told", "x\n"));
}

BOOST_FIXTURE_TEST_CASE(a_desktop_that_fails_is_told_once, Programs) {
  install_desktop("echo Cannot autolaunch D-Bus >&2; exit 1");
  only_desktop();
  say("bob", "one");
  BOOST_TEST(comes("notify-send ended with 1: Cannot autolaunch D-Bus"));
  say("bob", "two");
  run_for(loop, 200ms);
  BOOST_TEST(told("notify-send ended with 1") == 1u);
  type("/notify test");
  BOOST_TEST(comes("info: notify-send: ended with 1: Cannot autolaunch D-Bus"));
}

BOOST_AUTO_TEST_SUITE_END()

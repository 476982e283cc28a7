// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/notify/ways.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "plugins/notify/delivery.h"
#include "plugins/notify/tmux.h"
#include "support/environment.h"

using namespace notify;
using boost::test_tools::per_element;
using Words = std::vector<std::string>;

namespace {

Notice said(const std::string& sender, const std::string& text, const std::string& group = {}) {
  return {sender, group.empty() ? sender : group, "home", group.empty() ? "" : "in " + group, text, false,
          false};
}
std::string x(std::size_t count) {
  return std::string(count, 'x');
}

}  // namespace

BOOST_AUTO_TEST_SUITE(notify_ways)

BOOST_AUTO_TEST_CASE(terminals_are_told_who_said_what_where) {
  BOOST_TEST(osc9(said("bob", "hello")) == "9;bob: hello");
  BOOST_TEST(osc9(said("bob", "hello", "#dev")) == "9;bob in #dev: hello");
  BOOST_TEST(osc777(said("bob", "hello", "#dev")) == "777;notify;bob in #dev;hello");
}

BOOST_AUTO_TEST_CASE(an_action_is_told_as_one) {
  Notice notice = said("bob", "waves");
  notice.action = true;
  BOOST_TEST(osc9(notice) == "9;bob: * bob waves");
}

BOOST_AUTO_TEST_CASE(a_sender_makes_no_command_of_osc_9) {
  // to ConEmu 9;7;PROGRAM runs one, to many 9;4;… is a progress bar
  BOOST_TEST(osc9(said("7;calc", "hello")) == "9;gnatter: 7;calc: hello");
  BOOST_TEST(osc9(said("4", ";1;50")) == "9;gnatter: 4: ;1;50");
}

BOOST_AUTO_TEST_CASE(a_sender_makes_no_further_field_of_osc_777) {
  BOOST_TEST(osc777(said("bob;eve", "a;b")) == "777;notify;bob,eve;a;b");
}

BOOST_AUTO_TEST_CASE(no_control_byte_gets_into_a_terminals_command) {
  const Notice notice = said("b\x1b\\ob\x07", "a\nb\tc\x1b]52;c;eA==\x07\u009c\u009d d\x9c");
  for (const std::string& body : {osc9(notice), osc777(notice)})
    for (const char c : body) BOOST_TEST((static_cast<unsigned char>(c) >= 0x20 && c != 0x7f));
  BOOST_TEST(osc9(notice) == "9;b \\ob : a b c ]52;c;eA==    d\uFFFD");
}

BOOST_AUTO_TEST_CASE(long_texts_are_cut) {
  BOOST_TEST(osc9(said(x(100), x(70'000))) == "9;" + x(79) + "…: " + x(199) + "…");
  BOOST_TEST(desktop(said(x(100), x(70'000))).words.back() == x(199) + "…");
}

BOOST_AUTO_TEST_CASE(the_desktop_gets_words_and_never_a_shell_or_an_option) {
  const auto plan = desktop(said("--help", "$(reboot) `id` \"quoted\" 'quoted'; rm"));
  BOOST_TEST(plan.words == (Words{"notify-send", "--app-name=gnatter", "--", "--help",
                                  "$(reboot) `id` \"quoted\" 'quoted'; rm"}),
             per_element());
  BOOST_TEST((plan.patience == std::chrono::seconds(10)));
}

BOOST_AUTO_TEST_CASE(the_desktop_sees_no_markup_and_notify_send_no_escapes) {
  const auto plan = desktop(said("<b>", "<a href='x'>&\\n\\033</a>", "#dev"));
  BOOST_TEST(plan.words[3] == "<b> in #dev");
  BOOST_TEST(plan.words[4] == "&lt;a href='x'&gt;&amp;\\\\n\\\\033&lt;/a&gt;");
}

BOOST_AUTO_TEST_CASE(a_program_has_the_text_in_its_environment_and_on_its_input_alone) {
  const std::string text = "line one\nline \"two\" $(id)\x01";
  const auto plan = own_command({"tell", "me"}, said("bob", text, "#dev"));
  BOOST_TEST(plan.words == (Words{"tell", "me"}), per_element());
  BOOST_TEST(plan.input == text);
  const std::map<std::string, std::string> environment(plan.environment.begin(), plan.environment.end());
  BOOST_TEST(environment.at("GNATTER_SENDER") == "bob");
  BOOST_TEST(environment.at("GNATTER_WINDOW") == "#dev");
  BOOST_TEST(environment.at("GNATTER_NETWORK") == "home");
  BOOST_TEST(environment.at("GNATTER_TEXT") == text);
}

BOOST_AUTO_TEST_CASE(an_environment_is_bounded_and_has_no_nul) {
  const auto plan = own_command({"tell"}, said(std::string("b\0b", 3), x(4095) + "ä" + x(60'000)));
  const std::map<std::string, std::string> environment(plan.environment.begin(), plan.environment.end());
  BOOST_TEST(environment.at("GNATTER_SENDER") == "bb");
  BOOST_TEST(environment.at("GNATTER_TEXT") == x(4095));
  BOOST_TEST(plan.input.size() == 64'097u);
}

BOOST_AUTO_TEST_CASE(a_command_is_words_with_the_home_directory_before_its_program) {
  const gnatter::testing::Variable home("HOME", "/home/alice");
  BOOST_TEST(command_words("~/bin/tell '~/x y' $HOME") == (Words{"/home/alice/bin/tell", "~/x y", "$HOME"}),
             per_element());
  BOOST_TEST(command_words("").empty());
  BOOST_TEST(command_complaint("tell me").empty());
  BOOST_TEST(command_complaint("").empty());
  BOOST_TEST(command_complaint("tell 'me") == "a quote in it is not closed");
  BOOST_TEST(command_complaint("'' me") == "it names no program");
}

BOOST_AUTO_TEST_CASE(how_a_program_ended_is_told_in_words) {
  using Kind = gnatter::ChildEnd::Kind;
  BOOST_TEST(trouble({Kind::exited, 0, "noise"}).empty());
  BOOST_TEST(trouble({Kind::exited, 3, ""}) == "ended with 3");
  BOOST_TEST(trouble({Kind::exited, 1, "no bus"}) == "ended with 1: no bus");
  BOOST_TEST(trouble({Kind::signalled, 9, ""}) == "was ended by signal 9");
  BOOST_TEST(trouble({Kind::took_too_long, 0, ""}) == "took longer than 10 s and was ended");
  BOOST_TEST(trouble({Kind::not_started, 0, "not found"}) == "cannot be started: not found");
}

BOOST_AUTO_TEST_CASE(tmux_answers_in_numbers_or_words) {
  for (const char* never : {"allow-passthrough 0", "allow-passthrough off"})
    BOOST_TEST((passing(never) == Passing::never));
  for (const char* in_view : {"allow-passthrough 1", "allow-passthrough on"})
    BOOST_TEST((passing(in_view) == Passing::in_view));
  for (const char* always : {"allow-passthrough 2", "allow-passthrough all", "allow-passthrough "})
    BOOST_TEST((passing(always) == Passing::always));
  BOOST_TEST(!passing("no server running"));
}

BOOST_AUTO_TEST_SUITE_END()

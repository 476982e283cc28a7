// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/key_presets.h"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <string>
#include <string_view>

#include "support/screen_fixture.h"

using namespace gnatter;

namespace {

/// alice in the last of twenty windows, #g18.
struct Typing : testing::ScreenFixture {
  Typing() {
    connect();
    terminal.resize({160, 70});
    for (int i = 0; i < 19; ++i) client.enter("/join #g" + std::to_string(i));
    settle();
  }
  void alt(char key) { type(std::string("\x1b") + key); }
  std::size_t shown_window() const { return client.buffers.number_of(*client.buffers.current()); }
  std::string told(std::string_view command) {
    enter(command);
    const chat::Buffer& window = *client.buffers.current();
    return std::string(window.line(window.end() - 1)->text);
  }
  /// What Ctrl-U leaves of "one two" with the cursor before "two".
  std::string left_by_control_u() {
    type("one two\x1b[D\x1b[D\x1b[D\x15");
    const std::string left =
        input().substr(input().find("> ") == std::string::npos ? input().size() : input().find("> ") + 2);
    type("\x05\x15");
    return left;
  }
  void write_inputrc(std::string_view text) { std::ofstream(home.path() / ".inputrc") << text; }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(key_presets, Typing)

BOOST_AUTO_TEST_CASE(all_of_their_keys_and_functions_are_there) {
  BOOST_REQUIRE(ui::key_presets().size() == 1U);
  const ui::KeyPreset irssi = ui::key_presets().front();
  BOOST_TEST(irssi.name == "irssi");
  BOOST_TEST(irssi.rows.size() >= 12U);
  for (const auto& row : irssi.rows) {
    BOOST_TEST(!row.keys.empty());
    BOOST_TEST(ui::LineEditor::is_function(row.function), row.function);
  }
}

BOOST_AUTO_TEST_CASE(irssis_keys_are_there_at_once_and_ours_again) {
  BOOST_TEST(left_by_control_u() == "two");
  enter("/set keys irssi");
  BOOST_TEST(left_by_control_u() == "");
  const std::string_view row = "qwertyuio";
  for (std::size_t i = 0; i < row.size(); ++i) {
    alt(row[i]);
    BOOST_TEST(shown_window() == 11 + i);
  }
  enter("/set keys gnatter");
  BOOST_TEST(left_by_control_u() == "two");
  alt('q');
  alt('u');
  BOOST_TEST(shown_window() == 19U);
  BOOST_TEST(told("/bind alt-u").starts_with("Alt-U does first-unread:"));
  BOOST_TEST(told("/bind alt-t") == "Alt-T does transpose-words of readline.");
  BOOST_TEST(told("/bind alt-q") == "Alt-Q does nothing.");
  BOOST_TEST(told("/bind alt-p").starts_with("Alt-P does previous-mention:"));
}

BOOST_AUTO_TEST_CASE(irssis_alt_p_and_alt_n_are_pages) {
  for (int i = 0; i < 200; ++i) receive("/chat/group/g18/message/bob", "line " + std::to_string(i));
  enter("/set keys irssi");
  alt('p');
  BOOST_TEST(comes_to_show("more below"));
  alt('n');
  alt('n');
  BOOST_TEST(!terminal.shows("more below"));
}

BOOST_AUTO_TEST_CASE(bind_lists_what_holds) {
  enter("/set keys irssi");
  enter("/bind");
  BOOST_TEST(terminal.shows("page-up (PgUp, Alt-P): Scrolls a page up"));
  BOOST_TEST(terminal.shows("window-19 (Alt-O): Shows window 19"));
  BOOST_TEST(terminal.shows("These are the keys of irssi; /set keys gnatter has ours."));
  BOOST_TEST(told("/bind ctrl-u") == "Ctrl-U does kill-whole-line of readline.");
  enter("/clear");
  enter("/set keys gnatter");
  enter("/bind");
  BOOST_TEST(terminal.shows("page-up (PgUp): Scrolls a page up"));
  BOOST_TEST(!terminal.shows("the keys of irssi"));
}

BOOST_AUTO_TEST_CASE(the_inputrc_goes_before_a_preset) {
  write_inputrc("\"\\ep\": gnatter-last-window\n\"\\eq\": \"typed\"\nset no-such-variable on\n");
  type("\x18\x12");  // Ctrl-X Ctrl-R reads it
  enter("/clear");
  for (const char* preset : {"irssi", "gnatter", "irssi"}) {
    enter(std::string("/set keys ") + preset);
    BOOST_TEST(told("/bind alt-p").starts_with("Alt-P does last-window:"), preset);
    BOOST_TEST(told("/bind alt-q") == "Alt-Q types \"typed\".", preset);
  }
  BOOST_TEST(told("/bind alt-n").starts_with("Alt-N does page-down:"));
  BOOST_TEST(!terminal.shows("no-such-variable"));  // that was told before
}

BOOST_AUTO_TEST_CASE(what_was_bound_in_this_run_goes_before_a_preset) {
  enter("/bind alt-n newest");
  enter("/unbind alt-o");
  enter("/set keys irssi");
  BOOST_TEST(told("/bind alt-n").starts_with("Alt-N does newest:"));
  BOOST_TEST(told("/bind alt-o") == "Alt-O does nothing.");
  BOOST_TEST(told("/bind alt-i").starts_with("Alt-I does window-18:"));
}

BOOST_AUTO_TEST_CASE(a_preset_that_was_set_before_holds_from_the_start) {
  screen.reset();
  write_inputrc("\"\\ei\": gnatter-last-window\n");
  client.settings.set("keys", "irssi");
  open_screen();
  alt('q');
  BOOST_TEST(shown_window() == 11U);
  BOOST_TEST(told("/bind alt-i").starts_with("Alt-I does last-window:"));
}

BOOST_AUTO_TEST_CASE(irssis_part_closes_the_window_unless_it_was_set_otherwise) {
  enter("/set keys irssi");
  enter("/part");
  BOOST_TEST(!group("g18"));
  enter("/set window.close-on-part off");
  enter("/part #g17");
  BOOST_TEST(group("g17"));
  enter("/unset window.close-on-part");
  enter("/set keys gnatter");
  enter("/part #g16");
  BOOST_TEST(group("g16"));
}

BOOST_AUTO_TEST_CASE(it_works_in_the_modes_of_vi) {
  write_inputrc("set editing-mode vi\n");
  type("\x18\x12");
  enter("/set keys irssi");
  alt('w');
  BOOST_TEST(shown_window() == 12U);
  type("abc\x1b");
  alt('e');
  BOOST_TEST(shown_window() == 13U);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "support/frame_fixture.h"

using namespace gnatter;
using namespace gnatter::ui;
using namespace gnatter::testing;

namespace {

struct Fixture : FrameFixture {
  Fixture() {
    frame.welcome = WelcomeContent{"1.0", "~/.config/gnatter/gnatter.toml"};
    frame.title = {"gnatter", "", "", "Sun 22 Nov", "0 here"};
    frame.status.clock = "10:54";
    frame.status.window_name = "gnatter";
    frame.input.prompt = "> ";
    frame.input.hint = "/local or /connect HOST";
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(frame_view_first_run, Fixture)

BOOST_AUTO_TEST_CASE(the_first_run) {
  BOOST_TEST(screen(80, 24) == R"(
 gnatter                                                             Sun 22 Nov

   gnatter 1.0                              chat on the MQTT broker you run

   No broker is set up yet. Type one of these and press Enter:

     /local                    try it now: a private broker on this machine
     /connect broker.example   your broker, over TLS; asks for name, password
     /connect localhost        a broker on this machine, without TLS

   Then:

     /join #dev     a group              Alt-1 to Alt-9   go to a window
     /query bob     one person           Alt-A            where something is new
     /away, /back   how others see you   Tab              completes everything
     /help          all the rest         /quit            leaves

   Nothing is written to disk before you connect or /save.
   Settings: ~/.config/gnatter/gnatter.toml      Keys of irssi: /set keys irssi



 10:54 │ not connected │ 1 gnatter
> /local or /connect HOST
)");
}

BOOST_AUTO_TEST_CASE(the_first_run_on_small_screens) {
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

BOOST_AUTO_TEST_CASE(where_the_settings_are_is_told_whole_or_not_at_all) {
  const auto lowest_rows = [this](int columns, const std::string& file) {
    frame.welcome->settings_file = file;
    std::string picture = screen(columns, 24);
    picture.erase(picture.find("\n 10:54"));
    picture.erase(picture.find_last_not_of('\n') + 1);
    return picture.substr(picture.find("\n", picture.find("/help")) + 1);
  };
  const std::string srv = "/srv/homes/alice-of-the-accounts/etc/gnatter/gnatter.toml";
  const std::string usual = "~/.config/gnatter/gnatter.toml";
  const std::string nothing = "Nothing is written to disk before you connect or /save.";
  BOOST_TEST(lowest_rows(120, srv) ==
             "\n   " + nothing + "\n   Settings: " + srv + "      Keys of irssi: /set keys irssi");
  BOOST_TEST(lowest_rows(80, srv) ==
             "\n   " + nothing + "\n   Settings: " + srv + "\n   Keys of irssi: /set keys irssi");
  BOOST_TEST(lowest_rows(60, usual) ==
             "\n " + nothing + "\n Settings: " + usual + "\n Keys of irssi: /set keys irssi");
  BOOST_TEST(lowest_rows(40, usual) == "\n\n Keys of irssi: /set keys irssi");
  BOOST_TEST(lowest_rows(80, "") == "\n   " + nothing + "\n   Keys of irssi: /set keys irssi");
}

BOOST_AUTO_TEST_CASE(the_first_run_is_the_same_on_a_wide_screen) {
  const std::string narrow = screen(80, 24), wide = screen(120, 24);
  const auto body = [](const std::string& picture) {
    return picture.substr(picture.find('\n', 1), picture.find("10:54") - picture.find('\n', 1));
  };
  BOOST_TEST(body(wide) == body(narrow));
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
// Several networks on one screen.
#include <boost/test/unit_test.hpp>
#include <string>

#include "support/screen_fixture.h"

using namespace gnatter;
using testing::FakeConnection;

namespace {

constexpr const char* alt_x =
    "\x1b"
    "x";

/// alice on two networks, home and work, in #dev of home; #dev of work is there too.
struct TwoNetworks : testing::ScreenFixture {
  FakeConnection* home_line = connection;
  chat::Network& at_home = network;
  chat::Network& work = client.add_network("work");
  FakeConnection* work_line = connection;

  TwoNetworks() {
    terminal.resize({120, 24});
    log_in(at_home, *home_line, "home");
    log_in(work, *work_line, "work");
    client.buffers.show(work.window());
    enter("/join #dev");
    client.buffers.show(at_home.window());
    enter("/join #dev");
    take(*home_line);
    take(*work_line);
    settle();
  }
  void log_in(chat::Network& which, FakeConnection& line, const std::string& name) {
    chat::Account account = alice();
    account.name = name;
    account.host = "127.0.0.1";
    client.connect(which, account);
    transport::Opened opened;
    opened.mqtt_version = 5;
    line.opened.emit(opened);
    take(line);
  }
  static void take(FakeConnection& line) {
    for (std::size_t i = 0; i < line.subscribes.size(); ++i)
      line.answer_subscribe(i, FakeConnection::accepted(line.subscribes[i].qos));
  }
  static void say(FakeConnection& line, const std::string& group, const std::string& text) {
    transport::Incoming incoming;
    incoming.topic = "/chat/group/" + group + "/message/bob";
    incoming.payload = text;
    line.received.emit(incoming);
  }
  std::string list_row(int row) const {
    const std::string whole = terminal.row(row);
    return whole.substr(0, whole.find("│"));
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(screen_networks, TwoNetworks)

BOOST_AUTO_TEST_CASE(the_list_has_a_part_for_each) {
  BOOST_TEST(list_row(1) == " 1 home     local ");
  BOOST_TEST(list_row(2) == " 2▸ #dev          ");
  BOOST_TEST(list_row(3) == "                  ");
  BOOST_TEST(list_row(4) == " 3 work     local ");
  BOOST_TEST(list_row(5) == " 4  #dev          ");
}

BOOST_AUTO_TEST_CASE(title_and_status_line_name_the_network_of_the_window) {
  BOOST_TEST(terminal.row(0).starts_with(" #dev · home · open group"), terminal.row(0));
  BOOST_TEST(status().find("│ alice │ home local │ 2 #dev") != std::string::npos, status());
  enter("/win 4");
  BOOST_TEST(terminal.row(0).starts_with(" #dev · work · open group"), terminal.row(0));
  BOOST_TEST(status().find("│ alice │ work local │ 4 #dev") != std::string::npos, status());
}

BOOST_AUTO_TEST_CASE(a_network_that_is_off_looks_off_and_the_others_do_not) {
  work_line->lose();
  settle();
  BOOST_TEST(list_row(4) == " 3 work       off ");
  BOOST_TEST(list_row(1) == " 1 home     local ");
  BOOST_TEST(status().find("home local") != std::string::npos, status());
  BOOST_TEST(status().find("OFF") == std::string::npos, status());
  enter("/win 4");
  BOOST_TEST(status().find("work OFF since") != std::string::npos, status());
  enter("/win 2");
  BOOST_TEST(status().find("OFF") == std::string::npos, status());
}

BOOST_AUTO_TEST_CASE(one_that_is_given_up_while_it_is_off_is_just_off) {
  enter("/win 4");
  work_line->lose();
  settle();
  BOOST_TEST(status().find("work OFF since") != std::string::npos, status());
  enter("/disconnect");
  work_line->finish_close();
  settle();
  BOOST_TEST(status().find("work OFF │") != std::string::npos, status());
}

BOOST_AUTO_TEST_CASE(activity_names_the_network_where_the_name_alone_would_mislead) {
  say(*work_line, "dev", "hello");
  settle();
  BOOST_TEST(status().find("Alt-A  4 work/#dev 1") != std::string::npos, status());
  enter("/win work");
  BOOST_TEST(status().find("Alt-A  4 #dev 1") != std::string::npos, status());  // it is the one of here
  type(
      "\x1b"
      "a");
  BOOST_TEST(status().find("work local │ 4 #dev") != std::string::npos, status());
}

BOOST_AUTO_TEST_CASE(a_name_that_only_one_network_has_stands_alone) {
  enter("/win work");
  enter("/join #release");
  take(*work_line);
  enter("/win home");
  say(*work_line, "release", "1.0");
  settle();
  BOOST_TEST(status().find("Alt-A  5 #release 1") != std::string::npos, status());
}

BOOST_AUTO_TEST_CASE(lists_of_windows_name_the_network_too) {
  enter("/win");
  BOOST_TEST(terminal.shows("Windows: 1 home, 2 #dev, 3 work, 4 work/#dev."));
  enter("/win work/#dev");
  BOOST_TEST(status().find("│ 4 #dev") != std::string::npos, status());
}

BOOST_AUTO_TEST_CASE(completion_offers_the_whole_name) {
  type("/win work/\t");
  BOOST_TEST(input() == "/win work/#dev");
}

BOOST_AUTO_TEST_CASE(alt_x_turns_through_them) {
  chat::Network& third = client.add_network("third");
  client.buffers.open(third, chat::BufferKind::network, {});
  type(alt_x);
  BOOST_TEST(client.buffers.current_network() == &work);
  type(alt_x);
  BOOST_TEST(client.buffers.current_network() == &third);
  type(alt_x);
  BOOST_TEST(client.buffers.current_network() == &at_home);
}

BOOST_AUTO_TEST_CASE(it_fits_a_narrow_screen) {
  say(*work_line, "dev", "hello");
  terminal.resize({80, 24});
  type(" ");
  BOOST_TEST(status().find("home local │ 2 #dev │ Alt-A  4 work/#dev 1") != std::string::npos, status());
  terminal.resize({40, 10});
  type(" ");
  BOOST_TEST(status().find("│ home │ 2 │ Alt-A  4 work… 1") != std::string::npos, status());
  terminal.resize({20, 4});
  type(" ");
  BOOST_TEST(status().find("4 wor") != std::string::npos, status());
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <string>

#include "support/chat_fixture.h"

using namespace gnatter;
using gnatter::testing::ChatFixture;

namespace {

struct Fixture : ChatFixture {
  Fixture() {
    connect();
    client.enter("/join #dev #ops");
    accept_subscribes();
    client.enter("/query bob");
  }
  void type(std::string_view line) { BOOST_TEST(refusal(line) == ""); }
  std::string current() { return client.buffers.current()->shown_name(); }
  std::string order() {
    std::string out;
    for (const auto& entry : client.buffers.entries()) out += ' ' + entry.buffer->shown_name();
    return out;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(window_commands, Fixture)

BOOST_AUTO_TEST_CASE(a_window_is_shown_by_its_number) {
  type("/2");
  BOOST_TEST(current() == "#dev");
  type("/win 3");
  BOOST_TEST(current() == "#ops");
  BOOST_TEST(refusal("/5") == "There is no window 5: there are 4.");
  BOOST_TEST(refusal("/0").starts_with("There is no window 0"));
  BOOST_TEST(refusal("/99999999999999999999999").starts_with("There is no window 9"));
  BOOST_TEST(current() == "#ops");
}

BOOST_AUTO_TEST_CASE(a_window_is_shown_by_its_name_or_the_beginning_of_it) {
  for (const auto& [word, window] : {std::pair{"#dev", "#dev"},
                                     {"BOB", "bob"},
                                     {"op", "#ops"},
                                     {"broker.example", ""},
                                     {"\"bob\"", "bob"}}) {
    type("/win " + std::string(word));
    BOOST_TEST(current() == window);
  }
  client.enter("/join #devil");
  type("/win #dev");
  BOOST_TEST(current() == "#dev");
  BOOST_TEST(refusal("/win #de") == "\"#de\" could be 2 #dev, 5 #devil. Its number tells which.");
  BOOST_TEST(refusal("/win zoe").starts_with("There is no window zoe."));
}

BOOST_AUTO_TEST_CASE(windows_are_walked_through_in_a_ring) {
  type("/win next");
  BOOST_TEST(current() == "");
  type("/win prev");
  BOOST_TEST(current() == "bob");
  type("/window prev");
  BOOST_TEST(current() == "#ops");
  type("/win last");
  BOOST_TEST(current() == "bob");
  type("/buffer last");
  BOOST_TEST(current() == "#ops");
}

BOOST_AUTO_TEST_CASE(windows_are_listed_and_moved) {
  type("/win");
  BOOST_TEST(count(direct("bob"), "info: Windows: 1 broker.example, 2 #dev, 3 #ops, 4 bob.") == 1u);
  type("/win move 2");
  BOOST_TEST(order() == "  bob #dev #ops");
  for (const char* line : {"/win move", "/win move x", "/win move \"2\""})
    BOOST_TEST(refusal(line).starts_with("Usage: /win move N"), line);
}

BOOST_AUTO_TEST_CASE(closing_a_group_leaves_it) {
  type("/close #dev");
  BOOST_TEST(!network.messenger.joined("dev"));
  BOOST_TEST(network.messenger.joined("ops"));
  BOOST_TEST(current() == "bob");
  type("/wc");
  BOOST_TEST(direct("bob") == nullptr);
  BOOST_TEST(current() == "#ops");
  receive("/chat/user/alice/message/bob", "still there?");
  BOOST_TEST(said(direct("bob")).back() == "bob: still there?");
}

BOOST_AUTO_TEST_CASE(a_networks_own_window_is_not_closed) {
  BOOST_TEST(refusal("/close 1").starts_with("A network's own window stays"));
  BOOST_TEST(order() == "  #dev #ops bob");
}

BOOST_AUTO_TEST_CASE(clear_hides_the_lines_of_one_window_or_of_all) {
  type("hello");
  type("/clear");
  BOOST_TEST(direct("bob")->hidden_before() == direct("bob")->end());
  BOOST_TEST(said(direct("bob")).back() == "alice (pending): hello");
  BOOST_TEST(group("dev")->hidden_before() == 0u);
  type("/cl -all");
  BOOST_TEST(group("dev")->hidden_before() == group("dev")->end());
  BOOST_TEST(refusal("/clear x").starts_with("Usage: /clear"));
}

BOOST_AUTO_TEST_CASE(a_plugins_window_is_shown_and_closed_by_its_name) {
  client.buffers.open(network, chat::BufferKind::plugin, "log of \"#dev\"");
  type(R"(/win "log of \"#dev\"")");
  BOOST_TEST(current() == "log of \"#dev\"");
  type("/win last");
  type("/win log");
  BOOST_TEST(current() == "log of \"#dev\"");
  type("/close");
  BOOST_TEST(current() == "bob");
  BOOST_TEST(order() == "  #dev #ops bob");
}

BOOST_AUTO_TEST_CASE(in_a_plugins_window_there_is_nobody_to_talk_to) {
  client.buffers.show(client.buffers.open(network, chat::BufferKind::plugin, "search"));
  const std::string no =
      "This window is for reading, and has nobody to talk to: /win last goes back, /close closes it. Nothing "
      "was sent.";
  for (const char* line : {"hello", "/me waves", "/msg * hello", "//x"}) BOOST_TEST(refusal(line) == no);
  BOOST_TEST(refusal("/part").starts_with("Usage: /part"), refusal("/part"));
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/chat_fixture.h"

using namespace gnatter;
using boost::test_tools::per_element;
using gnatter::testing::ChatFixture;
using gnatter::testing::FakeConnection;

namespace {

using Texts = std::vector<std::string>;

struct Fixture : ChatFixture {
  Fixture() {
    connect();
    client.enter("/query bob");
  }
  void type(std::string_view line) { BOOST_TEST(refusal(line) == ""); }
  void refuse_last() {
    connection->answer_publish(connection->publishes.size() - 1,
                               FakeConnection::refused(0x97, "quota exceeded"));
  }
  void accept_last() {
    connection->answer_publish(connection->publishes.size() - 1, FakeConnection::accepted());
  }
  std::string answer() { return lines(client.buffers.current()).back(); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(unsent_commands, Fixture)

BOOST_AUTO_TEST_CASE(a_refused_line_is_sent_again_in_its_place) {
  type("hello");
  refuse_last();
  BOOST_TEST(count(direct("bob"), "/retry sends it again, /discard forgets it") == 1u);
  BOOST_TEST(said(direct("bob")) == (Texts{"alice (refused): hello"}), per_element());
  const auto first = connection->publishes.back().publication;
  type("/retry");
  BOOST_TEST(said(direct("bob")) == (Texts{"alice (pending): hello"}), per_element());
  BOOST_REQUIRE(connection->publishes.size() == 2u);
  BOOST_TEST(published().back() == "/chat/user/bob/message/alice hello");
  BOOST_TEST((connection->publishes.back().publication.properties[0] == first.properties[0]));
  accept_last();
  BOOST_TEST(said(direct("bob")) == (Texts{"alice (sent): hello"}), per_element());
  BOOST_TEST(network.messenger.unsent().empty());
  BOOST_TEST(refusal("/retry") == "No line was refused.");
}

BOOST_AUTO_TEST_CASE(retry_without_a_number_means_the_latest_of_this_window) {
  for (const char* line : {"one", "two", "/msg carol three"}) {
    type(line);
    refuse_last();
  }
  type("/retry");
  BOOST_TEST(published().back() == "/chat/user/bob/message/alice two");
  type("/retry 1");
  BOOST_TEST(published().back() == "/chat/user/bob/message/alice one");
  type("/retry all");
  BOOST_TEST(published().back() == "/chat/user/carol/message/alice three");
  BOOST_TEST(refusal("/retry 1").starts_with("That line was not refused"));
  BOOST_TEST(refusal("/retry 4").starts_with("There is no line 4."));
  BOOST_TEST(refusal("/retry x").starts_with("There is no line x."));
}

BOOST_AUTO_TEST_CASE(what_waits_and_what_was_refused_is_listed) {
  type("/pending");
  BOOST_TEST(answer() == "info: Nothing waits, and nothing was refused.");
  type("first");
  refuse_last();
  connection->lose();
  type("second");
  type("/msg #dev \x1b[2J");
  type("/pending");
  const auto told = lines(direct("bob"));
  BOOST_REQUIRE(told.size() > 4u);
  BOOST_TEST(told[told.size() - 4].starts_with("info: 1 bob "));
  BOOST_TEST(told[told.size() - 4].ends_with(", refused: \"first\""));
  BOOST_TEST(told[told.size() - 3].ends_with(", waits: \"second\""));
  BOOST_TEST(told[told.size() - 2].starts_with("info: 3 #dev "));
  BOOST_TEST(told[told.size() - 2].find('\x1b') == std::string::npos);
  BOOST_TEST(client.unsent() == 2u);
}

BOOST_AUTO_TEST_CASE(what_waits_is_taken_back_before_it_goes) {
  connection->lose();
  for (const char* line : {"one", "two", "three"}) type(line);
  type("/discard 2");
  BOOST_TEST(answer() == "info: 1 line is forgotten and will not be sent.");
  BOOST_TEST(said(direct("bob")) ==
                 (Texts{"alice (pending): one", "alice (refused): two", "alice (pending): three"}),
             per_element());
  BOOST_TEST(client.unsent() == 2u);
  type("/discard all");
  BOOST_TEST(client.unsent() == 0u);
  BOOST_TEST(refusal("/discard all") == "Nothing waits, and nothing was refused.");
  BOOST_TEST(refusal("/discard").starts_with("Usage: /discard"));
  BOOST_TEST(refusal("/disc 1") != "");  // not by a prefix
}

BOOST_AUTO_TEST_CASE(what_is_on_its_way_stays) {
  type("hello");
  type("/discard 1");
  BOOST_TEST(answer() == "info: 1 line is on the way already.");
  accept_last();
  BOOST_TEST(said(direct("bob")) == (Texts{"alice (sent): hello"}), per_element());
}

BOOST_AUTO_TEST_CASE(a_refused_line_is_forgotten_and_stays_to_be_seen) {
  type("hello");
  refuse_last();
  type("/discard 1");
  BOOST_TEST(network.messenger.unsent().empty());
  BOOST_TEST(said(direct("bob")) == (Texts{"alice (refused): hello"}), per_element());
  BOOST_TEST(connection->publishes.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_closed_window_stays_closed_when_its_line_is_taken) {
  type("hello");
  type("/close");
  accept_last();
  BOOST_TEST(direct("bob") == nullptr);
  BOOST_TEST(network.messenger.unsent().empty());
}

BOOST_AUTO_TEST_CASE(a_closed_window_comes_back_with_the_line_that_was_refused) {
  type("hello");
  type("/close");
  refuse_last();
  BOOST_REQUIRE(direct("bob") != nullptr);
  BOOST_TEST(said(direct("bob")) == (Texts{"alice (refused): hello"}), per_element());
  BOOST_TEST(count(direct("bob"), "error: not sent: ") == 1u);
  type("/retry");
  BOOST_TEST(said(direct("bob")) == (Texts{"alice (pending): hello"}), per_element());
}

BOOST_AUTO_TEST_CASE(a_window_opened_anew_is_not_taken_for_the_one_before) {
  type("hello");
  type("/close");
  receive("/chat/user/alice/message/bob", "hi");
  accept_last();
  BOOST_TEST(said(direct("bob")) == (Texts{"bob: hi"}), per_element());
}

BOOST_AUTO_TEST_CASE(another_account_has_nothing_of_it) {
  type("hello");
  refuse_last();
  type("/connect -user carol");
  connection->accept_all();
  settle();
  connection->finish_close();
  BOOST_TEST(connection->opens.size() == 2u);
  BOOST_TEST(network.messenger.unsent().empty());
}

BOOST_AUTO_TEST_CASE(only_the_latest_hundred_refused_lines_are_kept) {
  for (int i = 0; i < 103; ++i) {
    type("line " + std::to_string(i));
    refuse_last();
  }
  BOOST_TEST(network.messenger.unsent().size() == 100u);
  BOOST_TEST(network.messenger.unsent().front().text == "line 3");
}

BOOST_AUTO_TEST_SUITE_END()

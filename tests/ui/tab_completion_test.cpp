// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tab_completion.h"

#include <boost/test/unit_test.hpp>

#include "support/chat_fixture.h"

using namespace gnatter;

namespace {

/// #dev, where carol and then bob and bobby spoke.
struct Fixture : testing::ChatFixture {
  Fixture() {
    connect();
    client.enter("/join #dev");
    accept_subscribes();
    for (const char* name : {"carol", "bobby", "bob"})
      receive("/chat/group/dev/message/" + std::string(name), "hello");
  }
  /// The line after Tab (or Shift-Tab) at its end, "|" where the cursor is.
  std::string tab(bool back = false) { return tab_at(text.size(), back); }
  std::string tab_at(std::size_t cursor, bool back = false) {
    const auto edited = completion.next(client, text, cursor, back);
    if (!edited) return "nothing";
    text = edited->text;
    return text.substr(0, edited->cursor) + '|' + text.substr(edited->cursor);
  }
  ui::TabCompletion completion;
  std::string text;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(tab_completion, Fixture)

BOOST_AUTO_TEST_CASE(more_tabs_go_round_among_the_candidates) {
  text = "bo";
  BOOST_TEST(tab() == "bob: |");
  BOOST_TEST(tab() == "bobby: |");
  BOOST_TEST(tab() == "bob: |");
  BOOST_TEST(tab(true) == "bobby: |");
}

BOOST_AUTO_TEST_CASE(shift_tab_begins_at_the_end) {
  text = "bo";
  BOOST_TEST(tab(true) == "bobby: |");
}

BOOST_AUTO_TEST_CASE(what_is_typed_in_between_begins_anew) {
  text = "bo";
  tab();
  text += "ca";
  BOOST_TEST(tab() == "bob: carol |");
}

BOOST_AUTO_TEST_CASE(in_the_middle_the_rest_stays_and_gets_no_second_blank) {
  text = "hi ca how are you";
  BOOST_TEST(tab_at(5) == "hi carol |how are you");
}

BOOST_AUTO_TEST_CASE(nothing_fits) {
  text = "xyz";
  BOOST_TEST(tab() == "nothing");
  BOOST_TEST(completion.offer(text) == "");
}

BOOST_AUTO_TEST_CASE(the_offer_begins_with_the_one_in_the_line) {
  text = "bo";
  tab();
  BOOST_TEST(completion.offer(text) == "bob  bobby");
  tab();
  BOOST_TEST(completion.offer(text) == "bobby  bob");
  BOOST_TEST(completion.offer(text + "x") == "");
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/aliases.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "support/chat_fixture.h"

using namespace gnatter;
using chat::expand_alias;
using gnatter::testing::ChatFixture;

namespace {

struct Fixture : ChatFixture {
  Fixture() { connect(); }
  void type(std::string_view line) { BOOST_TEST(refusal(line) == ""); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(aliases, Fixture)

BOOST_AUTO_TEST_CASE(arguments_stand_where_the_text_names_them_or_behind_it) {
  BOOST_TEST(expand_alias("msg bob", "") == "msg bob");
  BOOST_TEST(expand_alias("msg bob", "hi  there") == "msg bob hi  there");
  BOOST_TEST(expand_alias("msg $1 hello $2!", "bob dan eve") == "msg bob hello dan!");
  BOOST_TEST(expand_alias("msg $1 $2-", "\"Anna Lena\" how  are you") == "msg \"Anna Lena\" how  are you");
  BOOST_TEST(expand_alias("say <$*>", " a b") == "say < a b>");
  BOOST_TEST(expand_alias("say $9$$5 $x $", "a") == "say $5 $x $");
  BOOST_TEST(expand_alias("say costs $$5", "now") == "say costs $5 now");
}

BOOST_AUTO_TEST_CASE(an_alias_is_typed_like_a_command) {
  type("/alias Hi /msg $1 hello $2-");
  type("/hI bob and welcome");
  BOOST_TEST(published().back() == "/chat/user/bob/message/alice hello and welcome");
  type("/alias");
  BOOST_TEST(count(&network.window(), "info: /hi is /msg $1 hello $2-") == 1u);
  type("/help hi");
  BOOST_TEST(count(&network.window(), "info: /hi is your name for /msg $1 hello $2-") == 1u);
  type("/unalias hi");
  BOOST_TEST(refusal("/hi bob").starts_with("There is no /hi"));
  BOOST_TEST(refusal("/unalias hi") == "There is no alias /hi.");
}

BOOST_AUTO_TEST_CASE(an_alias_goes_before_a_prefix_and_not_before_a_command) {
  BOOST_TEST(refusal("/alias join say x") == "/join is a command already.");
  BOOST_TEST(refusal("/alias j say x") == "/j is a command already.");
  type("/query bob");
  type("/alias quer say from the alias");
  type("/quer");
  BOOST_TEST(published().back() == "/chat/user/bob/message/alice from the alias");
}

BOOST_AUTO_TEST_CASE(aliases_may_use_one_another_but_not_in_a_circle) {
  type("/query bob");
  type("/alias a b $1");
  type("/alias b say $1 once more");
  type("/a hello");
  BOOST_TEST(published().back() == "/chat/user/bob/message/alice hello once more");
  type("/alias b a");
  BOOST_TEST(refusal("/a x") == "The alias /a leads back to itself. Nothing was sent.");
}

BOOST_AUTO_TEST_CASE(not_every_word_makes_an_alias) {
  for (const char* line : {"/alias 4 say x", "/alias a/b say x", "/alias \"a b\" say x", "/alias nothing"})
    BOOST_TEST(refusal(line) != "", line);
}

BOOST_AUTO_TEST_CASE(a_quote_that_does_not_end_is_refused_only_where_words_are_counted) {
  type("/alias s say $*");
  type("/alias first say $1");
  type("/query bob");
  type("/s \"well");
  BOOST_TEST(published().back() == "/chat/user/bob/message/alice \"well");
  BOOST_TEST(refusal("/first \"well").find("not closed") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
// What the client and the networks ask in the prompt's place.
#include <boost/test/unit_test.hpp>
#include <optional>
#include <string>

#include "support/screen_fixture.h"

using namespace gnatter;

namespace {

struct Asking : testing::ScreenFixture {
  std::optional<std::string> name, password;
  int answers = 0;

  void ask_name(const std::string& prompt = "Your name at home: ") {
    client.ask({prompt, "mika", false, [this](const auto& given) {
                  ++answers;
                  name = given;
                }});
    settle();
  }
  void ask_password(const std::string& prompt = "Password for mika at home: ") {
    client.ask({prompt, {}, true, [this](const auto& given) {
                  ++answers;
                  password = given;
                }});
    settle();
  }
  static transport::Failure wrong_password() {
    transport::Failure failure;
    failure.reason = transport::Failure::Reason::wrong_password;
    return failure;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(screen_questions, Asking)

BOOST_AUTO_TEST_CASE(a_name_is_asked_for_with_one_suggested) {
  ask_name();
  BOOST_TEST(input() == "Your name at home: mika");
  BOOST_TEST(terminal.shown.cursor->column == 23);
  type("\x1b[H");
  BOOST_TEST(terminal.shown.cursor->column == 19);
  type("A");
  BOOST_TEST(input() == "Your name at home: Amika");
  type("\r");
  BOOST_TEST(name.value() == "Amika");
  BOOST_TEST(input() == "> /local or /connect HOST");
}

BOOST_AUTO_TEST_CASE(a_password_is_never_seen) {
  ask_password();
  type("geheim");
  BOOST_TEST(input() == "Password for mika at home:");
  type("\r");
  BOOST_TEST(password.value() == "geheim");
  type("\x1b[A");
  BOOST_TEST(!terminal.shows("geheim"));
}

BOOST_AUTO_TEST_CASE(an_answer_may_lead_to_the_next_question) {
  client.ask({"Your name at home: ", "mika", false, [this](const auto&) { ask_password(); }});
  type("\r");
  BOOST_TEST(input() == "Password for mika at home:");
}

BOOST_AUTO_TEST_CASE(escape_and_control_c_leave_it_and_that_is_said) {
  for (const char* key : {"\x1b", "\x03"}) {
    name = "before";
    ask_name();
    type(key);
    BOOST_TEST(comes_to_show("!! Not answered: Your name at home:"));
    BOOST_TEST(!name.has_value());
    BOOST_TEST(input() == "> /local or /connect HOST");
    type("x\x7f");
    BOOST_TEST(!terminal.shows("Not answered"));
  }
  BOOST_TEST(answers == 2);
}

BOOST_AUTO_TEST_CASE(what_is_being_typed_is_no_answer) {
  connect();
  enter("/join #dev");
  accept_subscribes();
  type("half a li");
  ask_password();
  BOOST_TEST(input() == "#dev> half a li");
  BOOST_TEST(terminal.shows("Asked once this line is sent or empty: Password"));
  type("ne");
  BOOST_TEST(input() == "#dev> half a line");
  enter("");
  BOOST_TEST(published().back() == "/chat/group/dev/message/alice half a line");
  BOOST_TEST(input() == "Password for mika at home:");
  type("x\r");
  BOOST_TEST(password.value() == "x");
}

BOOST_AUTO_TEST_CASE(a_question_that_was_begun_stays_until_it_is_answered) {
  connect();
  enter("/join #dev");
  type("draft");
  type(
      "\x1b"
      "1");
  ask_password();
  type("ge");
  client.enter("/win #dev");  // as somebody else's program may
  settle();
  BOOST_TEST(input() == "Password for mika at home:");
  type("heim\r");
  BOOST_TEST(password.value() == "geheim");
  BOOST_TEST(input() == "#dev> draft");
}

BOOST_AUTO_TEST_CASE(questions_of_two_networks_come_one_by_one_and_say_whose_they_are) {
  testing::FakeConnection* const of_home = connection;
  chat::Network& work = client.add_network("work");
  testing::FakeConnection* const of_work = connection;
  chat::Account account = alice();
  account.name = "home";
  client.connect(network, account);
  account.name = "work";
  client.connect(work, account);
  of_home->failed.emit(wrong_password());
  of_work->failed.emit(wrong_password());
  of_home->failed.emit(wrong_password());
  settle();
  BOOST_TEST(input() == "Wrong name or password. Password for alice at home:");
  type("one\r");
  BOOST_TEST(of_home->opens.back().password == "one");
  BOOST_TEST(of_work->opens.size() == 1U);
  BOOST_TEST(input() == "Wrong name or password. Password for alice at work:");
  type("two\r");
  BOOST_TEST(of_work->opens.back().password == "two");
  BOOST_TEST(of_home->opens.back().password == "one");
  BOOST_TEST(input().starts_with(">"), input());
}

BOOST_AUTO_TEST_CASE(who_gives_no_password_is_told_how_it_is_asked_again) {
  client.connect(network, alice());
  connection->failed.emit(wrong_password());
  settle();
  type("\x1b");
  BOOST_TEST(comes_to_show("Not connected: no password. /connect asks again."));
  BOOST_TEST(connection->opens.size() == 1U);
}

BOOST_AUTO_TEST_CASE(without_a_screen_there_is_nobody_to_ask) {
  BOOST_TEST(static_cast<bool>(client.ask));
  screen.reset();
  BOOST_TEST(!client.ask);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/question.h"

#include <boost/test/unit_test.hpp>

using gnatter::ui::Question;

namespace {

struct Fixture {
  std::optional<std::string> answer;
  int answers = 0;
  std::string chosen;

  Question secret() {
    return Question::secret("Password: ", [this](std::optional<std::string> given) {
      ++answers;
      answer = std::move(given);
    });
  }
  Question choice() {
    return Question::choice("Send?",
                            {{"\r", [this] { chosen = "send"; }}, {"e", [this] { chosen = "edit"; }}});
  }
  /// Whether the keys ended it; what it then wants done is done.
  static bool ends(Question& question, std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys)
      if (const auto done = question.key(key)) return (*done)(), true;
    return false;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(question, Fixture)

BOOST_AUTO_TEST_CASE(a_secret_is_a_line_ended_by_enter) {
  Question question = secret();
  BOOST_TEST(!ends(question, {"p", "ä", "x", "\x7f", "ß"}));
  BOOST_TEST(answers == 0);
  BOOST_TEST(ends(question, {"\r"}));
  BOOST_TEST(answer.value() == "päß");
}

BOOST_AUTO_TEST_CASE(the_last_character_is_taken_back_whole) {
  Question question = secret();
  BOOST_TEST(ends(question, {"日", "\x7f", "\x7f", "a", "\n"}));
  BOOST_TEST(answer.value() == "a");
}

BOOST_AUTO_TEST_CASE(control_u_begins_anew_and_other_keys_are_no_text) {
  Question question = secret();
  BOOST_TEST(ends(question, {"a", "\x15", "b", "\x1b[A", "\t", "\r"}));
  BOOST_TEST(answer.value() == "b");
}

BOOST_AUTO_TEST_CASE(escape_and_control_c_answer_nothing) {
  for (const char* key : {"\x1b", "\x03", "\x07", "\x1bq"}) {
    Question question = secret();
    answer = "before";
    BOOST_TEST(ends(question, {"a", key}));
    BOOST_TEST(!answer.has_value());
  }
}

BOOST_AUTO_TEST_CASE(a_choice_takes_its_keys_alone) {
  Question question = choice();
  BOOST_TEST(!ends(question, {"x", "\x1b[A", " "}));
  BOOST_TEST(ends(question, {"e"}));
  BOOST_TEST(chosen == "edit");
}

BOOST_AUTO_TEST_CASE(a_choice_can_be_left) {
  Question question = choice();
  BOOST_TEST(ends(question, {"\x1b"}));
  BOOST_TEST(chosen == "");
}

BOOST_AUTO_TEST_SUITE_END()

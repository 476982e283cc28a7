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
  Question line(const std::string& suggestion) {
    return Question::line("Your name at home: ", suggestion, [this](std::optional<std::string> given) {
      ++answers;
      answer = std::move(given);
    });
  }
  /// What is seen, with a bar at the cursor, behind the prompt.
  static std::string seen(const Question& question) {
    std::string text = question.shown().insert(question.cursor(), "|");
    return text.starts_with(question.prompt()) ? text.substr(question.prompt().size()) : "?";
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

BOOST_AUTO_TEST_CASE(a_secret_is_never_seen) {
  Question question = secret();
  BOOST_TEST(!ends(question, {"a", "\x1b[D", "b"}));
  question.paste("cd\ne");
  BOOST_TEST(seen(question) == "|");
  BOOST_TEST(ends(question, {"\r"}));
  BOOST_TEST(answer.value() == "abcd");  // the cursor keys do nothing that nobody could see
}

BOOST_AUTO_TEST_CASE(a_line_begins_with_what_is_suggested) {
  Question question = line("mika");
  BOOST_TEST(seen(question) == "mika|");
  BOOST_TEST(ends(question, {"\r"}));
  BOOST_TEST(answer.value() == "mika");
}

BOOST_AUTO_TEST_CASE(a_line_can_be_changed_anywhere) {
  Question question = line("mika");
  BOOST_TEST(!ends(question, {"\x1b[D", "\x1bOD"}));
  BOOST_TEST(seen(question) == "mi|ka");
  BOOST_TEST(!ends(question, {"日", "\x1b[C", "\x7f"}));
  BOOST_TEST(seen(question) == "mi日|a");
  BOOST_TEST(!ends(question, {"\x1b[H", "\x1b[3~", "\x02", "\x05", "\x1b[C", "!"}));
  BOOST_TEST(seen(question) == "i日a!|");
  BOOST_TEST(!ends(question, {"\x01", "\x06", "\x0b"}));
  BOOST_TEST(seen(question) == "i|");
  BOOST_TEST(ends(question, {"\x15", "\x7f", "\x1b[3~", "b", "\n"}));
  BOOST_TEST(answer.value() == "b");
}

BOOST_AUTO_TEST_CASE(control_w_takes_the_word_before_the_cursor) {
  Question question = line("Anna Lena  ");
  BOOST_TEST(!ends(question, {"\x17"}));
  BOOST_TEST(seen(question) == "Anna |");
  BOOST_TEST(!ends(question, {"\x17", "\x17"}));
  BOOST_TEST(seen(question) == "|");
}

BOOST_AUTO_TEST_CASE(a_line_is_safe_to_see) {
  Question question = line("");
  question.paste("a\x1b[2J\tb\nc");
  BOOST_TEST(seen(question) == "a␛[2J b|");
  BOOST_TEST(!ends(question, {"\x1b[A", "\t", "\x0c", "\xc2\x9b"}));
  BOOST_TEST(seen(question) == "a␛[2J b|");
}

BOOST_AUTO_TEST_CASE(a_line_goes_back_over_what_looks_like_one_character) {
  Question question = line("e\u0301👩‍💻");
  BOOST_TEST(!ends(question, {"\x7f"}));
  BOOST_TEST(seen(question) == "e\u0301|");
  BOOST_TEST(!ends(question, {"\x1b[D"}));
  BOOST_TEST(seen(question) == "|e\u0301");
}

BOOST_AUTO_TEST_CASE(a_line_is_left_as_a_secret_is) {
  Question question = line("mika");
  answer = "before";
  BOOST_TEST(ends(question, {"\x1b"}));
  BOOST_TEST(!answer.has_value());
  BOOST_TEST(answers == 1);
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

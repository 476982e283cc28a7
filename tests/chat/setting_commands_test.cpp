// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/chat_fixture.h"

using namespace gnatter;
using boost::test_tools::per_element;
using gnatter::testing::ChatFixture;

namespace {

using Texts = std::vector<std::string>;

struct Fixture : ChatFixture {
  std::vector<Subscription> rows;
  Fixture() {
    rows.push_back(
        client.settings.add({"logger.lines", std::int64_t{500}, "Lines of the past in a new window"}));
    rows.push_back(client.settings.add({"logger.buffers", std::string("*"), "Windows that are logged"}));
    rows.push_back(client.settings.add({"notify.bell", true, "Rings"}));
  }
  /// What the network's window answers to a line.
  Texts answers(std::string_view line) {
    const auto before = lines(&network.window()).size();
    BOOST_TEST(refusal(line) == "");
    Texts all = lines(&network.window());
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(before));
    for (std::string& text : all) text.erase(0, std::string("info: ").size());
    return all;
  }
  std::string answer(std::string_view line) {
    const Texts all = answers(line);
    BOOST_TEST(all.size() == 1u);
    return all.empty() ? "" : all.front();
  }
};

const std::string hint = "/set NAME VALUE changes one, /unset NAME takes that back, /help NAME tells of it.";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(setting_commands, Fixture)

BOOST_AUTO_TEST_CASE(set_alone_lists_all_and_marks_what_is_not_the_default) {
  client.settings.set("logger.lines", "200");
  const Texts all = answers("/set");
  BOOST_TEST(
      std::none_of(all.begin(), all.end(), [](const auto& row) { return row.find("network.") != row.npos; }));
  for (const char* row : {"  keys \"gnatter\"", "  logger.buffers \"*\"", "* logger.lines 200 (default 500)"})
    BOOST_TEST(std::count(all.begin(), all.end(), row) == 1, row);
  BOOST_TEST(all.back() == hint);
}

BOOST_AUTO_TEST_CASE(a_part_of_a_name_lists_what_has_it) {
  BOOST_TEST(answers("/set logger") == (Texts{"  logger.buffers \"*\"", "  logger.lines 500", hint}),
             per_element());
  BOOST_TEST(answers("/set LINES") == (Texts{"  logger.lines 500", hint}), per_element());
  BOOST_TEST(refusal("/set loger.lines") ==
             "There is no setting loger.lines (logger.lines?). /set lists them all.");
}

BOOST_AUTO_TEST_CASE(a_whole_name_tells_its_value) {
  BOOST_TEST(answer("/set logger.lines") == "logger.lines 500");
  client.settings.set("logger.lines", "200");
  BOOST_TEST(answer("/set Logger.Lines ") == "logger.lines 200 (default 500)");
}

BOOST_AUTO_TEST_CASE(setting_says_the_new_value) {
  BOOST_TEST(answer("/set logger.lines 200") == "logger.lines is now 200.");
  BOOST_TEST(answer("/set logger.lines 200") == "logger.lines is 200 already.");
  BOOST_TEST(answer("/set Notify.Bell off") == "notify.bell is now false.");
  BOOST_TEST(answer("/set logger.buffers #dev and \"more\"") ==
             R"(logger.buffers is now "#dev and \"more\"".)");
}

BOOST_AUTO_TEST_CASE(quotes_around_a_whole_text_are_taken_off) {
  BOOST_TEST(answer("/set logger.buffers \"\"") == "logger.buffers is now \"\".");
  BOOST_TEST(answer("/set logger.buffers \" #dev\"") == "logger.buffers is now \" #dev\".");
  BOOST_TEST(answer(R"(/set logger.buffers "a" and "b")") == R"(logger.buffers is now "\"a\" and \"b\"".)");
  BOOST_TEST(answer("/set logger.buffers \"open") == R"(logger.buffers is now "\"open".)");
  BOOST_TEST(answer("/set logger.lines \"7\"") == "logger.lines is now 7.");
}

BOOST_AUTO_TEST_CASE(a_list_has_words_and_texts_in_quotes) {
  BOOST_TEST(answer("/set join dev ops").starts_with(R"(join is now ["dev", "ops"].)"));
  BOOST_TEST(answer(R"(/set run "/join #dev")").starts_with(R"(run is now ["/join #dev"].)"));
  BOOST_TEST(answer(R"(/set run "/join #dev" "/away \"out\"")")
                 .starts_with(R"(run is now ["/join #dev", "/away \"out\""].)"));
  BOOST_TEST(answer(R"(/set run "")").starts_with(R"(run is now [""].)"));
  BOOST_TEST(answer(R"(/set join ["a", "b c" ,"d\"e"])").starts_with(R"(join is now ["a", "b c", "d\"e"].)"));
  BOOST_TEST(answer("/set join []").starts_with("join is now []."));
  BOOST_TEST(answer("/set join [x").starts_with(R"(join is now ["[x"].)"));
}

BOOST_AUTO_TEST_CASE(a_list_of_lines_takes_one_as_it_is) {
  BOOST_TEST(answer("/set attach python3 ~/bot.py").starts_with(R"(attach is now ["python3 ~/bot.py"].)"));
  BOOST_TEST(answer(R"(/set attach "python3 a.py" "cat -")")
                 .starts_with(R"(attach is now ["python3 a.py", "cat -"].)"));
  BOOST_TEST(refusal(R"(/set attach " ")")
                 .starts_with(R"(attach cannot be [" "]: each is the command line of a program.)"));
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_shown_as_far_as_it_helps) {
  BOOST_TEST(refusal("/set logger.lines " + std::string(70'000, 'x')).size() < 300u);
  const std::string sentence = refusal("/set will-delay 9223372036854775807");
  BOOST_TEST(sentence.starts_with("will-delay cannot be that: it is a number"), sentence);
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_refused_with_what_would) {
  BOOST_TEST(refusal("/set logger.lines many") ==
             "logger.lines is a whole number, not \"many\". It stays 500.");
  BOOST_TEST(refusal("/set notify.bell maybe") ==
             "notify.bell is true or false, not \"maybe\". It stays true.");
  BOOST_TEST(refusal("/set logger.line 5") ==
             "There is no setting logger.line (logger.lines?). Nothing was changed.");
  BOOST_TEST(answer("/set logger.lines") == "logger.lines 500");
}

BOOST_AUTO_TEST_CASE(an_equals_sign_is_no_part_of_it) {
  const std::string right = "No = belongs there: /set logger.lines 5. Nothing was changed.";
  for (const char* line : {"/set logger.lines = 5", "/set logger.lines=5"})
    BOOST_TEST(refusal(line) == right);
  BOOST_TEST(refusal("/set logger.lines =") ==
             "No = belongs there: /set logger.lines VALUE. Nothing was changed.");
  BOOST_TEST(answer("/set logger.buffers \"= 5\"") == "logger.buffers is now \"= 5\".");
  BOOST_TEST(answer("/set logger.buffers a=b") == "logger.buffers is now \"a=b\".");
}

BOOST_AUTO_TEST_CASE(toggle_turns_a_switch) {
  BOOST_TEST(answer("/toggle notify.bell") == "notify.bell is now false.");
  BOOST_TEST(answer("/toggle notify.bell") == "notify.bell is now true.");
  BOOST_TEST(refusal("/toggle logger.lines") ==
             "logger.lines is not just true or false. It stays 500; /set logger.lines VALUE changes it.");
  BOOST_TEST(refusal("/toggle notify.bel") ==
             "There is no setting notify.bel (notify.bell?). Nothing was changed.");
  for (const char* line : {"/toggle", "/toggle notify.bell now"})
    BOOST_TEST(refusal(line) == "Usage: /toggle SETTING");
}

BOOST_AUTO_TEST_CASE(unset_goes_back_to_the_default) {
  client.settings.set("logger.lines", "200");
  BOOST_TEST(answer("/unset logger.lines") == "logger.lines is now 500.");
  BOOST_TEST(answer("/reset logger.lines") == "logger.lines is 500 already.");
  BOOST_TEST(refusal("/unset lines") == "There is no setting lines (logger.lines?). Nothing was changed.");
  BOOST_TEST(refusal("/unset") == "Usage: /unset SETTING");
}

BOOST_AUTO_TEST_CASE(help_tells_of_a_setting) {
  BOOST_TEST(answer("/help logger.lines") ==
             "logger.lines - Lines of the past in a new window. A whole number, default 500.");
  client.settings.set("logger.lines", "200");
  BOOST_TEST(answer("/help Logger.Lines") ==
             "logger.lines - Lines of the past in a new window. A whole number, default 500; now 200.");
  BOOST_TEST(answer("/help notify.bell") == "notify.bell - Rings. True or false, default true.");
  BOOST_TEST(refusal("/help logger.lins") ==
             "There is no setting logger.lins (logger.lines?). /set lists them all.");
  BOOST_TEST(answer("/help toggle").starts_with("/toggle SETTING - "));
}

BOOST_AUTO_TEST_CASE(a_change_that_takes_its_setting_along_is_no_trouble) {
  Subscription last;
  last = client.settings.add({"test.last", false, "Goes with its change", {}, [&last] { last.reset(); }});
  BOOST_TEST(answers("/toggle test.last").empty());
}

BOOST_AUTO_TEST_SUITE_END()

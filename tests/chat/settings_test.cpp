// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/settings.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "base/user_error.h"

using namespace gnatter;
using boost::test_tools::per_element;
using chat::Settings;

namespace {

using Texts = std::vector<std::string>;

struct Fixture {
  Settings settings;
  Texts complaints;
  int changes = 0;
  Subscription listening =
      settings.complained.connect([this](const std::string& sentence) { complaints.push_back(sentence); });

  Subscription add(std::string name, Settings::Value initial) {
    return settings.add({std::move(name), std::move(initial), "what it is for", {}, [this] { ++changes; }});
  }
  Subscription add_even(std::string name) {
    return settings.add(
        {std::move(name), std::int64_t{2}, "an even number", [](const Settings::Value& value) {
           const bool even = std::get<std::int64_t>(value) % 2 == 0;
           return std::string(even ? "" : "an even number would be right.");
         }});
  }
  std::string now(std::string_view name) { return chat::shown(settings.value(name)); }
  /// The sentence that refuses it; empty when it is taken.
  std::string refusal(std::string_view name, std::string_view text) {
    try {
      settings.set(name, text);
    } catch (const base::UserError& error) {
      return error.what();
    }
    return {};
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(settings, Fixture)

BOOST_AUTO_TEST_CASE(a_row_begins_with_its_initial_value_and_ends_with_its_subscription) {
  Subscription row = add("logger.lines", std::int64_t{500});
  BOOST_TEST(now("logger.lines") == "500");
  BOOST_TEST(settings.all().size() == 1u);
  row.reset();
  BOOST_TEST(!settings.has("logger.lines"));
  BOOST_CHECK_THROW(settings.set("logger.lines", "3"), base::UserError);
  BOOST_CHECK_THROW(settings.reset("logger.lines"), base::UserError);
}

BOOST_AUTO_TEST_CASE(a_name_that_is_taken_stays_with_whoever_has_it) {
  const Subscription row = add("logger.lines", std::int64_t{500});
  Subscription second = add("logger.lines", std::string("other"));
  BOOST_TEST(!second);
  second.reset();
  BOOST_TEST(now("logger.lines") == "500");
}

BOOST_AUTO_TEST_CASE(a_switch_is_typed_in_six_ways) {
  const Subscription row = add("notify.bell", false);
  for (const char* text : {"true", "on", "yes", "YES", " On "}) {
    BOOST_TEST(refusal("notify.bell", text) == "");
    BOOST_TEST(now("notify.bell") == "true");
    settings.reset("notify.bell");
  }
  settings.set("notify.bell", "true");
  for (const char* text : {"false", "off", "no"}) {
    BOOST_TEST(refusal("notify.bell", text) == "");
    BOOST_TEST(now("notify.bell") == "false");
  }
  for (const char* text : {"", "1", "maybe", "true true"})
    BOOST_TEST(refusal("notify.bell", text) ==
               "notify.bell is true or false, not \"" + std::string(text) + "\". It stays false.");
}

BOOST_AUTO_TEST_CASE(a_number_is_whole_and_fits) {
  const Subscription row = add("logger.lines", std::int64_t{500});
  for (const char* text : {"0", "-3", "9223372036854775807", " 7 "})
    BOOST_TEST(refusal("logger.lines", text) == "");
  BOOST_TEST(now("logger.lines") == "7");
  for (const char* text : {"", "many", "1.5", "0x10", "1 2", "9223372036854775808"})
    BOOST_TEST(refusal("logger.lines", text) ==
               "logger.lines is a whole number, not \"" + std::string(text) + "\". It stays 7.");
}

BOOST_AUTO_TEST_CASE(a_text_is_taken_as_it_stands_when_it_is_utf8) {
  const Subscription row = add("answer.text", std::string("I am away"));
  for (const char* text : {"", " two  blanks ", "true", "5", "日本語"}) {
    BOOST_TEST(refusal("answer.text", text) == "");
    BOOST_TEST(std::get<std::string>(settings.value("answer.text")) == text);
  }
  BOOST_TEST(refusal("answer.text", "\xFF") ==
             "answer.text is a text in UTF-8, which this is not. It stays \"日本語\".");
}

BOOST_AUTO_TEST_CASE(a_value_that_its_owner_refuses_changes_nothing) {
  const Subscription row = add_even("test.even");
  BOOST_TEST(refusal("test.even", "3") ==
             "test.even cannot be 3: an even number would be right. It stays 2.");
  BOOST_TEST(refusal("test.even", "4") == "");
  BOOST_TEST(now("test.even") == "4");
}

BOOST_AUTO_TEST_CASE(only_what_makes_it_another_is_a_change) {
  const Subscription row = add("logger.lines", std::int64_t{500});
  settings.set("logger.lines", "500");
  BOOST_TEST(changes == 0);
  settings.set("logger.lines", "3");
  BOOST_TEST(changes == 1);
  BOOST_TEST(refusal("logger.lines", "x") != "");
  BOOST_TEST(changes == 1);
  settings.reset("logger.lines");
  settings.reset("logger.lines");
  BOOST_TEST(changes == 2);
  BOOST_TEST(now("logger.lines") == "500");
}

BOOST_AUTO_TEST_CASE(a_change_may_end_its_own_row) {
  Subscription row;
  row = settings.add({"test.last", std::int64_t{1}, "goes with its change", {}, [&row] { row.reset(); }});
  settings.set("test.last", "2");
  BOOST_TEST(!settings.has("test.last"));
}

BOOST_AUTO_TEST_CASE(what_was_given_is_there_when_the_row_comes) {
  settings.give("logger.lines", std::int64_t{7}, "gnatter.toml:3");
  const Subscription row = add("logger.lines", std::int64_t{500});
  BOOST_TEST(now("logger.lines") == "7");
  BOOST_TEST(changes == 0);
  BOOST_TEST(complaints.empty());
  settings.reset("logger.lines");
  BOOST_TEST(now("logger.lines") == "500");
}

BOOST_AUTO_TEST_CASE(what_was_given_to_a_row_that_is_there_changes_it) {
  const Subscription row = add("logger.lines", std::int64_t{500});
  settings.give("logger.lines", std::int64_t{7}, "gnatter.toml:3");
  BOOST_TEST(now("logger.lines") == "7");
  BOOST_TEST(changes == 1);
}

BOOST_AUTO_TEST_CASE(what_was_given_and_does_not_fit_is_told_with_its_place) {
  settings.give("logger.lines", std::string("many"), "gnatter.toml:3");
  settings.give("answer.text", std::int64_t{5}, "gnatter.toml:4");
  settings.give("test.even", std::int64_t{5}, "gnatter.toml:5");
  const Subscription rows[] = {add("logger.lines", std::int64_t{500}), add("answer.text", std::string()),
                               add_even("test.even")};
  BOOST_TEST(complaints ==
                 (Texts{"gnatter.toml:3: logger.lines is a whole number, not \"many\". It stays 500.",
                        "gnatter.toml:4: answer.text is a text in quotes, not 5. It stays \"\".",
                        "gnatter.toml:5: test.even cannot be 5: an even number would be right. It stays 2."}),
             per_element());
  BOOST_TEST(now("logger.lines") == "500");
}

BOOST_AUTO_TEST_CASE(what_was_set_is_there_again_when_the_row_comes_again) {
  settings.give("logger.lines", std::int64_t{7}, "gnatter.toml:3");
  Subscription row = add("logger.lines", std::int64_t{500});
  settings.set("logger.lines", "9");
  row.reset();
  row = add("logger.lines", std::int64_t{500});
  BOOST_TEST(now("logger.lines") == "9");
  settings.reset("logger.lines");
  row.reset();
  row = add("logger.lines", std::int64_t{500});
  BOOST_TEST(now("logger.lines") == "500");
}

BOOST_AUTO_TEST_CASE(a_row_that_comes_again_as_another_type_begins_anew) {
  Subscription row = add("logger.lines", std::int64_t{500});
  settings.set("logger.lines", "9");
  row.reset();
  row = add("logger.lines", true);
  BOOST_TEST(now("logger.lines") == "true");
  BOOST_TEST(complaints == (Texts{"logger.lines is true or false, not 9. It stays true."}), per_element());
}

BOOST_AUTO_TEST_CASE(a_name_that_is_none_is_told_with_the_nearest) {
  const Subscription rows[] = {add("logger.buffers", std::string()), add("notify.regex", std::string())};
  BOOST_TEST(settings.no_such("logger.bufers") == "There is no setting logger.bufers (logger.buffers?).");
  BOOST_TEST(settings.no_such("Logger.Buffer") == "There is no setting Logger.Buffer (logger.buffers?).");
  BOOST_TEST(settings.no_such("bufers") == "There is no setting bufers (logger.buffers?).");
  BOOST_TEST(settings.no_such("xyz") == "There is no setting xyz.");
  BOOST_TEST(settings.no_such("\x1b[2J\n") == "There is no setting \u241b[2J .");
  BOOST_TEST(refusal("bufers", "x") == "There is no setting bufers (logger.buffers?).");
}

BOOST_AUTO_TEST_CASE(a_value_is_shown_as_it_is_typed_in_one_row) {
  BOOST_TEST(chat::shown(true) == "true");
  BOOST_TEST(chat::shown(std::int64_t{-5}) == "-5");
  BOOST_TEST(chat::shown(std::string("say \"hi\" \\ there")) == R"("say \"hi\" \\ there")");
  BOOST_TEST(chat::shown(std::string("a\nb\x1b")) == "\"a b\u241b\"");
}

BOOST_AUTO_TEST_SUITE_END()

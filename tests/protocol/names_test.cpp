// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "base/user_error.h"
#include "gnatter/protocol.h"
#include "protocol/topic.h"

using namespace gnatter::protocol;
using namespace std::string_literals;
using namespace std::string_view_literals;

namespace {

constexpr NameKind both[] = {NameKind::user, NameKind::group};

bool fine(std::string_view name) {
  return is_user_name(name) && is_group_name(name);
}

/// Whether each kind refuses `name` for the reason that begins with `reason`.
bool refused(std::string_view name, std::string_view reason) {
  for (NameKind kind : both) {
    const auto error = name_error(name, kind);
    if (!error || !error->starts_with(reason)) return false;
  }
  return true;
}

/// The sentence with which own_name() refuses `given`; empty when it takes it.
std::string sentence(std::string_view given, NameKind kind = NameKind::user) {
  try {
    own_name(given, kind);
  } catch (const gnatter::base::UserError& error) {
    return error.what();
  }
  return {};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(names)

BOOST_AUTO_TEST_CASE(ordinary_names_are_taken) {
  for (std::string_view name :
       {"a"sv, "bob"sv, "Anna Lena"sv, "anna@mail.example"sv, "a\"b\\c"sv, "Gr\u00FC\u00DFe"sv,
        "\u65E5\u672C\u8A9E"sv, "\U0001F469\u200D\U0001F4BB"sv, "**"sv, "$SYS"sv, "."sv, ".."sv, "a\u00A0b"sv,
        "e\u0301"sv, "-v"sv, "\U0010FFFD"sv})
    BOOST_TEST(fine(name), "refused: " << name);
}

BOOST_AUTO_TEST_CASE(the_empty_name_and_the_star_are_refused) {
  BOOST_TEST(refused("", "must not be empty"));
  BOOST_TEST(refused("*", "must not be *"));
}

BOOST_AUTO_TEST_CASE(sixty_four_bytes_are_taken_and_sixty_five_refused) {
  BOOST_TEST(fine(std::string(64, 'a')));
  BOOST_TEST(refused(std::string(65, 'a'), "must not be longer"));
  std::string umlauts;
  for (int i = 0; i < 32; ++i) umlauts += "\u00FC";
  BOOST_TEST(fine(umlauts));
  BOOST_TEST(refused(umlauts + "x", "must not be longer"));
}

BOOST_AUTO_TEST_CASE(what_topics_are_made_of_is_refused_anywhere_in_a_name) {
  for (char c : {'/', '+', '#'})
    for (const std::string& name : {c + "ab"s, "a"s + c + "b", "ab"s + c, std::string(1, c)})
      BOOST_TEST(refused(name, "must not hold /"), "taken: " << name);
}

BOOST_AUTO_TEST_CASE(control_characters_are_refused) {
  for (std::string_view name :
       {"a\0b"sv, "\0"sv, "a\tb"sv, "a\n"sv, "\x1b[2J"sv, "a\x7f"sv, "a\u0080"sv, "a\u0085z"sv, "\u009F"sv})
    BOOST_TEST(refused(name, "must not hold control"), "taken: " << name);
}

BOOST_AUTO_TEST_CASE(what_is_no_utf8_is_refused) {
  for (std::string_view name : {"\xC3"sv, "a\x80"sv, "\xC0\xAF"sv, "\xE0\x80\xAF"sv, "\xED\xA0\x80"sv,
                                "\xF4\x90\x80\x80"sv, "\xFF"sv, "ok\xE2\x82"sv})
    BOOST_TEST(refused(name, "must be valid UTF-8"));
}

BOOST_AUTO_TEST_CASE(a_colon_is_refused_in_a_user_name_alone) {
  BOOST_TEST(!is_user_name("a:b"));
  BOOST_TEST(!is_user_name(":"));
  BOOST_TEST(is_group_name("a:b"));
}

BOOST_AUTO_TEST_CASE(blanks_at_an_end_are_refused_whatever_they_are_called) {
  for (std::string_view blank : {" "sv, "\u00A0"sv, "\u3000"sv, "\u2003"sv}) {
    BOOST_TEST(refused(std::string(blank) + "a", "must not begin or end"));
    BOOST_TEST(refused("a" + std::string(blank), "must not begin or end"));
    BOOST_TEST(refused(blank, "must not begin or end"));
    BOOST_TEST(fine("a" + std::string(blank) + "b"));
  }
}

BOOST_AUTO_TEST_CASE(every_blank_of_unicode_is_refused_at_an_end) {
  // General category Zs.
  for (std::string_view blank :
       {"\u1680"sv, "\u2000"sv, "\u2001"sv, "\u2002"sv, "\u2003"sv, "\u2004"sv, "\u2005"sv, "\u2006"sv,
        "\u2007"sv, "\u2008"sv, "\u2009"sv, "\u200A"sv, "\u202F"sv, "\u205F"sv, "\u3000"sv}) {
    BOOST_TEST(!fine("alice" + std::string(blank)));
    BOOST_TEST(!fine(std::string(blank) + "alice"));
  }
}

BOOST_AUTO_TEST_CASE(own_names_are_put_into_normal_form_c) {
  BOOST_TEST(own_name("Ame\u0301lie", NameKind::user) == "Am\u00E9lie");
  BOOST_TEST(own_name("Am\u00E9lie", NameKind::user) == "Am\u00E9lie");
  BOOST_TEST(own_name("a:b", NameKind::group) == "a:b");
}

BOOST_AUTO_TEST_CASE(an_own_name_is_measured_in_normal_form) {
  std::string decomposed, composed;
  for (int i = 0; i < 32; ++i) decomposed += "e\u0301", composed += "\u00E9";
  BOOST_TEST(own_name(decomposed, NameKind::user) == composed);
  BOOST_TEST(sentence(decomposed + "e\u0301").find("longer than 64 bytes") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_refused_own_name_is_shown_safely_with_the_reason) {
  BOOST_TEST(sentence("a/b") ==
             "\"a/b\" is no user name: it must not hold /, + or #, which MQTT topics use.");
  BOOST_TEST(sentence("", NameKind::group) == "\"\" is no group name: it must not be empty.");
  BOOST_TEST(sentence("\x1b[2J").find('\x1b') == std::string::npos);
  BOOST_TEST(sentence("a\xFF").find("valid UTF-8") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_long_own_name_is_told_as_too_long_and_not_as_garbage) {
  for (const std::string& start : {""s, "a"s, "ab"s, "abc"s}) {
    std::string name = start;
    for (int i = 0; i < 300; ++i) name += "\u20AC";
    BOOST_TEST(sentence(name).find("longer than 64 bytes") != std::string::npos, sentence(name));
    BOOST_TEST(sentence(name).size() < 300u);
  }
  BOOST_TEST(sentence(std::string(1 << 20, 'a')).find("longer than 64 bytes") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

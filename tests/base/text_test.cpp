// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"

#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <vector>

#include "gnatter/utf8.h"

using namespace gnatter::base;
using namespace std::string_literals;
using namespace std::string_view_literals;

namespace {

constexpr auto replacement = "\uFFFD"sv;

/// Whether nothing in `text` can move a terminal's cursor or reorder what it shows.
bool harmless(std::string_view text) {
  while (!text.empty()) {
    const auto point = gnatter::utf8::decode(text);
    if (point.length == 0) return false;
    const auto value = point.value;
    if (gnatter::utf8::is_control(value) && value != '\t' && value != '\n') return false;
    if ((value >= 0x2028 && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069)) return false;
    text.remove_prefix(point.length);
  }
  return true;
}

std::string random_bytes(std::mt19937& random, bool mostly_text) {
  // Pieces that are likely to meet at a bad place: leads without continuations, controls, bidirectional
  // marks.
  static const std::vector<std::string> pieces = {
      "a",        "\x1b[2J", "\xC3", "\xE2\x80",     "\xE2\x80\xAE",     "\xF0\x9F\x98", "\x80",
      "\xC2\x9B", "\r\n",    "\0"s,  "\xED\xA0\x80", "\xF4\x90\x80\x80", "\u00E4",       "\U0001F600"};
  std::string out;
  for (auto left = random() % 60; left > 0; --left)
    if (mostly_text)
      out += pieces[random() % pieces.size()];
    else
      out += static_cast<char>(random() & 0xFF);
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(text)

BOOST_AUTO_TEST_CASE(safe_text_leaves_harmless_text_as_it_came) {
  for (std::string_view same :
       {""sv, "hello"sv, "tab\tand\nnewline"sv, "Gr\u00FC\u00DFe"sv, "\u65E5\u672C\u8A9E"sv,
        "\U0001F469\u200D\U0001F4BB"sv, "e\u0301"sv, "100 % 'quoted' \"twice\" \\n"sv,
        "\u05E9\u05DC\u05D5\u05DD"sv, "\uFFFD"sv, "\U0010FFFF"sv, "  leading"sv})
    BOOST_TEST(safe_text(same) == same);
}

BOOST_AUTO_TEST_CASE(safe_text_shows_controls_as_pictures) {
  BOOST_TEST(safe_text("\0"sv) == "\u2400");
  BOOST_TEST(safe_text("\x1b[31m") == "\u241B[31m");
  BOOST_TEST(safe_text("a\rb") == "a\u240Db");
  BOOST_TEST(safe_text("\x07") == "\u2407");
  BOOST_TEST(safe_text("\x1f") == "\u241F");
  BOOST_TEST(safe_text("\x7f") == "\u2421");
}

BOOST_AUTO_TEST_CASE(safe_text_replaces_c1_controls) {
  BOOST_TEST(safe_text("\u0080") == replacement);
  BOOST_TEST(safe_text("\u009B31m") == std::string(replacement) + "31m");
  BOOST_TEST(safe_text("\u009F") == replacement);
  BOOST_TEST(safe_text("\u00A0") == "\u00A0");
}

BOOST_AUTO_TEST_CASE(safe_text_replaces_what_reorders_or_breaks_lines) {
  for (std::string_view hostile : {"\u202A"sv, "\u202B"sv, "\u202C"sv, "\u202D"sv, "\u202E"sv, "\u2066"sv,
                                   "\u2067"sv, "\u2068"sv, "\u2069"sv, "\u2028"sv, "\u2029"sv})
    BOOST_TEST(safe_text(hostile) == replacement);
}

BOOST_AUTO_TEST_CASE(safe_text_replaces_bytes_that_are_no_utf8_one_by_one) {
  BOOST_TEST(safe_text("\xFF") == replacement);
  BOOST_TEST(safe_text("a\xC3") == "a\uFFFD");
  BOOST_TEST(safe_text("\xC0\xAF") == "\uFFFD\uFFFD");            // overlong slash
  BOOST_TEST(safe_text("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");  // surrogate
  BOOST_TEST(safe_text("\xF4\x90\x80\x80") == "\uFFFD\uFFFD\uFFFD\uFFFD");
}

BOOST_AUTO_TEST_CASE(a_lead_byte_does_not_swallow_the_escape_behind_it) {
  BOOST_TEST(safe_text("\xE2\x1b[2J") == "\uFFFD\u241B[2J");
  BOOST_TEST(safe_text("\xF0\x9F\x1b]0;x\x07") == "\uFFFD\uFFFD\u241B]0;x\u2407");
}

BOOST_AUTO_TEST_CASE(safe_text_of_any_bytes_is_harmless_and_stays_the_same_when_made_safe_again) {
  std::mt19937 random(20221122);
  for (int i = 0; i < 20'000; ++i) {
    const std::string once = safe_text(random_bytes(random, i % 2 == 0));
    BOOST_REQUIRE(harmless(once));
    BOOST_REQUIRE(safe_text(once) == once);
  }
}

BOOST_AUTO_TEST_CASE(nfc_composes) {
  BOOST_TEST(to_nfc("e\u0301").value() == "\u00E9");
  BOOST_TEST(to_nfc("\u1112\u1161\u11AB").value() == "\uD55C");
  BOOST_TEST(to_nfc("a\u0323\u0307").value() == to_nfc("a\u0307\u0323").value());
}

BOOST_AUTO_TEST_CASE(nfc_keeps_what_is_normal) {
  for (std::string_view same :
       {""sv, "anna"sv, "J\u00FCrgen"sv, "\u65E5\u672C"sv, "\U0001F600"sv, "a b"sv, "a\0b"sv})
    BOOST_TEST(to_nfc(same).value() == same);
}

BOOST_AUTO_TEST_CASE(nfc_keeps_letters_that_only_look_alike_apart) {
  BOOST_TEST(to_nfc("\uFB01").value() == "\uFB01");  // the ligature fi: compatibility, not canonical
  BOOST_TEST(to_nfc("\u212B").value() == "\u00C5");  // the Angstrom sign is canonically the letter
}

BOOST_AUTO_TEST_CASE(nfc_of_what_is_no_utf8_is_nothing) {
  for (std::string_view bad : {"\xFF"sv, "a\xC3"sv, "\xC0\x80"sv, "\xED\xA0\x80"sv, "\xF4\x90\x80\x80"sv})
    BOOST_TEST(!to_nfc(bad));
}

BOOST_AUTO_TEST_CASE(nfc_is_idempotent) {
  std::mt19937 random(7);
  for (int i = 0; i < 5'000; ++i) {
    std::string decomposed;
    for (auto left = random() % 8; left > 0; --left) {
      decomposed += static_cast<char>('a' + random() % 26);
      if (random() % 2) decomposed += "\u0301";
      if (random() % 3 == 0) decomposed += "\u0323";
    }
    const auto once = to_nfc(decomposed);
    BOOST_REQUIRE(once);
    BOOST_REQUIRE(to_nfc(*once) == once);
  }
}

BOOST_AUTO_TEST_CASE(fields_are_escaped) {
  BOOST_TEST(escape_field("a\tb\nc\\d") == "a\\tb\\nc\\\\d");
  BOOST_TEST(escape_field("\\t") == "\\\\t");
  BOOST_TEST(escape_field("") == "");
}

BOOST_AUTO_TEST_CASE(unknown_escapes_and_a_last_backslash_stand_as_they_are) {
  BOOST_TEST(unescape_field("\\x\\") == "\\x\\");
  BOOST_TEST(unescape_field("C:\\dir") == "C:\\dir");
  BOOST_TEST(unescape_field("\\\\n") == "\\n");
}

BOOST_AUTO_TEST_CASE(escaping_any_bytes_is_undone_and_leaves_no_separator) {
  std::mt19937 random(42);
  constexpr auto letters = "\\\\tn\t\nab"sv;
  for (int i = 0; i < 10'000; ++i) {
    std::string text;
    for (auto left = random() % 12; left > 0; --left) text += letters[random() % letters.size()];
    const std::string field = escape_field(text);
    BOOST_REQUIRE(field.find_first_of("\t\n") == std::string::npos);
    BOOST_REQUIRE(unescape_field(field) == text);
  }
}

BOOST_AUTO_TEST_CASE(counted_knows_one_from_many) {
  BOOST_TEST(counted(0, "message", "messages") == "0 messages");
  BOOST_TEST(counted(1, "message", "messages") == "1 message");
  BOOST_TEST(counted(214, "message", "messages") == "214 messages");
}

BOOST_AUTO_TEST_CASE(what_is_to_be_one_row_has_no_tabs_and_line_ends) {
  BOOST_TEST(safe_row("a\tb\nc\r\x1b") == "a b c␍␛");
  BOOST_TEST(safe_row("") == "");
}

BOOST_AUTO_TEST_SUITE_END()

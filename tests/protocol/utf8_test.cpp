// SPDX-License-Identifier: GPL-3.0-or-later
#include "gnatter/utf8.h"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace gnatter::utf8;
using namespace std::string_view_literals;

namespace {

std::string encoded(char32_t point) {
  const auto tail = [&](int shift) { return static_cast<char>(0x80 | ((point >> shift) & 0x3F)); };
  if (point < 0x80) return {static_cast<char>(point)};
  if (point < 0x800) return {static_cast<char>(0xC0 | (point >> 6)), tail(0)};
  if (point < 0x10000) return {static_cast<char>(0xE0 | (point >> 12)), tail(6), tail(0)};
  return {static_cast<char>(0xF0 | (point >> 18)), tail(12), tail(6), tail(0)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(utf8)

BOOST_AUTO_TEST_CASE(every_code_point_but_the_surrogates_comes_back) {
  for (char32_t point = 0; point <= 0x10FFFF; ++point) {
    const std::string bytes = encoded(point);
    const CodePoint decoded = decode(bytes + "x");
    const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    const bool right = surrogate ? decoded.length == 0
                                 : decoded.length == bytes.size() && decoded.value == point && valid(bytes);
    if (!right) BOOST_ERROR("wrong at " << static_cast<unsigned long>(point));
  }
}

BOOST_AUTO_TEST_CASE(overlong_forms_are_none) {
  for (std::string_view bytes : {"\xC0\x80"sv, "\xC0\xAF"sv, "\xC1\xBF"sv, "\xE0\x80\x80"sv, "\xE0\x9F\xBF"sv,
                                 "\xF0\x80\x80\x80"sv, "\xF0\x8F\xBF\xBF"sv, "\xF8\x88\x80\x80\x80"sv})
    BOOST_TEST(decode(bytes).length == 0u);
}

BOOST_AUTO_TEST_CASE(what_lies_past_the_last_code_point_is_none) {
  for (std::string_view bytes :
       {"\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv, "\xF7\xBF\xBF\xBF"sv, "\xFE"sv, "\xFF"sv})
    BOOST_TEST(decode(bytes).length == 0u);
}

BOOST_AUTO_TEST_CASE(stray_and_missing_continuations_are_none) {
  for (std::string_view bytes :
       {"\x80"sv, "\xBF"sv, "\xC3"sv, "\xC3\x28"sv, "\xE2\x82"sv, "\xE2\x28\xA1"sv, "\xE2\x82\x28"sv,
        "\xF0\x9F\x98"sv, "\xF0\x28\x8C\xBC"sv, "\xF0\x90\x28\xBC"sv, "\xC3\xC3"sv})
    BOOST_TEST(decode(bytes).length == 0u);
}

BOOST_AUTO_TEST_CASE(only_the_first_code_point_is_taken) {
  BOOST_TEST(decode("\u00FC\xFF").length == 2u);
  BOOST_TEST(decode("a\xFF").length == 1u);
}

BOOST_AUTO_TEST_CASE(nothing_is_read_past_the_end_of_the_view) {
  const std::string euro = "\u20AC";
  BOOST_TEST(decode(std::string_view(euro).substr(0, 2)).length == 0u);
  BOOST_TEST(decode(std::string_view(euro).substr(0, 1)).length == 0u);
  BOOST_TEST(decode(""sv).length == 0u);
}

BOOST_AUTO_TEST_CASE(a_text_is_valid_as_a_whole_or_not) {
  BOOST_TEST(valid(""));
  BOOST_TEST(valid("Gr\u00FC\u00DFe \U0001F600\0!"sv));
  BOOST_TEST(!valid("good until the last byte\xC3"));
  BOOST_TEST(!valid("\xED\xBF\xBF"));
}

BOOST_AUTO_TEST_CASE(controls_are_c0_del_and_c1) {
  for (char32_t point : {0x00u, 0x1Fu, 0x7Fu, 0x80u, 0x9Fu}) BOOST_TEST(is_control(point));
  for (char32_t point : {0x20u, 0x7Eu, 0xA0u, 0x200Bu, 0x2028u}) BOOST_TEST(!is_control(point));
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/raw_text.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "gnatter/utf8.h"

using namespace gnatter;

namespace {

std::string row(std::string_view payload) {
  return chat::raw_text(payload);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(raw_text)

BOOST_AUTO_TEST_CASE(text_stands_in_one_row) {
  BOOST_TEST(row("21.5") == "21.5");
  BOOST_TEST(row("one\ntwo\tthree\n") == "one␊two␉three␊");
  BOOST_TEST(row("\x1b[2Jred") == "␛[2Jred");
  BOOST_TEST(row("") == "(empty)");
}

BOOST_AUTO_TEST_CASE(json_loses_the_blanks_between_its_parts_alone) {
  BOOST_TEST(row("{ \"b\" : 1,\n  \"a\": [ true, null , -1.50e3 ],\r\n\t\"t\": \"x  { , } \\\" y\" }\n") ==
             R"({"b":1,"a":[true,null,-1.50e3],"t":"x  { , } \" y"})");
  BOOST_TEST(row("[ ]") == "[]");
  BOOST_TEST(row("{ }") == "{}");
}

BOOST_AUTO_TEST_CASE(what_only_begins_like_json_stays_text) {
  for (const char* text : {"{ not }", "[1  2]", "{\"a\"  1}", "{\"a\": }", "[1, ]", "{ \"a\": 1 } 2",
                           "[ \"a ]", "{ \"a\" : 1", "[info]  started", "{ \"a\": truely }"})
    BOOST_TEST(row(text) == text);
  std::string deep(100, '[');
  deep = "[ " + deep + std::string(101, ']');
  BOOST_TEST(row(deep) == deep);
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_text_are_hexadecimal_with_their_number) {
  BOOST_TEST(row("\xff\x01") == "ff 01 (binary, 2 bytes)");
  BOOST_TEST(row(std::string(1, '\0')) == "00 (binary, 1 byte)");
  const std::string much = row(std::string(1'234'567, '\xfe'));
  BOOST_TEST(much.starts_with("fe fe "));
  BOOST_TEST(much.ends_with("fe … (binary, 1,234,567 bytes)"));
  BOOST_TEST(much.size() < 200u);
}

BOOST_AUTO_TEST_CASE(what_is_long_is_cut_and_its_size_told) {
  const std::string cut = row(std::string(3000, 'a') + [] {
    std::string out;
    for (int i = 0; i < 2000; ++i) out += "ü";
    return out;
  }());
  BOOST_TEST(cut.ends_with("ü … (cut: it has 7,000 bytes)"));
  BOOST_TEST(cut.size() < 4200u);
  BOOST_TEST(utf8::valid(cut));
  BOOST_TEST(
      row("{ \"a\": \"" + std::string(100'000, 'x') + "\" }").ends_with("(cut: it has 100,011 bytes)"));
}

BOOST_AUTO_TEST_CASE(a_long_topic_keeps_its_ends) {
  BOOST_TEST(chat::shown_topic("a/b\x1b") == "a/b␛");
  const std::string topic = "begin/" + std::string(1000, 'x') + "/end";
  const std::string shown = chat::shown_topic(topic);
  BOOST_TEST(shown.starts_with("begin/x"));
  BOOST_TEST(shown.ends_with("x/end"));
  BOOST_TEST(shown.find("…") != std::string::npos);
  BOOST_TEST(shown.size() <= 240u);
}

BOOST_AUTO_TEST_CASE(numbers_have_commas) {
  BOOST_TEST(chat::grouped(0) == "0");
  BOOST_TEST(chat::grouped(999) == "999");
  BOOST_TEST(chat::grouped(9812) == "9,812");
  BOOST_TEST(chat::grouped(1234567) == "1,234,567");
}

BOOST_AUTO_TEST_SUITE_END()

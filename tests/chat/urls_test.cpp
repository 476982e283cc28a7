// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/urls.h"

#include <boost/test/unit_test.hpp>
#include <string>

namespace {

/// With a blank after each.
std::string found(std::string_view text) {
  std::string all;
  for (const std::string_view url : gnatter::chat::urls_in(text)) all += std::string(url) + ' ';
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(urls)

BOOST_AUTO_TEST_CASE(urls_are_found_with_their_scheme) {
  BOOST_TEST(found("at https://a.example/b?c=d#e and mqtts://broker:8883 too") ==
             "https://a.example/b?c=d#e mqtts://broker:8883 ");
}

BOOST_AUTO_TEST_CASE(punctuation_around_them_is_not_theirs) {
  BOOST_TEST(found("(see https://a.example/b).") == "https://a.example/b ");
  BOOST_TEST(found("<https://a.example>, \"http://b.example/\"!") == "https://a.example http://b.example/ ");
  BOOST_TEST(found("見てhttps://a.example/を") == "https://a.example/ ");
}

BOOST_AUTO_TEST_CASE(brackets_that_they_open_are_theirs) {
  BOOST_TEST(found("https://a.example/b_(c)") == "https://a.example/b_(c) ");
  BOOST_TEST(found("(https://a.example/b_(c))") == "https://a.example/b_(c) ");
  BOOST_TEST(found("http://[::1]") == "http://[::1] ");
}

BOOST_AUTO_TEST_CASE(what_is_none_is_none) {
  BOOST_TEST(found("") == "");
  BOOST_TEST(found("://x 12://x https:// https://. a:b //x") == "");
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/paho/send_window.h"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace gnatter::transport;

namespace {
Publication message(const std::string& payload, int qos = 1) {
  return {"/t", payload, qos, false, {}};
}
}  // namespace

BOOST_AUTO_TEST_SUITE(send_window)

BOOST_AUTO_TEST_CASE(sixteen_go_out_and_the_rest_follows_in_order) {
  SendWindow window;
  window.start(65'535);
  for (int i = 0; i < 20; ++i) window.add(message(std::to_string(i)), nullptr);
  std::uint64_t first = 0;
  for (int i = 0; i < 16; ++i) {
    const auto outgoing = window.next();
    BOOST_REQUIRE(outgoing.has_value());
    if (i == 0) first = outgoing->number;
    BOOST_TEST(std::get<Publication>(outgoing->request).payload == std::to_string(i));
  }
  BOOST_TEST(!window.next().has_value());
  window.answered(first + 5);
  BOOST_TEST(std::get<Publication>(window.next()->request).payload == "16");
  BOOST_TEST(!window.next().has_value());
}

BOOST_AUTO_TEST_CASE(the_brokers_receive_maximum_counts_where_it_is_less) {
  SendWindow window;
  window.start(2);
  for (int i = 0; i < 3; ++i) window.add(SubscribeRequest{"/t", 1}, nullptr);
  BOOST_TEST(window.next().has_value());
  BOOST_TEST(window.next().has_value());
  BOOST_TEST(!window.next().has_value());
}

BOOST_AUTO_TEST_CASE(a_receive_maximum_of_none_is_taken_for_one) {
  SendWindow window;
  window.start(0);
  window.add(message("x"), nullptr);
  BOOST_TEST(window.next().has_value());
}

BOOST_AUTO_TEST_CASE(an_answer_gives_its_completion_once) {
  SendWindow window;
  window.start(16);
  int called = 0;
  window.add(message("x"), [&](const Outcome&) { ++called; });
  const auto number = window.next()->number;
  BOOST_TEST(window.has_unanswered());
  window.answered(number)({});
  BOOST_TEST(called == 1);
  BOOST_TEST(!window.answered(number));
  BOOST_TEST(!window.answered(number + 1));
  BOOST_TEST(!window.has_unanswered());
}

BOOST_AUTO_TEST_CASE(it_knows_of_an_open_publish_of_qos_2) {
  SendWindow window;
  window.start(16);
  window.add(message("x", 1), nullptr);
  window.add(message("y", 2), nullptr);
  window.next();
  BOOST_TEST(!window.exactly_once_open());  // not out yet
  const auto number = window.next()->number;
  BOOST_TEST(window.exactly_once_open());
  window.answered(number);
  BOOST_TEST(!window.exactly_once_open());
}

BOOST_AUTO_TEST_CASE(all_are_taken_oldest_first) {
  SendWindow window;
  window.start(2);
  std::string order;
  for (const char name : {'a', 'b', 'c', 'd'})
    window.add(message("x"), [&, name](const Outcome&) { order += name; });
  window.next();
  window.next();
  for (const auto& done : window.take_all()) done({});
  BOOST_TEST(order == "abcd");
  BOOST_TEST(window.take_all().empty());
  window.start(16);
  BOOST_TEST(!window.next().has_value());
}

BOOST_AUTO_TEST_SUITE_END()

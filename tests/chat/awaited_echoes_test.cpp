// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/awaited_echoes.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

using namespace gnatter;
using chat::AwaitedEchoes;
using namespace std::chrono_literals;

namespace {

protocol::Ulid id(std::uint8_t number, std::uint8_t high = 0) {
  protocol::Ulid out;
  out.bytes[0] = number;
  out.bytes[1] = high;
  return out;
}

struct Fixture {
  AwaitedEchoes echoes;
  const AwaitedEchoes::Moment now = base::EventLoop::Clock::now();
};

using Places = std::vector<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(awaited_echoes, Fixture)

BOOST_AUTO_TEST_CASE(an_echo_is_known_by_its_id_once) {
  echoes.add("#dev", id(1), "hi");
  BOOST_TEST(!echoes.take("#dev", id(2), "hi"));
  BOOST_TEST(!echoes.take("#ops", id(1), "hi"));
  BOOST_TEST(echoes.take("#dev", id(1), "changed on the way"));
  BOOST_TEST(!echoes.take("#dev", id(1), "hi"));
  BOOST_TEST(echoes.empty());
}

BOOST_AUTO_TEST_CASE(without_an_id_it_is_known_by_place_and_text) {
  echoes.add("#dev", id(1), "hi");
  BOOST_TEST(!echoes.take("#dev", {}, "hi "));
  BOOST_TEST(!echoes.take("#ops", {}, "hi"));
  BOOST_TEST(!echoes.take("dev", {}, "hi"));
  BOOST_TEST(echoes.take("#dev", {}, "hi"));
  BOOST_TEST(!echoes.take("#dev", {}, "hi"));
}

BOOST_AUTO_TEST_CASE(the_same_text_twice_is_two_echoes) {
  echoes.add("#dev", id(1), "hi");
  echoes.add("#dev", id(2), "hi");
  BOOST_TEST(echoes.take("#dev", {}, "hi"));
  BOOST_TEST(echoes.take("#dev", {}, "hi"));
  BOOST_TEST(!echoes.take("#dev", {}, "hi"));
}

BOOST_AUTO_TEST_CASE(an_echo_is_overdue_from_its_acknowledgement_on) {
  echoes.add("#dev", id(1), "a");
  echoes.add("#ops", id(2), "b");
  echoes.add("#ops", id(3), "c");
  echoes.add("#far", id(4), "d");
  echoes.acknowledged(id(1), now);
  echoes.acknowledged(id(2), now - 10s);
  echoes.acknowledged(id(3), now - 11s);
  BOOST_TEST(echoes.overdue(now - 10s) == Places{"#ops"}, boost::test_tools::per_element());
  BOOST_TEST(echoes.overdue(now - 10s).empty());
  BOOST_TEST(!echoes.take("#ops", id(2), "b"));
  BOOST_TEST(echoes.overdue(now) == Places{"#dev"}, boost::test_tools::per_element());
  BOOST_TEST(echoes.take("#far", id(4), "d"));
}

BOOST_AUTO_TEST_CASE(a_refused_line_has_no_echo) {
  echoes.add("#dev", id(1), "hi");
  echoes.forget(id(1));
  BOOST_TEST(echoes.empty());
}

BOOST_AUTO_TEST_CASE(a_lost_line_takes_the_echoes_of_what_was_acknowledged) {
  echoes.add("#dev", id(1), "a");
  echoes.add("#dev", id(2), "b");
  echoes.acknowledged(id(1), now);
  echoes.clear_acknowledged();
  BOOST_TEST(!echoes.take("#dev", id(1), "a"));
  BOOST_TEST(echoes.take("#dev", id(2), "b"));
}

BOOST_AUTO_TEST_CASE(leaving_a_group_ends_the_wait_there_alone) {
  echoes.add("#dev", id(1), "a");
  echoes.add("#ops", id(2), "b");
  echoes.clear("#dev");
  BOOST_TEST(!echoes.take("#dev", id(1), "a"));
  BOOST_TEST(echoes.take("#ops", id(2), "b"));
}

BOOST_AUTO_TEST_CASE(no_more_than_4096_are_awaited) {
  for (int i = 0; i < 4097; ++i)
    echoes.add("#dev", id(static_cast<std::uint8_t>(i % 256), static_cast<std::uint8_t>(i / 256)), "x");
  BOOST_TEST(!echoes.take("#dev", id(0, 0), "x"));
  BOOST_TEST(echoes.take("#dev", id(1, 0), "x"));
  BOOST_TEST(echoes.take("#dev", id(0, 16), "x"));
}

BOOST_AUTO_TEST_SUITE_END()

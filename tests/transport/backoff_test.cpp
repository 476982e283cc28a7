// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/backoff.h"

#include <boost/test/unit_test.hpp>
#include <set>

using gnatter::transport::Backoff;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(backoff)

BOOST_AUTO_TEST_CASE(doubles_from_one_second_to_sixty_less_up_to_a_quarter) {
  for (std::uint32_t seed = 1; seed < 200; ++seed) {
    Backoff waits(seed);
    for (const auto full : {1000ms, 2000ms, 4000ms, 8000ms, 16'000ms, 32'000ms, 60'000ms, 60'000ms}) {
      const auto wait = waits.next();
      BOOST_TEST(wait.count() <= full.count());
      BOOST_TEST(wait.count() >= (full * 3 / 4).count());
    }
  }
}

BOOST_AUTO_TEST_CASE(starts_again_after_a_connection_that_stood) {
  Backoff waits(1);
  for (int i = 0; i < 10; ++i) waits.next();
  waits.reset();
  BOOST_TEST(waits.next().count() <= 1000);
}

BOOST_AUTO_TEST_CASE(clients_do_not_come_all_at_once) {
  std::set<std::chrono::milliseconds> waits;
  for (std::uint32_t seed = 1; seed <= 50; ++seed) waits.insert(Backoff(seed * 2'654'435'761u).next());
  BOOST_TEST(waits.size() > 20u);
}

BOOST_AUTO_TEST_SUITE_END()

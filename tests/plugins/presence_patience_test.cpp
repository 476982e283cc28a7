// SPDX-License-Identifier: GPL-3.0-or-later
// Whoever has not answered our login after 10 s is gone. One wait of 10 s.
#include <boost/test/unit_test.hpp>

#include "support/plugin_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;

BOOST_FIXTURE_TEST_SUITE(presence_patience, PluginFixture)

BOOST_AUTO_TEST_CASE(whoever_does_not_answer_after_a_loss_goes_after_ten_seconds) {
  plugins.load("presence");
  connect();
  for (const char* name : {"bob", "carol"}) receive("/chat/active", name);
  connection->lose();
  BOOST_REQUIRE(run_until(loop, [&] { return connection->opens.size() == 2; }));
  const auto from = base::EventLoop::Clock::now();
  become_ready();
  receive("/chat/active", "bob");
  BOOST_TEST(network.roster.entries().size() == 2u);
  BOOST_REQUIRE(run_until(
      loop, [&] { return network.roster.entries().size() == 1; }, 15s));
  BOOST_TEST((base::EventLoop::Clock::now() - from >= 9900ms));
  BOOST_TEST(network.roster.entries().contains("bob"));
}

BOOST_AUTO_TEST_SUITE_END()

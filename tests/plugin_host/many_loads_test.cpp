// SPDX-License-Identifier: GPL-3.0-or-later
// Every plugin of the list (MANY_LOADS) comes and goes a thousand times while messages arrive; sanitizers
// tell what is left.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "support/environment.h"
#include "support/plugin_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;

namespace {

constexpr int rounds = 1000;

std::vector<std::string> names() {
  std::istringstream list(MANY_LOADS);
  std::vector<std::string> all;
  for (std::string name; std::getline(list, name, ' ');) all.push_back(name);
  return all;
}

std::size_t open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

struct Home {
  TemporaryDirectory place;
  Variable state{"XDG_STATE_HOME", place.path().string()}, data{"XDG_DATA_HOME", place.path().string()};
};

struct Fixture : Home, PluginFixture {
  /// What a broker does at such a moment: messages come, some publishes and subscribes are answered.
  void traffic(int round) {
    const std::string id = std::to_string(round);
    receive("/chat/user/alice/message/bob", "hi " + id);
    receive("/chat/user/alice/message/carol", "/me waves");
    receive("/chat/login", "user-" + id);
    receive("/chat/user/user-" + id + "/status", "AWAY");
    receive("/chat/logout", "user-" + id);
    receive("/chat/group/dev/message/bob", "alice: look");
    receive("/test/a", id);
    if (round % 3 == 0) connection->accept_all();
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(many_loads, Fixture)

BOOST_DATA_TEST_CASE_F(Fixture, leave_nothing_behind, boost::unit_test::data::make(names()), name) {
  connect();
  type("/join dev");
  std::size_t descriptors = 0;
  for (int round = 0; round < rounds; ++round) {
    plugins.load(name);
    if (name == "probe") {
      type("/probe subscribe /test/#");
      type("/probe publish /test");
      type("/probe timer 0");
    }
    traffic(round);
    bool done = false;
    plugins.unload(name, [&] { done = true; });
    traffic(round);
    if (round % 3 != 0) connection->accept_all();
    BOOST_REQUIRE(run_until(
        loop, [&] { return done; }, 3s));
    // A Will that went with its plugin costs one reconnect.
    if (!connection->closes.empty()) {
      connection->finish_close();
      connection->closes.clear();
      become_ready();
    }
    traffic(round);
    if (round == 10) descriptors = open_descriptors();
  }
  connection->accept_all();
  BOOST_TEST(open_descriptors() == descriptors);
  BOOST_TEST(told("failed") == 0u);
  BOOST_TEST(refusal("/load " + name) == "");
}

BOOST_AUTO_TEST_SUITE_END()

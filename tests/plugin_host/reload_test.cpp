// SPDX-License-Identifier: GPL-3.0-or-later
// A plugin that was built anew runs its new code once it is reloaded.
#include <boost/test/unit_test.hpp>
#include <string>

#include "support/plugin_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;

namespace {

struct Fixture : PluginFixture {
  /// As a linker or an installer puts it there: a new file in the place of the old one.
  void install(const std::string& name, const std::string& built) {
    const auto fresh = directory.path() / (name + ".so.new");
    std::filesystem::copy_file(std::filesystem::path(GNATTER_TEST_PLUGINS) / (built + ".so"), fresh);
    std::filesystem::rename(fresh, directory.path() / (name + ".so"));
  }
  bool reload(const std::string& name, std::string_view answer) {
    const auto before = told(answer);
    type("/plugin reload " + name);
    return run_until(
        loop, [&] { return told(answer) == before + 1; }, 3s);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(reload, Fixture)

BOOST_AUTO_TEST_CASE(what_was_rebuilt_shows_its_new_behaviour_and_a_state_of_its_own) {
  install("dice", "version_one");
  plugins.load("dice");
  type("/versioned");
  type("/versioned");
  BOOST_TEST(told("info: version one, call 2") == 1u);
  install("dice", "version_two");
  BOOST_REQUIRE(reload("dice", "info: Plugin dice is loaded."));
  type("/versioned");
  BOOST_TEST(told("info: version two, call 1") == 1u);
  install("dice", "version_one");
  BOOST_REQUIRE(reload("dice", "info: Plugin dice is loaded."));
  type("/versioned");
  BOOST_TEST(told("info: version one, call 1") == 2u);
}

BOOST_AUTO_TEST_CASE(two_versions_side_by_side_share_nothing) {
  install("first", "version_one");
  install("second", "version_two");
  plugins.load("first");
  type("/versioned");
  plugins.load("second");
  BOOST_REQUIRE(unload("first"));
  BOOST_REQUIRE(reload("second", "info: Plugin second is loaded."));
  type("/versioned");
  BOOST_TEST(told("info: version two, call 1") == 1u);
}

BOOST_AUTO_TEST_CASE(old_code_that_stays_in_memory_is_told_and_never_run_for_the_new) {
  install("sticky", "staying_one");
  plugins.load("sticky");
  BOOST_REQUIRE(reload("sticky", "info: Plugin sticky is loaded."));  // it is the same
  install("sticky", "staying_two");
  BOOST_REQUIRE(reload("sticky", "error: sticky.so has changed, but its old code cannot leave the memory"));
  BOOST_TEST(refusal("/versioned").starts_with("There is no /versioned"));
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plugin_settings.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "base/user_error.h"

using namespace gnatter;
using Given = chat::Settings::Given;

namespace {

struct Fixture {
  chat::Settings settings;
  const Subscription row = settings.add({"logger.lines", std::int64_t{500}, "Lines of the past"});
  const app::KnownPlugins plugins{{"logger", "presence"}, [](const auto& name) { return name == "notify"; }};

  /// What is said of them; empty: nothing.
  std::string refusal(const std::vector<Given>& given) {
    try {
      app::check_plugin_settings(settings, given, plugins);
    } catch (const base::UserError& error) {
      return error.what();
    }
    return {};
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(plugin_settings, Fixture)

BOOST_AUTO_TEST_CASE(what_fits_and_what_nobody_can_know_yet_passes) {
  BOOST_TEST(refusal({}) == "");
  BOOST_TEST(refusal({{"logger.lines", std::int64_t{7}, "f:1"},
                      {"notify.anything", true, "f:2"},
                      {"network.home.port", std::int64_t{1}, "f:3"},
                      {"port", std::int64_t{1}, "f:4"}}) == "");
}

BOOST_AUTO_TEST_CASE(a_value_that_does_not_fit_is_named_with_its_place) {
  BOOST_TEST(refusal({{"logger.lines", std::string("x"), "f:1"}}) ==
             "f:1: logger.lines is a whole number, not \"x\".");
}

BOOST_AUTO_TEST_CASE(a_setting_that_a_loaded_plugin_does_not_have_is_named) {
  BOOST_TEST(refusal({{"logger.lins", std::int64_t{7}, "f:1"}}) ==
             "f:1: there is no setting logger.lins (logger.lines?).");
  BOOST_TEST(refusal({{"presence.x", true, "f:1"}}) == "f:1: there is no setting presence.x.");
}

BOOST_AUTO_TEST_CASE(a_table_of_no_plugin_is_named_with_the_one_that_may_be_meant) {
  BOOST_TEST(refusal({{"loger.lines", std::int64_t{7}, "f:1"}}) ==
             "f:1: there is no plugin loger (logger?) that [loger] could be for.");
}

BOOST_AUTO_TEST_CASE(of_several_the_first_is_named_and_the_others_are_counted) {
  BOOST_TEST(refusal({{"logger.lines", std::int64_t{7}, "f:1"},
                      {"logger.x", true, "f:2"},
                      {"logger.lines", true, "f:3"},
                      {"other.x", true, "f:4"}}) == "f:2: there is no setting logger.x. 2 more are wrong.");
  BOOST_TEST(refusal({{"presence.x", true, "f:2"}, {"other.x", true, "f:4"}}) ==
             "f:2: there is no setting presence.x. 1 more is wrong.");
}

BOOST_AUTO_TEST_CASE(a_place_from_the_file_system_is_made_safe) {
  BOOST_TEST(refusal({{"presence.x", true, "f\x1b[2J:1"}}).find('\x1b') == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

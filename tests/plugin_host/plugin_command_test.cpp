// SPDX-License-Identifier: GPL-3.0-or-later
// /plugin, as it is typed.
#include <boost/test/unit_test.hpp>
#include <string>

#include "support/plugin_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using namespace std::chrono_literals;

BOOST_FIXTURE_TEST_SUITE(plugin_command, PluginFixture)

BOOST_AUTO_TEST_CASE(a_plugin_is_loaded_listed_and_unloaded) {
  connect();
  type("/plugin list");
  BOOST_TEST(told("info: No plugin is loaded.") == 1u);
  type("/plugin load probe");
  BOOST_TEST(told("info: Plugin probe is loaded.") == 1u);
  type("/plugin");
  BOOST_TEST(told("info: probe  1.2  loaded  does what the test says (" GNATTER_TEST_PLUGINS "/probe.so)") ==
             1u);
  type("/plugin unload probe");
  BOOST_TEST(run_until(
      loop, [&] { return told("info: Plugin probe is unloaded.") == 1u; }, 3s));
  type("/plugin list");
  BOOST_TEST(told("info: No plugin is loaded.") == 2u);
}

BOOST_AUTO_TEST_CASE(load_and_unload_are_commands_of_their_own_too) {
  connect();
  type("/load probe");
  BOOST_TEST(told("info: Plugin probe is loaded.") == 1u);
  BOOST_TEST(refusal("/load probe") == "probe is loaded already.");
  type("/unload probe");
  type("/load probe");
  BOOST_TEST(run_until(
      loop, [&] { return told("info: Plugin probe is loaded.") == 2u; }, 3s));
  BOOST_TEST(told("info: Plugin probe is unloaded.") == 1u);
  for (const char* line : {"/load", "/load a b", "/unload", "/unload a b"})
    BOOST_TEST(refusal(line).starts_with("Usage: /" + std::string(line[1] == 'l' ? "load" : "unload")), line);
}

BOOST_AUTO_TEST_CASE(a_plugin_on_its_way_out_is_listed_as_such) {
  connect();
  plugins.load("probe");
  type("/probe hold");
  type("/plugin unload probe");
  type("/plugin list");
  BOOST_TEST(told("info: probe  1.2  leaving  does") == 1u);
  type("/probe let-go");
  BOOST_TEST(run_until(
      loop, [&] { return told("is unloaded") == 1u; }, 1s));
}

BOOST_AUTO_TEST_CASE(one_that_failed_three_times_is_listed_as_such_until_it_is_reloaded) {
  connect();
  plugins.load("probe");
  for (int i = 0; i < 3; ++i) type("/probe throw it");
  type("/plugin list");
  BOOST_TEST(told("info: probe  1.2  switched off  does") == 1u);
  type("/plugin reload probe");
  BOOST_TEST(run_until(
      loop, [&] { return told("info: Plugin probe is loaded.") == 1u; }, 3s));
  type("/plugin list");
  BOOST_TEST(told("info: probe  1.2  loaded  does") == 1u);
  type("/probe print alive");
  BOOST_TEST(told("info: alive") == 1u);
}

BOOST_AUTO_TEST_CASE(one_that_could_not_be_loaded_at_the_start_is_listed_with_its_reason) {
  connect();
  put("dice", "");
  for (const char* name : {"dice", "logging", "failing"}) BOOST_TEST(load_refusal(name) != "");
  plugins.load("probe");
  type("/plugin list");
  BOOST_TEST(told("info: dice     -    not loaded  dice.so is empty: not loaded. It is /") == 1u);
  BOOST_TEST(told("info: failing  -    not loaded  Plugin failing did not start: ") == 1u);
  BOOST_TEST(told("info: logging  -    not loaded  There is no logging.so in ") == 1u);
  BOOST_TEST(told("info: probe    1.2  loaded      does what the test says") == 1u);
  put("dice", bytes_of(std::filesystem::path(GNATTER_TEST_PLUGINS) / "other.so"));
  type("/load dice");
  type("/plugin list");
  BOOST_TEST(told("info: dice     1.2  loaded      does what the test says") == 1u);
}

BOOST_AUTO_TEST_CASE(a_slip_of_the_pen_is_not_listed) {
  connect();
  BOOST_TEST(refusal("/load porbe") != "");
  type("/plugin list");
  BOOST_TEST(told("info: No plugin is loaded.") == 1u);
}

BOOST_AUTO_TEST_CASE(a_reload_takes_what_the_file_is_by_then) {
  connect();
  put("mine", bytes_of(std::filesystem::path(GNATTER_TEST_PLUGINS) / "probe.so"));
  type("/plugin load mine");
  type("/plugin reload mine");
  BOOST_TEST(run_until(
      loop, [&] { return told("info: Plugin mine is loaded") == 2u; }, 3s));
  type("/probe print alive");
  std::filesystem::remove(directory.path() / "mine.so");
  type("/plugin reload mine");
  BOOST_TEST(run_until(
      loop, [&] { return told("error: There is no mine.so") == 1u; }, 3s));
  BOOST_TEST(refusal("/probe print x") != "");
}

BOOST_AUTO_TEST_CASE(a_load_that_cannot_be_is_refused_in_words) {
  connect();
  BOOST_TEST(refusal("/plugin load dice").starts_with("There is no dice.so"));
  BOOST_TEST(refusal("/plugin unload dice") == "dice is not loaded.");
  BOOST_TEST(refusal("/plugin reload dice") == "dice is not loaded.");
  BOOST_TEST(refusal("/plugin load next_major").find("built for interface 2.0") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(anything_else_is_answered_with_the_usage) {
  for (const char* line : {"/plugin load", "/plugin start probe", "/plugin load a b", "/plugin list all"})
    BOOST_TEST(refusal(line).starts_with("Usage: /plugin"), line);
}

BOOST_AUTO_TEST_CASE(several_in_one_breath_are_taken_in_order) {
  connect();
  type("/plugin load probe");
  type("/plugin unload probe");
  type("/plugin load probe");
  BOOST_TEST(run_until(
      loop, [&] { return told("info: Plugin probe is loaded.") == 2u; }, 3s));
  BOOST_TEST(told("info: Plugin probe is unloaded.") == 1u);
  type("/probe print alive");
  BOOST_TEST(told("info: alive") == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/print_config.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <regex>
#include <sstream>
#include <string>

#include "app/config_file.h"
#include "app/config_writer.h"
#include "chat/setting_table.h"
#include "support/chat_fixture.h"

using namespace gnatter;
using Value = chat::Settings::Value;

namespace {

struct Fixture : testing::ChatFixture {
  const Subscription lines_row =
      client.settings.add({"logger.lines", std::int64_t{500}, "Lines of the past"});
  const Subscription bell = client.settings.add({"notify.bell", true, "Rings"});
  const std::string text = app::printed_config(client.settings);

  /// With every setting taken out of its comment, those of the example too where its header is.
  [[nodiscard]] std::string uncommented(bool example) const {
    const std::regex setting("^# (?=[a-z0-9-]+ = )"), any("^# +(?=[a-z0-9-]+ = |\\[)");
    std::istringstream in(text);
    std::string out;
    for (std::string line; std::getline(in, line);)
      out += std::regex_replace(line, example ? any : setting, "") + '\n';
    return out;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(print_config, Fixture)

BOOST_AUTO_TEST_CASE(it_says_nothing_until_somebody_takes_a_line_out_of_its_comment) {
  const auto config = app::parse_config(text, "f");
  BOOST_TEST(config.settings.empty());
  BOOST_TEST(config.networks.empty());
}

BOOST_AUTO_TEST_CASE(every_setting_is_there_with_its_default) {
  const auto values = app::values_of_config(uncommented(false), "f");
  BOOST_TEST(app::parse_config(uncommented(false), "f").settings.size() == values.size());
  for (const chat::SettingRow& row : chat::setting_table()) {
    BOOST_REQUIRE(values.contains(row.name));
    BOOST_TEST((values.at(row.name) == row.initial), row.name);
  }
  BOOST_TEST((values.at("logger.lines") == Value(std::int64_t{500})));
  BOOST_TEST((values.at("notify.bell") == Value(true)));
  BOOST_TEST(values.size() == chat::setting_table().size() + 2);
}

BOOST_AUTO_TEST_CASE(the_example_has_every_setting_of_a_network) {
  const auto config = app::parse_config(uncommented(true), "f");
  const auto values = app::values_of_config(uncommented(true), "f");
  BOOST_TEST(config.networks.size() == 1u);
  for (const chat::SettingRow& row : chat::setting_table())
    if (row.scope == chat::SettingRow::Scope::network)
      BOOST_TEST(values.contains("network.home." + row.name), row.name);
}

BOOST_AUTO_TEST_CASE(no_line_has_more_than_80_columns) {
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) BOOST_TEST(line.size() <= 80u, line);
  BOOST_TEST(text.find("\t") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_setting_that_is_saved_into_it_changes_one_line) {
  for (const chat::SettingRow& row : chat::setting_table()) {
    const Value initial = row.initial;
    Value other = std::string("auto");
    if (const bool* const on = std::get_if<bool>(&initial)) other = !*on;
    if (std::holds_alternative<std::int64_t>(initial)) other = std::int64_t{7};
    if (std::holds_alternative<chat::Settings::List>(initial)) other = chat::Settings::List{"x"};
    const std::string changed = app::with_changes(text, {{row.name, other}});
    std::istringstream before(text), after(changed);
    std::string old_line, new_line;
    int different = 0;
    while (std::getline(before, old_line) && std::getline(after, new_line))
      if (old_line != new_line) {
        ++different;
        BOOST_TEST(old_line.starts_with("# "));
        BOOST_TEST(!new_line.starts_with("#"));
      }
    BOOST_TEST(different == 1, row.name);
    BOOST_TEST(std::count(changed.begin(), changed.end(), '\n') ==
               std::count(text.begin(), text.end(), '\n'));
  }
}

BOOST_AUTO_TEST_SUITE_END()

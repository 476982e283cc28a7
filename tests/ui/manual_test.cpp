// SPDX-License-Identifier: GPL-3.0-or-later
// The manual knows exactly the keys and the commands that the screen adds; end_to_end/test_man.py sees to the
// rest.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "support/screen_fixture.h"
#include "ui/key_names.h"
#include "ui/key_presets.h"

using namespace gnatter;
using Words = std::set<std::string>;

namespace {

/// The items of one section: the words behind ".It ".
std::vector<std::vector<std::string>> items(const std::string& section) {
  std::ifstream page(GNATTER_MANUAL);
  std::vector<std::vector<std::string>> all;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with(".Sh ")) inside = line == ".Sh " + section;
    if (!inside || !line.starts_with(".It ")) continue;
    std::istringstream words(line.substr(4));
    all.emplace_back();
    for (std::string word; words >> word;) all.back().push_back(word);
  }
  return all;
}

/// A key's name may be a punctuation mark to mdoc, but none of those here is.
std::map<std::string, Words> keys_of_the_page(const std::string& section) {
  std::map<std::string, Words> keys;
  for (const auto& item : items(section)) {  // Cm NAME Pq Li KEY , KEY
    BOOST_REQUIRE(item.size() > 4);
    Words& own = keys[item[1]];
    own.insert(item.begin() + 4, item.end());
    own.erase(",");
  }
  return keys;
}

/// As the page has it.
std::string bare(const std::string& name) {
  return name.starts_with("gnatter-") ? name.substr(8) : name;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(manual, testing::ScreenFixture)

BOOST_AUTO_TEST_CASE(it_has_each_action_with_its_keys_and_no_other) {
  const auto written = keys_of_the_page("KEYS");
  std::map<std::string, Words> known;
  for (const ui::KeyAction& action : screen->actions())
    for (const std::string& one : action.keys) known[bare(action.name)].insert(ui::key_name(one));
  BOOST_TEST(known.size() > 30);
  for (const auto& [name, names] : known) {
    BOOST_TEST_CONTEXT(name) {
      BOOST_REQUIRE(written.contains(name));
      BOOST_TEST(written.at(name) == names, boost::test_tools::per_element());
    }
  }
  for (const auto& row : written) BOOST_TEST(known.contains(row.first), row.first + " is no action");
}

BOOST_AUTO_TEST_CASE(it_has_the_keys_of_irssi_and_with_them_every_action_that_has_none_of_ours) {
  std::map<std::string, Words> known;
  const ui::KeyPreset irssi = ui::key_presets().front();
  for (const auto& row : irssi.rows) known[bare(row.function)].insert(ui::key_name(row.keys));
  BOOST_TEST((keys_of_the_page("KEYS OF IRSSI") == known));
  for (const ui::KeyAction& action : screen->actions())
    BOOST_TEST((!action.keys.empty() || known.contains(bare(action.name))), action.name);
}

BOOST_AUTO_TEST_CASE(it_has_the_commands_that_only_the_screen_has) {
  Words with_screen, without, written;
  for (const auto& command : client.commands.all()) with_screen.insert('/' + command->name);
  screen.reset();
  for (const auto& command : client.commands.all()) without.insert('/' + command->name);
  for (const auto& item : items("COMMANDS")) written.insert(item.at(1));
  Words added;
  std::ranges::set_difference(with_screen, without, std::inserter(added, added.end()));
  // test_man.py has the same names
  BOOST_TEST(added == (Words{"/bind", "/unbind"}), boost::test_tools::per_element());
  for (const std::string& name : added) BOOST_TEST(written.contains(name), name);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/command_table.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "base/user_error.h"

using namespace gnatter;
using namespace gnatter::chat;

namespace {

struct Fixture {
  CommandTable table;
  std::vector<Subscription> rows;

  bool add(std::string name, std::vector<std::string> aliases, bool core, bool whole_name = false) {
    Command command;
    command.name = std::move(name);
    command.aliases = std::move(aliases);
    command.summary = "Does something";
    command.whole_name = whole_name;
    rows.push_back(table.add(std::move(command), core));
    return static_cast<bool>(rows.back());
  }
  /// The name of the command found, or the sentence that refuses it.
  std::string found(std::string_view name) {
    try {
      return table.find(name)->name;
    } catch (const base::UserError& error) {
      return error.what();
    }
  }
  bool refused(std::string_view name, std::string_view words) {
    return found(name).find(words) != std::string::npos;
  }
};

constexpr bool core = true, plugin = false;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(command_table, Fixture)

BOOST_AUTO_TEST_CASE(commands_are_found_by_name_alias_and_prefix_in_any_case) {
  add("join", {"j"}, core);
  for (const char* name : {"join", "JOIN", "j", "J", "jo", "Joi"}) BOOST_TEST(found(name) == "join");
}

BOOST_AUTO_TEST_CASE(an_exact_name_goes_before_an_alias) {
  add("msg", {}, core);
  BOOST_TEST(!add("other", {"msg"}, core));  // taken already
  add("who", {}, core);
  add("whois", {}, core);
  BOOST_TEST(found("who") == "who");
}

BOOST_AUTO_TEST_CASE(an_alias_goes_before_a_prefix) {
  add("part", {"p"}, core);
  add("plugin", {}, core);
  BOOST_TEST(found("p") == "part");
  add("zoo", {"no"}, plugin);
  add("notice", {}, core);
  BOOST_TEST(found("no") == "zoo");
}

BOOST_AUTO_TEST_CASE(a_prefix_of_the_core_goes_before_one_of_a_plugin) {
  add("status", {}, plugin);
  add("stats", {}, core);
  BOOST_TEST(found("sta") == "stats");
  BOOST_TEST(found("statu") == "status");
  BOOST_TEST(found("status") == "status");
}

BOOST_AUTO_TEST_CASE(a_prefix_of_more_than_one_is_told_with_all_of_them) {
  add("names", {}, core);
  add("network", {}, core);
  BOOST_TEST(refused("n", "/n could be /names, /network."));
  BOOST_TEST(found("na") == "names");
}

BOOST_AUTO_TEST_CASE(some_commands_are_only_found_whole) {
  add("quit", {"bye"}, core, true);
  add("query", {}, core);
  BOOST_TEST(found("qu") == "query");
  BOOST_TEST(found("quit") == "quit");
  BOOST_TEST(found("bye") == "quit");
  BOOST_TEST(refused("qui", "There is no /qui"));
  BOOST_TEST(refused("by", "There is no /by"));
}

BOOST_AUTO_TEST_CASE(what_is_misspelt_gets_a_suggestion) {
  add("query", {}, core);
  add("join", {}, core);
  BOOST_TEST(found("quetry") == "There is no /quetry (/query?).");
  BOOST_TEST(found("jion").find("(/join?)") != std::string::npos);
  BOOST_TEST(found("xyzzy").find('(') == std::string::npos);
  Command refused_always;  // "There are no operators"
  refused_always.name = "kick";
  rows.push_back(table.add(std::move(refused_always), core));
  BOOST_TEST(found("kik").find('(') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_no_command_is_shown_safely_and_cut) {
  add("join", {}, core);
  BOOST_TEST(found("\x1b[2J").find('\x1b') == std::string::npos);
  BOOST_TEST(found(std::string(100'000, 'a')).size() < 200u);
  BOOST_TEST(refused("", "A command stands right after the slash"));
}

BOOST_AUTO_TEST_CASE(a_name_that_is_taken_stays_with_whoever_has_it) {
  BOOST_TEST(add("away", {"a"}, core));
  BOOST_TEST(!add("away", {}, plugin));
  BOOST_TEST(!add("a", {}, plugin));
  BOOST_TEST(!add("gone", {"x", "away"}, plugin));
  BOOST_TEST(refused("x", "There is no"));
  BOOST_TEST(table.all().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_command_goes_with_its_subscription) {
  add("dice", {"roll"}, plugin);
  rows.clear();
  BOOST_TEST(refused("dice", "There is no"));
  BOOST_TEST(refused("roll", "There is no"));
  BOOST_TEST(add("dice", {}, plugin));
}

BOOST_AUTO_TEST_CASE(a_command_that_was_found_outlives_its_row) {
  add("dice", {}, plugin);
  const auto command = table.find("dice");
  rows.clear();
  BOOST_TEST(command->name == "dice");
}

BOOST_AUTO_TEST_CASE(all_are_listed_in_order_of_their_names) {
  for (const char* name : {"part", "away", "join"}) add(name, {}, core);
  std::vector<std::string> names;
  for (const auto& command : table.all()) names.push_back(command->name);
  BOOST_TEST(names == (std::vector<std::string>{"away", "join", "part"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

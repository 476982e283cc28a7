// SPDX-License-Identifier: GPL-3.0-or-later
// Configurations with one mistake each, and the line that it is in.
#include <boost/test/unit_test.hpp>
#include <set>
#include <string>
#include <vector>

#include "app/config_file.h"
#include "app/config_writer.h"
#include "base/user_error.h"
#include "chat/setting_table.h"

using namespace gnatter;
using chat::SettingRow;

namespace {

struct Malformed {
  std::string text;
  std::size_t line;
};
using All = std::vector<Malformed>;

std::string refusal(const std::string& text) {
  try {
    app::parse_config(text, "gnatter.toml");
  } catch (const base::UserError& error) {
    return error.what();
  }
  return {};
}

/// A value of each type that the row's is not, and of those that no setting has.
std::vector<std::string> wrong_values(const SettingRow& row) {
  std::vector<std::string> values{"1.5", "2026-11-22", "{ x = 1 }", "[1, 2]", "nan"};
  const std::vector<std::string> by_type{"true", "7", "\"text\""};
  for (std::size_t type = 0; type < by_type.size(); ++type)
    if (type != row.initial.index() && !(type == 2 && row.initial.index() == 3))
      values.push_back(by_type[type]);
  if (!row.choices.empty()) values.emplace_back("\"none of these\"");
  return values;
}

/// At the top, or in a network, of each setting of the table.
void add_types(All& all) {
  for (const SettingRow& row : chat::setting_table()) {
    for (const std::string& value : wrong_values(row))
      all.push_back({"# mine\n\n" + row.name + " = " + value + "\n", 3});
    if (row.scope == SettingRow::Scope::network)
      all.push_back({"[network.home]\n# mine\n" + row.name + " = 1.5\n", 3});
    else
      all.push_back({"[network.home]\n\n\n" + row.name + " = " + app::toml_of(row.initial) + "\n", 4});
  }
}

void add_names(All& all) {
  for (const SettingRow& row : chat::setting_table()) {
    const std::string value = app::toml_of(row.initial);
    all.push_back({"\n" + row.name + "x = " + value + "\n", 2});
    all.push_back({row.name + " = " + value + "\n\n" + row.name + " = " + value + "\n", 3});
    all.push_back({"[" + row.name + "]\n", 1});
    if (row.scope != SettingRow::Scope::network) continue;
    all.push_back({"[network.home]\n" + row.name + "x = " + value + "\n", 2});
    all.push_back({"\n[network]\n" + row.name + " = " + value + "\n", 3});
  }
  for (const char* name : {"password", "headless", "stay", "local", "config", "help", "version"})
    all.push_back({std::string("\n\n") + name + " = \"x\"\n", 3});
}

void add_ranges(All& all) {
  for (const char* line :
       {"port = -1", "port = 65536", "port = 99999999999999999999", "will-delay = -1", "will-delay = 3601",
        "look.tail = -1", "look.tail = 10", "user = \"a/b\"", "user = \"+\"", "user = \"a\\u0000\"",
        "join = \"#\"", "join = [\"dev\", \"a/b\"]", "join = \"\"", "host = \"\"", "host = \"a b\"",
        "client-id = \"\"\"%\"\"\"", "look.glyphs = \"Auto\""}) {
    std::string text = line;
    if (const std::size_t mark = text.find('%'); mark != text.npos)
      text.replace(mark, 1, std::string(129, 'x'));
    all.push_back({"# mine\n" + text + "\n", 2});
  }
}

void add_tables(All& all) {
  const All given{{"network = 1\n", 1},
                  {"look = 1\n", 1},
                  {"\nwindow = \"x\"\n", 2},
                  {"[[network]]\n", 1},
                  {"\n[[network.home]]\nport = 1\n", 2},
                  {"[[look]]\ntail = 1\n", 1},
                  {"[[logger]]\nlines = 1\n", 1},
                  {"[network.home]\nport = 1\n[network.Home]\nport = 1\n", 3},
                  {"[network.home]\nport = 1\n[network.home]\n", 3},
                  {"[network.\"a b\"]\n", 1},
                  {"[network.\"-a\"]\n", 1},
                  {"[network.\"#a\"]\n", 1},
                  {"\n[network.\"a/b\"]\n", 2},
                  {"[network.\"\"]\n", 1},
                  {"[network.broker.example]\n", 1},
                  {"[network.home.port]\n", 1},
                  {"[look]\n[look.glyphs]\nx = 1\n", 2},
                  {"[look]\ntail = 1\n[look]\n", 3},
                  {"[logger]\nlines = [1]\n", 2},
                  {"[logger]\nlines = 1\nLines = 2\n", 3},
                  {"[logger]\n\"a b\" = 1\n", 2},
                  {"[\"a b\"]\nx = 1\n", 1},
                  {"\n\"look.tail\" = 1\n", 2},
                  {"port = 1\nPort = 1\n", 2}};
  all.insert(all.end(), given.begin(), given.end());
}

/// After a line that is right.
void add_syntax(All& all) {
  for (const char* text : {"= 3",
                           "port",
                           "port =",
                           "port = = 1",
                           "port 1",
                           "port: 1",
                           "port == 1",
                           "[look",
                           "[look]]",
                           "[]",
                           "[.look]",
                           "[look.]",
                           "[[look]",
                           "look..tail = 1",
                           ".tail = 1",
                           "host = localhost",
                           "host = \"open",
                           "host = 'open",
                           "host = \"a\" \"b\"",
                           "host = \"a\" b",
                           "host = \"\\q\"",
                           "host = \"\\u12\"",
                           "host = \"\\uD800\"",
                           "tls = True",
                           "tls = yes",
                           "tls = on",
                           "port = 01",
                           "port = 1_",
                           "port = _1",
                           "port = 0x",
                           "port = 1 2",
                           "port = 1,",
                           "port = +",
                           "port = 0b2",
                           "join = [\"a\" \"b\"]",
                           "join = [\"a\",, \"b\"]",
                           "join = \"a\", \"b\"",
                           "join = (\"a\")",
                           "network = { home = 1",
                           "look = { tail = 1, }x",
                           "look = { tail }",
                           "; a comment",
                           "// a comment",
                           "<host>x</host>",
                           "{\"host\": \"x\"}",
                           "\"host = 1",
                           "ho st = \"x\"",
                           "set host x",
                           "export host=x",
                           "hőst = \"x\""})
    all.push_back({"user = \"alice\"\n" + std::string(text) + "\n", 2});
}

void add_bytes(All& all) {
  for (const std::string& bytes :
       {std::string("\xFF"), std::string("\xC3"), std::string("\xE9t\xE9"), std::string("\xC0\xAF"),
        std::string("\xED\xA0\x80"), std::string("\xF4\x90\x80\x80"), std::string(1, '\0'),
        std::string("\x1B[2J"), std::string("\x07"), std::string("\x7F"), std::string("a\rb")}) {
    all.push_back({"# mine\n\nhost = \"" + bytes + "\"\n", 3});
    all.push_back({"\n# " + bytes + " in a comment\n", 2});
  }
  all.push_back({std::string("\xFF\xFEp\0o\0", 6), 1});
  all.push_back({std::string("\xFE\xFF\0p\0o", 6), 1});
}

All all_malformed() {
  All all;
  add_types(all);
  add_names(all);
  add_ranges(all);
  add_tables(all);
  add_syntax(all);
  add_bytes(all);
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(config_malformed)

BOOST_AUTO_TEST_CASE(each_is_refused_with_its_line_in_one_sentence) {
  std::set<std::string> texts;
  for (const auto& [text, line] : all_malformed()) {
    texts.insert(text);
    const std::string sentence = refusal(text);
    const std::string place = "gnatter.toml:" + std::to_string(line) + ": ";
    BOOST_TEST(sentence.starts_with(place), text << " -> " << sentence);
    BOOST_TEST(sentence.size() > place.size() + 10, sentence);
    BOOST_TEST(sentence.ends_with('.'), sentence);
    BOOST_TEST(sentence.find('\n') == std::string::npos, sentence);
  }
  BOOST_TEST(texts.size() >= 200u);
  BOOST_TEST_MESSAGE(texts.size() << " malformed configurations");
}

BOOST_AUTO_TEST_SUITE_END()

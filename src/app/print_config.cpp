// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/print_config.h"

#include <algorithm>
#include <limits>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "app/config_writer.h"
#include "chat/setting_table.h"

namespace gnatter::app {
namespace {

using chat::SettingRow;
using chat::Settings;

constexpr const char* head =
    R"(# Settings of gnatter(1). What stands behind # is a comment: take "# " away, and
# the line holds from the next start on, or from /reload on.
#
# While gnatter runs, /set NAME VALUE changes a setting, /save writes what was
# set into this file, line by line, and /reload reads it again. Options of the
# command line go before what stands here. Files and directories are seen from
# where this file is; "~/" is your home directory. A password does not stand
# here: password-command and password-file say where it is.

# --- What a network is: of each below, unless that says otherwise ---
)";

constexpr const char* example_head = R"(
# --- Networks: each has a name, and in quotes one with a dot in it ---

)";

/// Of text that is as plain as that of the rows.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// `text` in lines "# …" of 80 columns at most.
std::string wrapped(std::string_view text) {
  constexpr std::size_t columns = 80;
  std::string out, line = "#";
  while (!text.empty()) {
    const std::string word(text.substr(0, text.find(' ')));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (characters(line) + 1 + characters(word) > columns && line != "#") {
      out += line + '\n';
      line = "#";
    }
    line += ' ' + word;
  }
  return out + line + '\n';
}

std::string capitalised(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

/// What the value can be, as far as the row says.
std::string range_of(const Settings::Row& row) {
  if (!row.choices.empty()) {
    std::string all;
    for (const std::string& choice : row.choices)
      all += (all.empty() ? "" : &choice == &row.choices.back() ? " or " : ", ") + toml_of(choice);
    return all + '.';
  }
  if (!std::holds_alternative<std::int64_t>(row.initial))
    return capitalised(chat::type_of(row.initial)) + '.';
  std::string fault = row.check ? row.check(std::numeric_limits<std::int64_t>::max()) : std::string();
  if (fault.starts_with("it is ")) fault.erase(0, 6);
  return fault.empty() ? "A whole number." : capitalised(fault);
}

std::string told(const Settings::Row& row) {
  std::string text = capitalised(row.summary);
  if (!text.ends_with('.')) text += '.';
  text += ' ' + range_of(row);
  return '\n' + wrapped(text + (row.effect.empty() ? "" : ' ' + row.effect));
}

std::string assignment(const std::string& key, const Settings::Value& value) {
  return "# " + key + " = " + toml_of(value) + '\n';
}

/// Rows by the table that they stand in; "" is the top.
using Tables = std::vector<std::pair<std::string, std::vector<Settings::Row>>>;

void put(Tables& tables, const Settings::Row& row) {
  const std::size_t dot = row.name.find('.');
  const std::string table = dot == row.name.npos ? "" : row.name.substr(0, dot);
  for (auto& [name, rows] : tables)
    if (name == table) return rows.push_back(row);
  tables.push_back({table, {row}});
}

Tables tables_of(const Settings& settings) {
  Tables tables;
  for (const SettingRow& row : chat::setting_table()) put(tables, to_settings_row(row, row.name));
  for (const auto& [name, current] : settings.all())
    if (!chat::find_setting(name)) put(tables, current.row);
  return tables;
}

/// What a network of the example has that is not the default.
Settings::Value example_of(const SettingRow& row) {
  const std::map<std::string, Settings::Value> values{{"host", std::string("broker.example")},
                                                      {"tls", true},
                                                      {"user", std::string("alice")},
                                                      {"join", Settings::List{"dev", "ops"}}};
  const auto found = values.find(row.name);
  return found == values.end() ? row.initial : found->second;
}

}  // namespace

std::string printed_config(const Settings& settings) {
  std::string text = head;
  bool networks_done = false;
  for (const auto& [table, rows] : tables_of(settings)) {
    if (!table.empty()) text += "\n[" + table + "]\n";
    for (const Settings::Row& row : rows) {
      const SettingRow* const own = chat::find_setting(row.name);
      if (own && own->scope == SettingRow::Scope::client && !networks_done) {
        text += "\n# --- The client ---\n";
        networks_done = true;
      }
      text += told(row) + assignment(row.name.substr(table.empty() ? 0 : table.size() + 1), row.initial);
    }
  }
  text += example_head;
  text += "# [network.home]\n";
  for (const SettingRow& row : chat::setting_table())
    if (row.scope == SettingRow::Scope::network)
      text += "#   " + row.name + " = " + toml_of(example_of(row)) + '\n';
  return text;
}

}  // namespace gnatter::app

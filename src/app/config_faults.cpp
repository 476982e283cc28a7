// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config_faults.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "app/options.h"
#include "base/text.h"
#include "base/user_error.h"
#include "chat/nearest.h"
#include "chat/setting_table.h"

namespace gnatter::app {
namespace {

using Names = std::vector<std::string>;

constexpr const char* no_password =
    "a password does not stand in the file: password-command = \"COMMAND\" or password-file = \"FILE\" says "
    "where "
    "it is.";

std::string with_guess(const std::string& name, const Names& known) {
  const std::string meant = chat::nearest(name, known);
  return meant.empty() ? "" : " (" + meant + "?)";
}

Names names_of_settings() {
  Names names;
  for (const chat::SettingRow& row : chat::setting_table()) names.push_back(row.name);
  return names;
}

Names names_for_networks() {
  Names names;
  for (const chat::SettingRow& row : chat::setting_table())
    if (row.scope == chat::SettingRow::Scope::network) names.push_back(row.name);
  return names;
}

/// "look" and the like: what stands before the dot of a setting of the client itself.
bool is_own_table(std::string_view name) {
  const auto& rows = chat::setting_table();
  return std::any_of(rows.begin(), rows.end(),
                     [&](const auto& row) { return row.name.starts_with(std::string(name) + '.'); });
}

bool is_option(const std::string& name) {
  const auto& rows = option_rows();
  return std::any_of(rows.begin(), rows.end(), [&](const OptionRow& row) { return name == row.name; });
}

/// Of letters, digits, - and _ (include/gnatter/host.h).
bool could_be_a_plugins(std::string_view name) {
  return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == name.npos;
}

}  // namespace

ConfigFaults::ConfigFaults(const std::filesystem::path& file) : file_(base::safe_row(file.string())) {}

std::string ConfigFaults::place(std::size_t line) const {
  return file_ + ':' + std::to_string(line);
}

void ConfigFaults::add(std::size_t line, std::string why) {
  faults_.push_back({line, std::move(why)});
}

void ConfigFaults::throw_first() {
  if (faults_.empty()) return;
  std::sort(faults_.begin(), faults_.end(), [](const Fault& one, const Fault& other) {
    return std::pair(one.line, one.why) < std::pair(other.line, other.why);
  });
  constexpr std::size_t most = 10;
  std::set<std::size_t> lines;
  for (const Fault& fault : faults_) lines.insert(fault.line);
  lines.erase(faults_.front().line);
  std::string others;
  std::size_t count = 0;
  for (const std::size_t line : lines)
    if (++count <= most) others += (others.empty() ? "" : ", ") + std::to_string(line);
  if (count > most) others += " …";
  std::string sentence = place(faults_.front().line) + ": " + faults_.front().why;
  if (!others.empty())
    sentence += (count == 1 ? " More is wrong in line " : " More is wrong in lines ") + others + '.';
  throw base::UserError(sentence);
}

std::string fault_of_name(const std::string& name) {
  if (chat::find_setting(name)) return {};
  const std::size_t dot = name.find('.');
  const std::string table = name.substr(0, dot), shown = base::safe_row(name.substr(0, 80));
  if (dot == name.npos) {
    if (name == "password") return no_password;
    if (is_option(name)) return shown + " is for the command line alone.";
    if (is_own_table(name)) return shown + " is a table: [" + shown + "], with its settings below.";
  }
  if (dot == name.npos || is_own_table(table))
    return "there is no setting " + shown + with_guess(name, names_of_settings()) + '.';
  if (!could_be_a_plugins(std::string_view(name).substr(dot + 1)))
    return "there is no setting " + shown + ": the name of a plugin's has letters, digits, - and _ alone.";
  return {};
}

std::string fault_of_table(const std::string& name) {
  if (const chat::SettingRow* const row = chat::find_setting(name))
    return name + " is " + chat::type_of(row->initial) + ", not a table.";
  if (name == "password") return no_password;
  const std::string shown = base::safe_row(name.substr(0, 80));
  if (is_option(name)) return shown + " is for the command line alone.";
  if (!is_own_table(name) && !could_be_a_plugins(name))
    return "there is no table [" + shown + "]: it is called network.NAME, look, window, or as a plugin.";
  return {};
}

std::string fault_of_network_key(const std::string& network, const std::string& key, bool is_table) {
  const std::string shown = base::safe_row(key.substr(0, 80));
  if (key == "password") return no_password;
  if (chat::find_setting(key))
    return shown + " is no setting of a network: it stands at the top of the file, before the first [table].";
  if (is_option(key)) return shown + " is for the command line alone.";
  if (is_table)
    return "a network's name with a dot in it stands in quotes: [network.\"" + base::safe_row(network) + '.' +
           shown + "\"].";
  return "a network has no setting " + shown + with_guess(key, names_for_networks()) + '.';
}

std::string fault_beside_networks(const std::string& key) {
  const std::string shown = base::safe_row(key.substr(0, 80));
  if (key == "password") return no_password;
  return "[network] has no settings of its own: " + shown +
         " stands in [network.NAME], or at the top of the file for all networks.";
}

std::string fault_of_same_name(const std::string& name, std::size_t line) {
  return base::safe_row(name) + " stands in line " + std::to_string(line) +
         ", too: capital letters make no difference.";
}

std::string fault_of_quoted_dot(const std::string& name) {
  const std::string shown = base::safe_row(name.substr(0, 80));
  const std::size_t dot = shown.rfind('.');
  return "there is no setting \"" + shown + "\": " + shown.substr(dot + 1) + " stands in the table [" +
         shown.substr(0, dot) + "].";
}

std::string fault_of_same_network(const std::string& name, const std::string& other) {
  return "there are [network." + base::safe_row(std::min(name, other)) + "] and [network." +
         base::safe_row(std::max(name, other)) +
         "]: names that differ in capital letters alone are the same.";
}

std::string fault_of_double_brackets(const std::string& name) {
  return "a table stands in single brackets: [" + base::safe_row(name.substr(0, 80)) + "].";
}

std::string expected_for(std::string_view sentence) {
  constexpr std::string_view no_value =
      "a value was expected: a text in quotes, a number, true or false, or a list in [ ].";
  constexpr std::array<std::pair<std::string_view, std::string_view>, 20> expected{{
      {"is not a valid string", "a text begins and ends with \" in the same line; \\ stands there as \\\\."},
      {"is not a valid literal", "a text that begins with ' ends with ' in the same line."},
      {"is not a valid multiline", "a text in \"\"\" or ''' does not end; \\ stands in \"\"\" as \\\\."},
      {"missing array separator", "a list is [\"one\", \"two\"], with commas between and ] at its end."},
      {"value having invalid format", "a list is [\"one\", \"two\"], with ] at its end."},
      {"missing curly brace", "a table in { does not end with } in the same line."},
      {"missing key-value separator", "NAME = VALUE was expected: there is no =."},
      {"missing value after", "a value was expected behind =."},
      {"empty key", "a name was expected before =."},
      {"invalid format for key",
       "a name has letters, digits, - and _ alone; what else there is in it stands in quotes."},
      {"an invalid key appeared",
       "[NAME] was expected, with letters, digits, - and _; what else there is in it stands in quotes."},
      {"unknown value appeared", no_value},
      {"newline required", "one NAME = VALUE a line was expected, and nothing behind it."},
      {"invalid line format", "one NAME = VALUE a line was expected, and nothing behind it."},
      {"bad integer", "a number has digits alone, as in 1883."},
      {"bad float", "a number has digits alone, as in 1883."},
      {"invalid date", no_value},
      {"invalid time", no_value},
      {"leading zero", "a number does not begin with 0."},
      {"already exists", "this stands in the file already, further up."},
  }};
  for (const auto& [part, words] : expected)
    if (sentence.find(part) != sentence.npos) return std::string(words);
  std::string text = base::safe_row(sentence);
  while (text.ends_with('.')) text.pop_back();
  // Some tell no more than the name of a function.
  if (text.find("::") != text.npos || text.find(' ') == text.npos) return std::string(no_value);
  return text + '.';
}

}  // namespace gnatter::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config_file.h"

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>
#include <toml.hpp>
#include <utility>

#include "app/config_faults.h"
#include "app/config_text.h"
#include "base/paths.h"
#include "base/text.h"
#include "base/user_error.h"
#include "chat/letter_case.h"
#include "chat/setting_table.h"

namespace gnatter::app {
namespace {

using base::UserError;
using chat::Settings;
using Value = Settings::Value;

std::size_t line_of(const toml::value& value) {
  return value.location().line();
}

/// "a number with a point", of what no setting can be.
std::string kind_of(const toml::value& value) {
  if (value.is_table()) return "a table";
  if (value.is_floating()) return "a number with a point";
  if (value.is_array()) return "a list";
  return "a date or time";
}

/// What a setting can be; nothing: the value is something else.
std::optional<Value> plain(const toml::value& value) {
  if (value.is_boolean()) return value.as_boolean();
  if (value.is_integer()) return std::int64_t{value.as_integer()};
  if (value.is_string()) return value.as_string().str;
  if (!value.is_array()) return std::nullopt;
  Settings::List list;
  for (const toml::value& item : value.as_array()) {
    if (!item.is_string()) return std::nullopt;
    list.push_back(item.as_string().str);
  }
  return list;
}

bool has_nul(const Value& value) {
  if (const auto* const text = std::get_if<std::string>(&value)) return text->find('\0') != text->npos;
  const auto* const list = std::get_if<Settings::List>(&value);
  return list && std::any_of(list->begin(), list->end(),
                             [](const auto& item) { return item.find('\0') != item.npos; });
}

/// As its writer meant it, wherever the program is started.
std::string path_from(const std::filesystem::path& directory, const std::string& given) {
  if (given.empty()) return given;
  std::filesystem::path path = base::expanded_home(given);
  if (path.is_relative()) path = directory / path;
  return path.lexically_normal().string();
}

class Reader {
 public:
  explicit Reader(const std::filesystem::path& file)
      : directory_(std::filesystem::absolute(file).parent_path()), faults_(file) {}

  ConfigFile read(const toml::value& root) {
    for (const auto& [written, value] : root.as_table()) read_top(chat::folded(written), value);
    faults_.throw_first();
    const auto by_line = [](const auto& one, const auto& other) { return one.line < other.line; };
    std::stable_sort(settings_.begin(), settings_.end(), by_line);
    std::stable_sort(networks_.begin(), networks_.end(), by_line);
    ConfigFile config;
    for (Found& found : settings_) config.settings.push_back(std::move(found.given));
    for (Named& network : networks_) config.networks.push_back(std::move(network.name));
    return config;
  }

 private:
  struct Found {
    std::size_t line;
    Settings::Given given;
  };
  struct Named {
    std::size_t line;
    std::string name;
  };

  void refuse(const toml::value& value, const std::string& why) { faults_.add(line_of(value), why); }

  void read_top(const std::string& key, const toml::value& value) {
    const bool is_table = value.is_table();
    if (is_array_of_tables(value)) return refuse(value, fault_of_double_brackets(key));
    if (!is_table && key.find('.') != key.npos) return refuse(value, fault_of_quoted_dot(key));
    if (key == "network")
      return is_table
                 ? read_networks(value)
                 : refuse(value, "a network is a table: [network.NAME], with host, port and so on below.");
    if (!is_table) return read_setting(key, value);
    if (const std::string wrong = fault_of_table(key); !wrong.empty()) return refuse(value, wrong);
    for (const auto& [below, item] : value.as_table()) read_setting(key + '.' + chat::folded(below), item);
  }

  static bool is_array_of_tables(const toml::value& value) {
    return value.is_array() && !value.as_array().empty() && value.as_array().front().is_table();
  }

  void read_networks(const toml::value& tables) {
    for (const auto& [name, table] : tables.as_table())
      if (is_array_of_tables(table))
        refuse(table, fault_of_double_brackets("network." + name));
      else if (!table.is_table())
        refuse(table, fault_beside_networks(chat::folded(name)));
      else
        read_network(name, table);
  }

  void read_network(const std::string& name, const toml::value& table) {
    if (const std::string wrong = chat::network_name_fault(name); !wrong.empty())
      return refuse(table, base::safe_row(name) + " cannot be a network's: " + wrong);
    for (const Named& other : networks_)
      if (chat::folded(other.name) == chat::folded(name))
        faults_.add(std::max(line_of(table), other.line), fault_of_same_network(name, other.name));
    networks_.push_back({line_of(table), name});
    for (const auto& [written, value] : table.as_table()) {
      const std::string key = chat::folded(written);
      const chat::SettingRow* const row = chat::find_setting(key);
      const bool known = row && row->scope == chat::SettingRow::Scope::network;
      if (const std::string wrong = fault_of_network_key(name, key, value.is_table());
          !known && !wrong.empty())
        refuse(value, wrong);
      else
        read_setting(chat::network_setting(name, key), value);
    }
  }

  void read_setting(const std::string& name, const toml::value& value) {
    const std::size_t line = line_of(value);
    if (const auto [same, first] = lines_.emplace(name, line); !first)
      return faults_.add(std::max(line, same->second),
                         fault_of_same_name(name, std::min(line, same->second)));
    const chat::SettingRow* const row = chat::find_setting(name);
    if (const std::string wrong = fault_of_name(name); !wrong.empty()) return refuse(value, wrong);
    std::optional<Value> read = plain(value);
    if (!read || (!row && std::holds_alternative<Settings::List>(*read))) {
      const bool mixed = row && value.is_array() && std::holds_alternative<Settings::List>(row->initial);
      return refuse(
          value,
          base::safe_row(name) + " is " +
              (row ? chat::type_of(row->initial) : "true or false, a whole number or a text in quotes") +
              (mixed ? ", and something else is in this list." : ", not " + kind_of(value) + '.'));
    }
    if (has_nul(*read)) return refuse(value, base::safe_row(name) + " cannot have a NUL in it.");
    if (row) {
      fit(*row, *read);
      if (const std::string wrong = chat::fault_of(to_settings_row(*row, name), *read); !wrong.empty())
        return refuse(value, wrong);
    }
    settings_.push_back({line, {name, std::move(*read), faults_.place(line)}});
  }

  /// A text for a list of one, and a path from where the file is.
  void fit(const chat::SettingRow& row, Value& value) const {
    auto* const text = std::get_if<std::string>(&value);
    if (text && std::holds_alternative<Settings::List>(row.initial)) value = Settings::List{*text};
    if (!takes_path(row)) return;
    if (auto* const path = std::get_if<std::string>(&value)) *path = path_from(directory_, *path);
    if (auto* const paths = std::get_if<Settings::List>(&value))
      for (std::string& path : *paths) path = path_from(directory_, path);
  }

  const std::filesystem::path directory_;
  ConfigFaults faults_;
  std::vector<Found> settings_;
  std::map<std::string, std::size_t> lines_;  // of all names
  std::vector<Named> networks_;
};

/// What toml11 says in several lines: "[error] function: sentence".
std::string sentence_of(const toml::exception& error) {
  std::string text = error.what();
  text = text.substr(0, text.find('\n'));
  if (text.starts_with("[error] ")) text.erase(0, 8);
  const std::size_t function_end = text.find(": ");
  if (function_end != text.npos && text.substr(0, function_end).find(' ') == text.npos)
    text.erase(0, function_end + 2);
  return expected_for(text);
}

toml::value parse(const std::string& text, const std::filesystem::path& file) {
  const std::string plain_text = text.substr(byte_order_mark_of(text));
  check_config_text(plain_text, file);
  std::istringstream in(plain_text);
  const ConfigFaults faults(file);
  try {
    return toml::parse(in, file.string());
  } catch (const toml::exception& error) {
    const std::size_t lines =
        1 + static_cast<std::size_t>(std::count(plain_text.begin(), plain_text.end(), '\n'));
    const std::size_t line = std::clamp<std::size_t>(error.location().line(), 1, lines);
    throw UserError(faults.place(line) + ": " + sentence_of(error));
  }
}

void collect(const std::string& prefix, const toml::value& table, std::map<std::string, Value>& values) {
  for (const auto& [key, value] : table.as_table()) {
    const std::string name = prefix + chat::folded(key);
    if (value.is_table())
      collect(name + '.', value, values);
    else if (const auto read = plain(value))
      values.insert_or_assign(name, *read);
  }
}

}  // namespace

ConfigFile parse_config(const std::string& text, const std::filesystem::path& file) {
  const toml::value root = parse(text, file);  // its places end with it
  return Reader(file).read(root);
}

ConfigFile read_config_file(const std::filesystem::path& file) {
  return parse_config(read_config_text(file), file);
}

std::map<std::string, Value> values_of_config(const std::string& text, const std::filesystem::path& file) {
  std::map<std::string, Value> values;
  collect({}, parse(text, file), values);
  return values;
}

}  // namespace gnatter::app

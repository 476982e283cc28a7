// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config_file.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <toml.hpp>

#include "base/paths.h"
#include "base/text.h"
#include "base/user_error.h"

namespace gnatter::app {
namespace {

using base::UserError;

std::string line_of(const toml::value& value) {
  const auto place = value.location();
  return place.file_name() + ':' + std::to_string(place.line());
}

std::string place_of(const toml::value& value) {
  return line_of(value) + ": ";
}

[[noreturn]] void refuse(const toml::value& value, const std::string& why) {
  throw UserError(place_of(value) + why);
}

const OptionRow* find_row(const std::string& key) {
  const auto& rows = option_rows();
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const OptionRow& row) { return key == row.name; });
  return found == rows.end() ? nullptr : &*found;
}

const OptionRow& row_of(const std::string& key, const toml::value& value) {
  const OptionRow* const row = find_row(key);
  if (!row) refuse(value, "there is no setting \"" + base::safe_text(key) + "\".");
  if (!row->in_file) refuse(value, key + " cannot stand in the file; it is an option of the command line.");
  return *row;
}

chat::Settings::Value setting_of(const std::string& name, const toml::value& value) {
  if (value.is_boolean()) return value.as_boolean();
  if (value.is_integer()) return std::int64_t{value.as_integer()};
  if (value.is_string()) return value.as_string().str;
  refuse(value, base::safe_row(name) + " must be a string, a whole number, or true or false.");
}

/// What a plugin shall have; which names and values are right only the plugin knows.
std::vector<GivenSetting> settings_of(const std::string& plugin, const toml::value& table) {
  std::vector<GivenSetting> settings;
  for (const auto& [key, value] : table.as_table()) {
    std::string name = plugin + '.' + key;
    settings.push_back({name, setting_of(name, value), line_of(value)});
  }
  return settings;
}

/// As its writer meant it, wherever the program is started.
std::string path_from(const std::filesystem::path& directory, const std::string& given) {
  if (given.empty()) return given;
  if (given == "~") return base::home_directory();
  if (given.starts_with("~/")) return base::home_directory() / given.substr(2);
  return directory / given;
}

/// The settings of one file.
class Reader {
 public:
  explicit Reader(std::filesystem::path directory) : directory_(std::move(directory)) {}

  [[nodiscard]] std::vector<Given> values_of(const std::string& key, const toml::value& value) const {
    const OptionRow& row = row_of(key, value);
    if (!row.argument) return switch_of(key, value);
    if (!value.is_array()) return {scalar(row, value)};
    if (!row.repeats) refuse(value, key + " must be one value, not a list.");
    std::vector<Given> out;
    for (const toml::value& item : value.as_array()) out.push_back(scalar(row, item));
    return out;
  }

 private:
  static std::vector<Given> switch_of(const std::string& key, const toml::value& value) {
    if (!value.is_boolean()) refuse(value, key + " must be true or false, without quotes.");
    if (!value.as_boolean()) return {};
    return {{"", place_of(value)}};
  }

  [[nodiscard]] Given scalar(const OptionRow& row, const toml::value& value) const {
    if (value.is_integer() && !takes_path(row)) return {std::to_string(value.as_integer()), place_of(value)};
    if (!value.is_string())
      refuse(value, std::string(row.name) +
                        (takes_path(row) ? " must be a string." : " must be a string or a number."));
    const std::string& given = value.as_string().str;
    return {takes_path(row) ? path_from(directory_, given) : given, place_of(value)};
  }

  const std::filesystem::path directory_;
};

/// The sentence in toml11's several lines: "[error] function: sentence".
std::string sentence_of(const toml::exception& error) {
  std::string text = error.what();
  text = text.substr(0, text.find('\n'));
  const std::size_t function_end = text.find(": ");
  const bool named = text.starts_with("[error] ") && function_end != text.npos;
  text = base::safe_text(named ? text.substr(function_end + 2) : text);
  while (text.ends_with('.')) text.pop_back();
  return text;
}

/// toml11 asks for the size of what it opens and believes the answer, a directory's too: the text is read
/// here.
std::string text_of(const std::filesystem::path& file) {
  constexpr std::streamsize most = 1 << 20;
  std::ifstream in(file, std::ios::binary);
  std::string text(static_cast<std::size_t>(most) + 1, '\0');
  in.read(text.data(), most + 1);
  if (!in.eof() && in.gcount() <= most) throw UserError(file.string() + " cannot be read.");
  if (in.gcount() > most)
    throw UserError(file.string() + " has more than 1 MiB; a configuration is smaller.");
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

}  // namespace

ConfigFile read_config_file(const std::filesystem::path& file) {
  std::istringstream text(text_of(file));
  try {
    ConfigFile config;
    const toml::value root = toml::parse(text, file.string());
    const Reader reader(std::filesystem::absolute(file).parent_path());
    for (const auto& [key, value] : root.as_table()) {
      if (value.is_table() && !find_row(key)) {
        for (GivenSetting& setting : settings_of(key, value)) config.settings.push_back(std::move(setting));
        continue;
      }
      std::vector<Given> given = reader.values_of(key, value);
      const bool is_off = given.empty() && !value.is_array();
      if (!is_off) config.values[key] = std::move(given);
    }
    return config;
  } catch (const toml::exception& error) {
    throw UserError(file.string() + ':' + std::to_string(error.location().line()) + ": " +
                    sentence_of(error) + '.');
  }
}

}  // namespace gnatter::app

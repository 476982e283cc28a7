// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config_file.h"

#include <algorithm>
#include <string>
#include <toml.hpp>

#include "app/options.h"
#include "base/text.h"
#include "base/user_error.h"

namespace gnatter::app {
namespace {

using base::UserError;

[[noreturn]] void refuse(const toml::value& value, const std::string& why) {
  const auto place = value.location();
  throw UserError(place.file_name() + ':' + std::to_string(place.line()) + ": " + why);
}

const OptionRow& row_of(const std::string& key, const toml::value& value) {
  const auto& rows = option_rows();
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const OptionRow& row) { return key == row.name; });
  if (found == rows.end()) refuse(value, "there is no setting \"" + base::safe_text(key) + "\".");
  if (!found->in_file) refuse(value, key + " cannot stand in the file; it is an option of the command line.");
  return *found;
}

std::string scalar(const std::string& key, const toml::value& value) {
  if (value.is_string()) return value.as_string().str;
  if (value.is_integer()) return std::to_string(value.as_integer());
  refuse(value, key + " must be a string or a number.");
}

std::vector<std::string> values_of(const std::string& key, const toml::value& value) {
  const OptionRow& row = row_of(key, value);
  if (!value.is_array()) return {scalar(key, value)};
  if (!row.repeats) refuse(value, key + " must be one value, not a list.");
  std::vector<std::string> out;
  for (const toml::value& item : value.as_array()) out.push_back(scalar(key, item));
  return out;
}

}  // namespace

Values read_config_file(const std::filesystem::path& file) {
  try {
    Values values;
    const toml::value root = toml::parse(file.string());
    for (const auto& [key, value] : root.as_table()) values[key] = values_of(key, value);
    return values;
  } catch (const toml::exception& error) {
    throw UserError(file.string() + ':' + std::to_string(error.location().line()) + ": " +
                    base::safe_text(error.what()));
  } catch (const std::runtime_error& error) {
    if (dynamic_cast<const UserError*>(&error)) throw;
    throw UserError(file.string() + " cannot be read: " + base::safe_text(error.what()));
  }
}

}  // namespace gnatter::app

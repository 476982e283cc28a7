// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chat/settings.h"

namespace gnatter::chat {

/// One row: a setting of the client itself, as file, command line, /set, --help, `gnatter --print-config` and
/// the manual know it (C3). Those of plugins come with them.
struct SettingRow {
  /// What it is about: one network (the row itself is what networks have that say nothing else, and
  /// "network.NAME.port" is the one of NAME), or the client.
  enum class Scope { network, client };
  std::string name;      ///< key of the file, long option, name for /set
  char letter = 0;       ///< short option, or 0
  std::string argument;  ///< what its value is, for --help; empty: true or false
  Settings::Value initial;
  std::string summary;  ///< one sentence without its full stop
  Scope scope = Scope::client;
  std::string (*check)(const Settings::Value&) = nullptr;  ///< see Settings::Row
  std::vector<std::string> choices = {};
  std::string effect = {};   ///< see Settings::Row
  bool whole_lines = false;  ///< see Settings::Row
};

/// In the order of --help and of the file that is printed: what is about networks first.
const std::vector<SettingRow>& setting_table();

/// The row of "port", "look.glyphs" or "network.NAME.port"; null when there is none.
const SettingRow* find_setting(std::string_view name);
/// Whether its value names files or directories.
bool takes_path(const SettingRow& row);

/// "network.home.port"
std::string network_setting(std::string_view network, std::string_view name);
/// The NAME of a "network.NAME.KEY" (it may have dots itself), else empty.
std::string_view network_of_setting(std::string_view setting);

/// What is wrong with the name of a network, in words that say what would be right; empty: nothing.
std::string network_name_fault(std::string_view name);

/// A row for Settings::add under this name: the row's own, or one of a network's.
Settings::Row to_settings_row(const SettingRow& row, std::string name);

}  // namespace gnatter::chat

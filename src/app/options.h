// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "chat/account.h"
#include "chat/settings.h"

namespace gnatter::app {

/// A value of a plugin's table in the configuration file, for the plugin to check.
struct GivenSetting {
  std::string name;  ///< "logger.lines": the table's name and the key's
  chat::Settings::Value value;
  std::string place;  ///< "FILE:LINE"
};

/// What the command line and the configuration file say, checked.
struct Options {
  std::string host = "localhost";
  std::optional<std::uint16_t> port;  ///< nothing: where brokers listen for `security`
  chat::Security security = chat::Security::plain;
  std::filesystem::path ca_file;      ///< empty: looked for (T1)
  std::filesystem::path certificate;  ///< empty: looked for (T3)
  std::filesystem::path key;          ///< empty: looked for beside the certificate
  std::string key_password_command;
  bool local = false;       ///< the private broker, rather than host and port
  std::string user;         ///< normal form C, a user name by P11; empty where a certificate says it
  bool user_given = false;  ///< else it is $USER, and a client certificate's CN goes before it
  std::optional<std::string> password;
  std::string password_command;
  std::filesystem::path password_file;
  std::vector<std::string> join;  ///< names of groups, without "#"
  std::string client_id;          ///< empty: the one kept for the account
  std::chrono::seconds will_delay{5};
  std::vector<std::filesystem::path> plugin_directories;
  std::vector<std::string> plugins;
  std::vector<GivenSetting> settings;
  bool nowhere = false;  ///< nothing says where to connect, as whom, or to whom to talk: a first run
  bool headless = false;
  bool stay = false;
};

/// One row: an option as the command line, the file, --help and the manual know it.
struct OptionRow {
  const char* name;      ///< long option, and key in the file
  char letter;           ///< short option, or 0
  const char* argument;  ///< what its value is, for --help; null: a switch
  const char* summary;   ///< with the default in brackets, where there is one
  bool repeats;
  bool in_file;  ///< a switch stands there as true or false
  /// Checks one value and sets it. Throws base::UserError. Null: not an option of the client itself (--help).
  void (*set)(Options& options, const std::string& value);
};
const std::vector<OptionRow>& option_rows();
/// Whether its value names a file or a directory.
bool takes_path(const OptionRow& row);

/// A value as it was given, and where: "FILE:LINE: ", or nothing for the command line.
struct Given {
  std::string value;
  std::string place;
};
/// Option names with what was given for them, in order.
using Values = std::map<std::string, std::vector<Given>>;

/// Throws base::UserError, with the place in front, for the first value that is wrong.
Options to_options(const Values& values);

}  // namespace gnatter::app

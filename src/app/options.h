// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/config_file.h"
#include "chat/account.h"
#include "chat/settings.h"

namespace gnatter::app {

/// What is known of one network's login before it is looked for: its settings, as values.
struct LoginOptions {
  std::string network;  ///< what it is called; empty: by its host
  std::string host = "localhost";
  std::optional<std::uint16_t> port;  ///< nothing: where brokers listen for `security`
  chat::Security security = chat::Security::plain;
  std::filesystem::path ca_file;      ///< empty: looked for (T1)
  std::filesystem::path certificate;  ///< empty: looked for (T3)
  std::filesystem::path key;          ///< empty: looked for beside the certificate
  std::string key_password_command;
  std::string user;         ///< normal form C, a user name by P11; empty where a certificate says it
  bool user_given = false;  ///< else it is $USER, and a client certificate's CN goes before it
  std::optional<std::string> password;
  std::string password_command;
  std::filesystem::path password_file;
};

/// What the command line says, and the file that it names or that is at its place; every value of both is
/// right by itself.
struct Options {
  std::filesystem::path file;  ///< of the configuration, there or not
  ConfigFile config;
  /// Values of the command line by the names of their settings; those of --set, too.
  std::vector<chat::Settings::Given> flags;
  std::string network;  ///< --network; empty: not given
  std::optional<std::string> password;
  bool local = false;  ///< the private broker, rather than host and port
  bool headless = false;
  bool stay = false;
  std::string login_name;  ///< $USER in normal form C; empty where that is no user name
};

/// One row: an option of the command line that is no setting.
struct OptionRow {
  const char* name;
  char letter;           ///< or 0
  const char* argument;  ///< what its value is, for --help; null: a switch
  const char* summary;
  bool repeats;
};
const std::vector<OptionRow>& option_rows();

}  // namespace gnatter::app

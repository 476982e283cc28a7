// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gnatter::app {

/// What the command line and the configuration file say, checked.
struct Options {
  std::string host = "localhost";
  std::uint16_t port = 1883;
  std::string user;  ///< normal form C, a user name by P11
  std::optional<std::string> password;
  std::string password_command;
  std::filesystem::path password_file;
  std::vector<std::string> join;  ///< names of groups, without "#"
  std::string client_id;          ///< empty: the one kept for the account
  std::chrono::seconds will_delay{5};
  std::vector<std::filesystem::path> plugin_directories;
  std::vector<std::string> plugins;
  bool headless = false;
  bool stay = false;
};

/// One row: an option as the command line, the file, --help and the manual know it.
struct OptionRow {
  const char* name;      ///< long option, and key in the file
  char letter;           ///< short option, or 0
  const char* argument;  ///< what its value is, for --help; null: a switch
  const char* summary;
  bool repeats;
  bool in_file;
};
const std::vector<OptionRow>& option_rows();

/// What is to be done: run with options, or print `text` and end.
struct Invocation {
  std::optional<std::string> text;
  Options options;
};

/// Reads argv, in which the password is overwritten at once (C2), then the configuration file: the command
/// line goes before the file. Throws base::UserError with a sentence for every mistake.
Invocation read_invocation(int argc, char** argv);

}  // namespace gnatter::app

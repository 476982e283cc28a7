// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line.h"

#include <boost/program_options.hpp>
#include <cstdlib>
#include <cstring>
#include <map>
#include <utility>

#include "app/build_info.h"
#include "app/config_file.h"
#include "base/paths.h"
#include "base/text.h"
#include "base/user_error.h"
#include "chat/letter_case.h"
#include "chat/setting_table.h"
#include "protocol/topic.h"

namespace gnatter::app {
namespace {

namespace po = boost::program_options;
using base::UserError;

/// Option names with what was given for them, in order.
using Values = std::map<std::string, std::vector<std::string>>;

/// A row of --help and of Boost's table, whichever of the two tables it is from.
struct Row {
  std::string name;
  char letter;
  std::string argument;  // empty: a switch
  std::string summary;
  bool repeats;
  bool may_say_false;  // a switch that stands for true or false
};

Row to_row(const chat::SettingRow& setting) {
  const bool list = std::holds_alternative<chat::Settings::List>(setting.initial);
  const bool is_switch = std::holds_alternative<bool>(setting.initial);
  return {setting.name, setting.letter, setting.argument, setting.summary, list, is_switch};
}

Row to_row(const OptionRow& option) {
  const std::string argument = option.argument ? option.argument : "";
  return {option.name, option.letter, argument, option.summary, option.repeats, false};
}

/// All rows, the settings first, the password where people look for it.
const std::vector<Row>& all_rows() {
  static const std::vector<Row> rows = [] {
    std::vector<Row> all;
    for (const chat::SettingRow& setting : chat::setting_table()) {
      all.push_back(to_row(setting));
      if (setting.name == "user") all.push_back(to_row(option_rows().front()));
    }
    for (const OptionRow& option : option_rows())
      if (&option != &option_rows().front()) all.push_back(to_row(option));
    return all;
  }();
  return rows;
}

po::options_description description() {
  po::options_description all;
  for (const Row& row : all_rows()) {
    const std::string name = row.name + (row.letter ? std::string(",") + row.letter : "");
    if (row.argument.empty())
      all.add_options()(name.c_str(), "");
    else
      all.add_options()(name.c_str(), po::value<std::vector<std::string>>(), "");
  }
  return all;
}

/// Takes "--tls=false" out: to Boost it is a switch, so that it goes with others behind one dash (-vu alice).
void take_said_switches(std::vector<std::string>& arguments, Values& values) {
  for (const Row& row : all_rows()) {
    const std::string said = "--" + row.name + '=';
    if (!row.may_say_false) continue;
    std::erase_if(arguments, [&](const std::string& argument) {
      if (!argument.starts_with(said)) return false;
      values[row.name].push_back(argument.substr(said.size()));
      return true;
    });
  }
}

/// The arguments as strings of our own; a password among them is wiped where every process can read it.
std::vector<std::string> take_arguments(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  const auto wipe = [](char* text) { std::memset(text, 0, std::strlen(text)); };
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--") break;
    const bool next = argument == "-P" || argument == "--password";
    if (next && i + 1 < argc) wipe(argv[++i]);
    constexpr std::string_view joined = "--password=";
    if (argument.starts_with(joined)) wipe(argv[i] + joined.size());
    if (!next && argument.starts_with("-P")) wipe(argv[i] + 2);
  }
  return arguments;
}

void refuse_repeated(const Values& values) {
  for (const Row& row : all_rows()) {
    const auto found = values.find(row.name);
    if (found != values.end() && !row.repeats && found->second.size() > 1)
      throw UserError("--" + row.name + " is given more than once.");
  }
}

Values parse(std::vector<std::string> arguments) {
  // No guessing of abbreviations: what is misspelt is told, and an option added later changes nothing.
  const auto style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  const auto all = description();
  po::positional_options_description address;
  address.add("host", 1);  // gnatter mqtts://alice@broker.example
  Values values;
  take_said_switches(arguments, values);
  try {
    const auto parsed =
        po::command_line_parser(arguments).options(all).positional(address).style(style).run();
    for (const auto& option : parsed.options) {
      // A bare word is a slip rather than a host.
      if (option.position_key >= 0 && option.value.front().find("://") == std::string::npos)
        throw UserError("Only options and one address like mqtts://USER@HOST are taken, not \"" +
                        base::safe_text(option.value.front()) + "\". gnatter --help lists them.");
      auto& list = values[option.string_key];
      list.insert(list.end(), option.value.begin(), option.value.end());
      if (option.value.empty()) list.push_back("true");
    }
  } catch (const po::too_many_positional_options_error&) {
    throw UserError(
        "Only options and one address like mqtts://USER@HOST are taken. gnatter --help lists them.");
  } catch (const po::error& error) {
    throw UserError(base::safe_text(error.what()) + ". gnatter --help lists the options.");
  }
  refuse_repeated(values);
  return values;
}

std::string help_text() {
  constexpr std::size_t summary_column = 32;
  std::string text =
      "Usage: gnatter [-h HOST] [-p PORT] [-u USER] [OPTION…] [mqtts://USER@HOST:PORT]\n"
      "Chat on an MQTT broker.\n\n";
  for (const Row& row : all_rows()) {
    std::string left = row.letter ? std::string("  -") + row.letter + ", --" : "      --";
    left += row.name + (row.argument.empty() ? "" : ' ' + row.argument);
    const bool fits = left.size() + 2 <= summary_column;
    left += fits ? "" : "\n";
    left.append(fits ? summary_column - left.size() : summary_column, ' ');
    text += left + row.summary + '\n';
  }
  return text +
         "\nExit status: 0 ended as asked; 1 could not connect, log in, or send everything; 2 usage.\n";
}

/// A setting's value from the words that were given for it; `where` begins a complaint.
chat::Settings::Given to_given(const chat::SettingRow& row, const std::string& name,
                               const std::vector<std::string>& words, const std::string& where) {
  if (takes_path(row) && words.front().empty())
    throw UserError(where + row.name + " must be the name of a file, not empty.");
  const auto settings_row = to_settings_row(row, name);
  const bool list = std::holds_alternative<chat::Settings::List>(row.initial);
  chat::Settings::Value value =
      list ? chat::Settings::Value(words) : chat::typed(settings_row, words.front());
  const std::string wrong = chat::fault_of(settings_row, value);
  if (!wrong.empty()) throw UserError(where + wrong);
  return {name, std::move(value), "the command line"};
}

/// --set NAME=VALUE, for settings of one network and of plugins as well, which are checked when they come.
chat::Settings::Given to_given(const std::string& assignment) {
  const std::size_t sign = assignment.find('=');
  if (sign == 0 || sign == assignment.npos)
    throw UserError("--set takes NAME=VALUE, not \"" + base::safe_text(assignment) + "\".");
  const std::string name = chat::folded(assignment.substr(0, sign)), text = assignment.substr(sign + 1);
  if (const chat::SettingRow* const row = chat::find_setting(name)) {
    const bool list = std::holds_alternative<chat::Settings::List>(row->initial);
    const auto words = list ? std::get<chat::Settings::List>(chat::typed(to_settings_row(*row, name), text))
                            : chat::Settings::List{text};
    return to_given(*row, name, words.empty() ? chat::Settings::List{""} : words, "--set: ");
  }
  if (name.find('.') == name.npos)
    throw UserError("--set: there is no setting " + base::safe_row(name) + ". gnatter --help lists them.");
  return {name, chat::guessed(text), "--set"};
}

std::vector<chat::Settings::Given> flags_of(const Values& values) {
  std::vector<chat::Settings::Given> flags;
  for (const chat::SettingRow& row : chat::setting_table())
    if (const auto given = values.find(row.name); given != values.end())
      flags.push_back(to_given(row, row.name, given->second, ""));
  // -v takes back a login by certificate that the file says.
  if (values.contains("tls") && !values.contains("x509"))
    flags.push_back({"x509", false, "the command line"});
  if (const auto given = values.find("set"); given != values.end())
    for (const std::string& assignment : given->second) flags.push_back(to_given(assignment));
  return flags;
}

/// The private broker has an address and passwords of its own. What the file says of another broker is passed
/// over.
void refuse_beside_local(const Values& values) {
  if (!values.contains("local")) return;
  for (const char* name : {"host", "port", "password", "password-command", "password-file", "network"})
    if (values.contains(name))
      throw UserError(std::string("--local and --") + name +
                      " exclude each other: the private broker has its own address and passwords.");
  for (const char* name : {"tls", "x509", "cafile", "cert", "key", "key-password-command"})
    if (values.contains(name))
      throw UserError(std::string("--local and --") + name +
                      " exclude each other: the private broker has no TLS, and nothing leaves this machine.");
}

/// $USER stands in for a name that was not given.
std::string login_name() {
  const char* login = std::getenv("USER");
  try {
    return login && *login ? protocol::own_name(login, protocol::NameKind::user) : "";
  } catch (const UserError&) {
    return {};
  }
}

Options to_options(const Values& values) {
  refuse_beside_local(values);
  Options options;
  options.file = values.contains("config") ? std::filesystem::path(values.at("config").back())
                                           : base::config_directory() / "gnatter.toml";
  if (values.contains("config") || std::filesystem::exists(options.file))
    options.config = read_config_file(options.file);
  options.flags = flags_of(values);
  if (values.contains("network")) options.network = values.at("network").back();
  if (values.contains("password")) options.password = values.at("password").back();
  options.local = values.contains("local");
  options.headless = values.contains("headless");
  options.stay = values.contains("stay");
  options.login_name = login_name();
  return options;
}

}  // namespace

Invocation read_invocation(int argc, char** argv) {
  const Values values = parse(take_arguments(argc, argv));
  Invocation invocation;
  if (values.contains("help"))
    invocation.text = help_text();
  else if (values.contains("version"))
    invocation.text = std::string("gnatter ") + version + '\n';
  else if (invocation.prints_config = values.contains("print-config"); invocation.prints_config)
    invocation.options.flags = flags_of(values);
  else
    invocation.options = to_options(values);
  return invocation;
}

}  // namespace gnatter::app

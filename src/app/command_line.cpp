// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line.h"

#include <boost/program_options.hpp>
#include <cstring>

#include "app/build_info.h"
#include "app/config_file.h"
#include "base/paths.h"
#include "base/text.h"
#include "base/user_error.h"

namespace gnatter::app {
namespace {

namespace po = boost::program_options;
using base::UserError;

po::options_description description() {
  po::options_description all;
  for (const OptionRow& row : option_rows()) {
    const std::string name = row.name + (row.letter ? std::string(",") + row.letter : "");
    if (row.argument)
      all.add_options()(name.c_str(), po::value<std::vector<std::string>>(), row.summary);
    else
      all.add_options()(name.c_str(), row.summary);
  }
  return all;
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
  for (const OptionRow& row : option_rows()) {
    const auto found = values.find(row.name);
    if (found != values.end() && !row.repeats && found->second.size() > 1)
      throw UserError(std::string("--") + row.name + " is given more than once.");
  }
}

Values parse(const std::vector<std::string>& arguments) {
  // No guessing of abbreviations: what is misspelt is told, and an option added later changes nothing.
  const auto style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  const auto all = description();
  const po::positional_options_description none;
  Values values;
  try {
    const auto parsed = po::command_line_parser(arguments).options(all).positional(none).style(style).run();
    for (const auto& option : parsed.options) {
      auto& list = values[option.string_key];
      for (const std::string& value : option.value) list.push_back({value, {}});
      if (option.value.empty()) list.push_back({});
    }
  } catch (const po::too_many_positional_options_error&) {
    throw UserError("Only options are taken. gnatter --help lists them.");
  } catch (const po::error& error) {
    throw UserError(base::safe_text(error.what()) + ". gnatter --help lists the options.");
  }
  refuse_repeated(values);
  return values;
}

std::string help_text() {
  constexpr std::size_t summary_column = 32;
  std::string text = "Usage: gnatter -h HOST -p PORT -u USER [OPTION…]\nChat on an MQTT broker.\n\n";
  for (const OptionRow& row : option_rows()) {
    std::string left = row.letter ? std::string("  -") + row.letter + ", --" : "      --";
    left += row.name + (row.argument ? std::string(" ") + row.argument : "");
    const bool fits = left.size() + 2 <= summary_column;
    left += fits ? "" : "\n";
    left.append(fits ? summary_column - left.size() : summary_column, ' ');
    text += left + row.summary + '\n';
  }
  return text +
         "\nExit status: 0 ended as asked; 1 could not connect, log in, or send everything; 2 usage.\n";
}

/// The command line goes before the file, of which -v takes back a login by certificate, too.
void add_from_file(Values& values, Values from_file) {
  const bool tls_alone = values.contains("tls") && !values.contains("x509");
  for (auto& [name, given] : from_file)
    if (!tls_alone || name != "x509") values.try_emplace(name, std::move(given));
}

}  // namespace

Invocation read_invocation(int argc, char** argv) {
  Values values = parse(take_arguments(argc, argv));
  if (values.contains("help")) return {help_text(), {}};
  if (values.contains("version")) return {std::string("gnatter ") + version + '\n', {}};
  const bool named = values.contains("config");
  const std::filesystem::path file = named ? std::filesystem::path(values["config"].back().value)
                                           : base::config_directory() / "gnatter.toml";
  ConfigFile config;
  if (named || std::filesystem::exists(file)) config = read_config_file(file);
  add_from_file(values, std::move(config.values));
  Options options = to_options(values);
  options.settings = std::move(config.settings);
  return {std::nullopt, std::move(options)};
}

}  // namespace gnatter::app

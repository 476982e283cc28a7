// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/options.h"

#include <boost/program_options.hpp>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <map>

#include "app/build_info.h"
#include "app/config_file.h"
#include "base/paths.h"
#include "base/text.h"
#include "base/user_error.h"
#include "chat/target.h"
#include "protocol/topic.h"

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

Values parse(const std::vector<std::string>& arguments) {
  // No guessing of abbreviations: what is misspelt is told, and what is added later changes nothing.
  const auto style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  const auto all = description();
  const po::positional_options_description none;
  Values values;
  try {
    const auto parsed = po::command_line_parser(arguments).options(all).positional(none).style(style).run();
    for (const auto& option : parsed.options) {
      auto& list = values[option.string_key];
      list.insert(list.end(), option.value.begin(), option.value.end());
    }
  } catch (const po::too_many_positional_options_error&) {
    throw UserError("Only options are taken. gnatter --help lists them.");
  } catch (const po::error& error) {
    throw UserError(base::safe_text(error.what()) + ". gnatter --help lists the options.");
  }
  for (const OptionRow& row : option_rows())
    if (const auto found = values.find(row.name);
        found != values.end() && !row.repeats && found->second.size() > 1)
      throw UserError(std::string("--") + row.name + " is given more than once.");
  return values;
}

std::string help_text() {
  std::string text = "Usage: gnatter -h HOST -p PORT -u USER [option…]\nChat on an MQTT broker.\n\n";
  for (const OptionRow& row : option_rows()) {
    std::string left = row.letter ? std::string("  -") + row.letter + ", --" : "      --";
    left += row.name + (row.argument ? std::string(" ") + row.argument : "");
    left.resize(std::max<std::size_t>(left.size() + 2, 32), ' ');
    text += left + row.summary + '\n';
  }
  return text +
         "\nExit status: 0 ended as asked; 1 could not connect, log in, or send everything; 2 usage.\n";
}

/// One value after another, taken out of the map by name.
class Reader {
 public:
  explicit Reader(Values values) : values_(std::move(values)) {}
  [[nodiscard]] bool has(const char* name) const { return values_.contains(name); }
  [[nodiscard]] std::vector<std::string> list(const char* name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? std::vector<std::string>() : found->second;
  }
  [[nodiscard]] std::string text(const char* name, std::string otherwise) const {
    const auto found = values_.find(name);
    return found == values_.end() ? std::move(otherwise) : found->second.back();
  }
  [[nodiscard]] long number(const char* name, long otherwise, long least, long most) const {
    if (!has(name)) return otherwise;
    const std::string given = text(name, {});
    long value = 0;
    const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), value);
    if (error != std::errc() || end != given.data() + given.size() || value < least || value > most)
      throw UserError(std::string(name) + " must be a number from " + std::to_string(least) + " to " +
                      std::to_string(most) + ", not \"" + base::safe_text(given) + "\".");
    return value;
  }

 private:
  const Values values_;
};

std::string user_name(const Reader& reader) {
  const char* login = std::getenv("USER");
  const std::string given = reader.text("user", login ? login : "");
  if (given.empty() && !reader.has("user"))
    throw UserError("No user name: -u USER gives one ($USER is not set).");
  return protocol::own_name(given, protocol::NameKind::user);
}

std::string group_name(const std::string& given) {
  std::string_view name = given;
  if (name.starts_with('#')) name.remove_prefix(1);
  return protocol::own_name(name, protocol::NameKind::group);
}

Options to_options(const Reader& reader) {
  Options options;
  options.host = reader.text("host", options.host);
  const bool odd = options.host.empty() || options.host.size() > 253 ||
                   options.host.find_first_of(" /\t\n\"<>\\^`{|}#?@") != std::string::npos;
  if (odd) throw UserError('"' + base::safe_text(options.host) + "\" is no host: a name or an address is.");
  options.port = static_cast<std::uint16_t>(reader.number("port", options.port, 1, 65535));
  options.user = user_name(reader);
  if (reader.has("password")) options.password = reader.text("password", {});
  options.password_command = reader.text("password-command", {});
  options.password_file = reader.text("password-file", {});
  for (const std::string& group : reader.list("join")) options.join.push_back(group_name(group));
  options.client_id = reader.text("client-id", {});
  if (options.client_id.size() > 128 || !utf8::valid(options.client_id))
    throw UserError("client-id must be UTF-8 of at most 128 bytes.");
  options.will_delay = std::chrono::seconds(reader.number("will-delay", options.will_delay.count(), 0, 3600));
  for (const std::string& directory : reader.list("plugin-dir"))
    options.plugin_directories.emplace_back(directory);
  options.plugins = reader.has("plugin") ? reader.list("plugin") : std::vector<std::string>{"presence"};
  std::erase(options.plugins, "");
  options.headless = reader.has("headless");
  options.stay = reader.has("stay");
  return options;
}

}  // namespace

const std::vector<OptionRow>& option_rows() {
  static const std::vector<OptionRow> rows{
      {"host", 'h', "HOST", "the broker's name or address (localhost)", false, true},
      {"port", 'p', "PORT", "its port (1883)", false, true},
      {"user", 'u', "USER", "your name there ($USER)", false, true},
      {"password", 'P', "PASSWORD", "your password; wiped from the process list at once", false, false},
      {"password-command", 0, "COMMAND", "a program whose first line is the password; run without a shell",
       false, true},
      {"password-file", 0, "FILE", "a file whose first line is the password; readable by you alone", false,
       true},
      {"join", 'j', "GROUP", "joins a group; may be repeated", true, true},
      {"client-id", 0, "ID", "the MQTT client id (one kept for each account)", false, true},
      {"will-delay", 0, "SECONDS", "how long a cut line may last before you are logged out (5)", false, true},
      {"plugin-dir", 0, "DIR", "where plugins are looked for first; may be repeated", true, true},
      {"plugin", 0, "NAME", "loads this plugin at the start (presence); may be repeated; \"\" for none", true,
       true},
      {"config", 0, "FILE", "the configuration ($XDG_CONFIG_HOME/gnatter/gnatter.toml)", false, false},
      {"headless", 0, nullptr, "no screen: commands and messages in, events out, a line each", false, false},
      {"stay", 0, nullptr, "headless: goes on after the end of the input", false, false},
      {"help", 0, nullptr, "prints this and ends", false, false},
      {"version", 0, nullptr, "prints the version and ends", false, false},
  };
  return rows;
}

Invocation read_invocation(int argc, char** argv) {
  Values values = parse(take_arguments(argc, argv));
  if (values.contains("help")) return {help_text(), {}};
  if (values.contains("version")) return {std::string("gnatter ") + version + '\n', {}};
  const bool named = values.contains("config");
  const std::filesystem::path file =
      named ? std::filesystem::path(values["config"].back()) : base::config_directory() / "gnatter.toml";
  if (named || std::filesystem::exists(file))
    for (auto& [name, given] : read_config_file(file)) values.try_emplace(name, std::move(given));
  return {std::nullopt, to_options(Reader(std::move(values)))};
}

}  // namespace gnatter::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include "base/text.h"
#include "base/user_error.h"
#include "chat/account.h"
#include "protocol/topic.h"

namespace gnatter::app {
namespace {

using base::UserError;
using chat::Security;
using protocol::NameKind;

long number(const char* name, const std::string& given, long least, long most) {
  long value = 0;
  const char* last = given.data() + given.size();
  const auto [end, error] = std::from_chars(given.data(), last, value);
  if (error != std::errc() || end != last || value < least || value > most)
    throw UserError(std::string(name) + " must be a number from " + std::to_string(least) + " to " +
                    std::to_string(most) + ", not \"" + base::safe_text(given) + "\".");
  return value;
}

void set_host(Options& options, const std::string& value) {
  options.host = chat::to_host(value);
}

void set_port(Options& options, const std::string& value) {
  options.port = chat::to_port(value);
}

void set_user(Options& options, const std::string& value) {
  options.user = protocol::own_name(value, NameKind::user);
}

void add_group(Options& options, const std::string& value) {
  std::string_view name = value;
  if (name.starts_with('#')) name.remove_prefix(1);
  options.join.push_back(protocol::own_name(name, NameKind::group));
}

void set_client_id(Options& options, const std::string& value) {
  if (value.empty() || value.size() > 128 || !utf8::valid(value))
    throw UserError("client-id must be UTF-8 of 1 to 128 bytes.");
  options.client_id = value;
}

void set_will_delay(Options& options, const std::string& value) {
  options.will_delay = std::chrono::seconds(number("will-delay", value, 0, 3600));
}

std::filesystem::path to_path(const char* name, const std::string& given) {
  if (given.empty()) throw UserError(std::string(name) + " must be the name of a file, not empty.");
  return given;
}

void use_tls(Options& options, const std::string&) {
  if (options.security == Security::plain) options.security = Security::tls;
}

void use_certificate(Options& options, const std::string&) {
  options.security = Security::certificate;
}

bool on_command_line(const Values& values, const char* name) {
  const auto found = values.find(name);
  return found != values.end() && !found->second.empty() && found->second.front().place.empty();
}

/// The private broker has an address and passwords of its own. What the file says of another broker is passed
/// over.
void refuse_beside_local(const Values& values) {
  if (!values.contains("local")) return;
  for (const char* name : {"host", "port", "password", "password-command", "password-file"})
    if (on_command_line(values, name))
      throw UserError(std::string("--local and --") + name +
                      " exclude each other: the private broker has its own address and passwords.");
  for (const char* name : {"tls", "x509", "cafile", "cert", "key", "key-password-command"})
    if (on_command_line(values, name))
      throw UserError(std::string("--local and --") + name +
                      " exclude each other: the private broker has no TLS, and nothing leaves this machine.");
}

/// Who names files for TLS thinks that there is TLS.
void refuse_files_on_a_plain_line(const Values& values, const Options& options) {
  if (options.security != Security::plain || options.nowhere || options.local) return;
  if (chat::is_loopback(options.host)) return;
  for (const char* name : {"cafile", "cert", "key", "key-password-command"})
    if (on_command_line(values, name))
      throw UserError(std::string("--") + name + " is for TLS, but the line to " +
                      base::safe_text(options.host) +
                      " would be plain: -v adds TLS, -V a login by certificate too.");
}

/// Whether something says where to connect, as whom, or to whom to talk.
bool names_a_broker(const Values& values) {
  constexpr std::array names{
      "host",          "port",  "tls",  "x509",     "user", "password", "password-command",
      "password-file", "local", "join", "client-id"};
  return std::any_of(names.begin(), names.end(), [&](const char* name) { return values.contains(name); });
}

/// $USER stands in for a name that was not given; a certificate has one of its own.
void use_login_name(Options& options) {
  const char* login = std::getenv("USER");
  try {
    if (!login || !*login) throw UserError("No user name: -u USER gives one ($USER is not set).");
    set_user(options, login);
  } catch (const UserError&) {
    if (options.security != Security::certificate || options.local) throw;
  }
}

}  // namespace

const std::vector<OptionRow>& option_rows() {
  static const std::vector<OptionRow> rows{
      {"host", 'h', "HOST", "the broker's name or address (localhost)", false, true, set_host},
      {"port", 'p', "PORT", "its port (1883, 8883 with -v, 8884 with -V)", false, true, set_port},
      {"tls", 'v', nullptr, "TLS, to a broker whose certificate is checked", false, true, use_tls},
      {"x509", 'V', nullptr, "TLS, and your certificate is the login; implies -v", false, true,
       use_certificate},
      {"cafile", 0, "FILE", "CAs that may have signed the broker's certificate (mqtt_ca.crt)", false, true,
       [](Options& options, const std::string& value) { options.ca_file = to_path("cafile", value); }},
      {"cert", 0, "FILE", "your certificate (client.crt)", false, true,
       [](Options& options, const std::string& value) { options.certificate = to_path("cert", value); }},
      {"key", 0, "FILE", "its private key (beside the certificate, ending in .key)", false, true,
       [](Options& options, const std::string& value) { options.key = to_path("key", value); }},
      {"key-password-command", 0, "COMMAND", "a program whose first line is the key's password", false, true,
       [](Options& options, const std::string& value) { options.key_password_command = value; }},
      {"user", 'u', "USER", "your name there ($USER, with -V the certificate's CN)", false, true, set_user},
      {"password", 'P', "PASSWORD", "your password; wiped from the process list at once", false, false,
       [](Options& options, const std::string& value) { options.password = value; }},
      {"password-command", 0, "COMMAND", "a program whose first line is the password; run without a shell",
       false, true, [](Options& options, const std::string& value) { options.password_command = value; }},
      {"password-file", 0, "FILE", "a file whose first line is the password; readable by you alone", false,
       true, [](Options& options, const std::string& value) { options.password_file = value; }},
      {"local", 0, nullptr, "a private broker on this machine, started when it does not run", false, false,
       [](Options& options, const std::string&) { options.local = true; }},
      {"join", 'j', "GROUP", "joins a group; may be repeated", true, true, add_group},
      {"client-id", 0, "ID", "the MQTT client id (one kept for each account)", false, true, set_client_id},
      {"will-delay", 0, "SECONDS", "how long a cut line may last before you are logged out (5)", false, true,
       set_will_delay},
      {"plugin-dir", 0, "DIR", "where plugins are looked for first; may be repeated", true, true,
       [](Options& options, const std::string& value) { options.plugin_directories.emplace_back(value); }},
      {"plugin", 0, "NAME", "loaded at the start (presence, logger, notify); repeatable; \"\" for none", true,
       true, [](Options& options, const std::string& value) { options.plugins.push_back(value); }},
      {"config", 0, "FILE", "the configuration ($XDG_CONFIG_HOME/gnatter/gnatter.toml)", false, false,
       nullptr},
      {"headless", 0, nullptr, "no screen: commands and messages in, events out, a line each", false, false,
       [](Options& options, const std::string&) { options.headless = true; }},
      {"stay", 0, nullptr, "headless: goes on after the end of the input", false, false,
       [](Options& options, const std::string&) { options.stay = true; }},
      {"help", 0, nullptr, "prints this and ends", false, false, nullptr},
      {"version", 0, nullptr, "prints the version and ends", false, false, nullptr},
  };
  return rows;
}

bool takes_path(const OptionRow& row) {
  const std::string_view argument = row.argument ? row.argument : "";
  return argument == "FILE" || argument == "DIR";
}

Options to_options(const Values& values) {
  refuse_beside_local(values);
  Options options;
  for (const OptionRow& row : option_rows()) {
    const auto found = values.find(row.name);
    if (found == values.end() || !row.set) continue;
    for (const Given& given : found->second) try {
        row.set(options, given.value);
      } catch (const UserError& error) {
        throw UserError(given.place + error.what());
      }
  }
  options.nowhere = !names_a_broker(values);
  if (!values.contains("plugin")) options.plugins = {"presence", "logger", "notify"};
  std::erase(options.plugins, "");
  options.user_given = values.contains("user");
  if (!options.user_given) use_login_name(options);
  refuse_files_on_a_plain_line(values, options);
  return options;
}

}  // namespace gnatter::app

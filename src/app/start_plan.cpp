// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/start_plan.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "base/paths.h"
#include "base/text.h"
#include "base/user_error.h"
#include "chat/letter_case.h"
#include "chat/login.h"
#include "chat/setting_table.h"

namespace gnatter::app {
namespace {

using base::UserError;
using chat::Settings;
using Given = Settings::Given;
using Names = std::vector<std::string>;

constexpr const char* private_network = "local";

const Given* find(const std::vector<Given>& all, std::string_view name) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Given& given) { return given.name == name; });
  return found == all.end() ? nullptr : &*found;
}

const std::string& text(const Given& given) {
  return std::get<std::string>(given.value);
}

bool is_of_a_network(const Given& flag) {
  const chat::SettingRow* const row = chat::find_setting(flag.name);
  return row && row->scope == chat::SettingRow::Scope::network && row->name == flag.name;
}

/// Whether it says where to connect, as whom, or to whom to talk.
bool names_a_broker(const Given& given) {
  constexpr std::array names{"host",          "port", "tls",      "x509", "user", "password-command",
                             "password-file", "join", "client-id"};
  const bool is_off = given.value == Settings::Value(false);
  return !is_off && std::find(names.begin(), names.end(), given.name) != names.end();
}

/// The host of a table, else the one at the top.
std::string host_of(const ConfigFile& config, const std::string& network) {
  const Given* given = find(config.settings, chat::network_setting(network, "host"));
  if (!given) given = find(config.settings, "host");
  return chat::read_address(given ? text(*given) : "localhost").host;
}

std::optional<std::string> table_named(const ConfigFile& config, const std::string& name) {
  for (const std::string& table : config.networks)
    if (chat::folded(table) == chat::folded(name)) return table;
  return std::nullopt;
}

/// "home and work"
std::string listed(const Names& names) {
  std::string all;
  for (const std::string& name : names)
    all += (all.empty() ? "" : &name == &names.back() ? " and " : ", ") + base::safe_row(name);
  return all;
}

/// What the top of the file stands for: a network where it names a host, or where there are no tables.
Names all_networks(const ConfigFile& config) {
  Names names = config.networks;
  const Given* const top = find(config.settings, "host");
  if (top) names.insert(names.begin(), chat::read_address(text(*top)).host);
  if (names.empty()) names.emplace_back("localhost");
  return names;
}

std::string named_by_option(const Options& options) {
  if (auto table = table_named(options.config, options.network)) return *table;
  const Names& tables = options.config.networks;
  throw UserError("There is no [network." + base::safe_row(options.network) + "] in " +
                  base::safe_text(options.file.string()) +
                  (tables.empty() ? "." : ": it has " + listed(tables) + '.'));
}

std::string named_by_host(const Options& options, const Given& flag) {
  const std::string host = chat::read_address(text(flag)).host;
  for (const std::string& table : options.config.networks)
    if (host_of(options.config, table) == host) return table;
  return host;
}

/// The one network that the command line means; nothing: it means none in particular.
std::optional<std::string> meant_network(const Options& options) {
  if (options.local) return private_network;
  if (!options.network.empty()) return named_by_option(options);
  if (const Given* const host = find(options.flags, "host")) return named_by_host(options, *host);
  const auto flag = std::find_if(options.flags.begin(), options.flags.end(), is_of_a_network);
  if (flag == options.flags.end() && !options.password) return std::nullopt;
  const Names all = all_networks(options.config);
  if (all.size() == 1) return all.front();
  const std::string name = flag == options.flags.end() ? "password" : flag->name;
  throw UserError(base::safe_text(options.file.string()) + " has several networks, " + listed(all) +
                  ": --network NAME says which one --" + name + " is for.");
}

bool connects_itself(const ConfigFile& config, const std::string& network) {
  const Given* given = find(config.settings, chat::network_setting(network, "autoconnect"));
  if (!given) given = find(config.settings, "autoconnect");
  return !given || given->value == Settings::Value(true);
}

bool is_first_run(const Options& options) {
  const auto& flags = options.flags;
  const auto& settings = options.config.settings;
  return !options.local && !options.password && options.network.empty() && options.config.networks.empty() &&
         std::none_of(flags.begin(), flags.end(), names_a_broker) &&
         std::none_of(settings.begin(), settings.end(), names_a_broker);
}

}  // namespace

StartPlan plan_start(const Options& options) {
  StartPlan plan;
  plan.defined = options.config.networks;
  plan.file = options.config.settings;
  plan.nowhere = is_first_run(options);
  const auto meant = meant_network(options);
  for (Given flag : options.flags) {
    // Without tables, what holds for the one network holds for those that are typed later.
    if (is_of_a_network(flag) && meant && !plan.defined.empty())
      flag.name = chat::network_setting(*meant, flag.name);
    plan.flags.push_back(std::move(flag));
  }
  if (meant) {
    plan.connected = {*meant};
  } else {
    for (std::string& name : all_networks(options.config))
      if (connects_itself(options.config, name)) plan.connected.push_back(std::move(name));
  }
  return plan;
}

LoginOptions login_options(const Settings& settings, const std::string& network,
                           const std::string& login_name) {
  const chat::Account account = chat::account_of(settings, network);
  const auto section = [&](const char* name) {
    const std::string own = chat::network_setting(network, name);
    return std::get<std::string>(settings.value(settings.has(own) ? own : name));
  };
  LoginOptions login;
  login.network = account.name;
  login.host = account.host;
  login.port = account.port;
  login.security = account.security;
  login.ca_file = account.tls.ca_file;
  login.certificate = account.tls.certificate;
  login.key = account.tls.key;
  login.key_password_command = section("key-password-command");
  login.user = account.user.empty() ? login_name : account.user;
  login.user_given = !account.user.empty();
  login.password_command = section("password-command");
  login.password_file = base::expanded_home(section("password-file"));
  return login;
}

void refuse_files_on_a_plain_line(const Options& options, const LoginOptions& login) {
  if (login.security != chat::Security::plain || chat::is_loopback(login.host)) return;
  for (const char* name : {"cafile", "cert", "key", "key-password-command"})
    if (find(options.flags, name))
      throw UserError(std::string("--") + name + " is for TLS, but the line to " +
                      base::safe_text(login.host) +
                      " would be plain: -v adds TLS, -V a login by certificate too.");
}

}  // namespace gnatter::app

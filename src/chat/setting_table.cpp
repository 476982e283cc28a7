// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/setting_table.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/text.h"
#include "base/user_error.h"
#include "chat/account.h"
#include "chat/letter_case.h"
#include "gnatter/utf8.h"
#include "protocol/topic.h"

namespace gnatter::chat {
namespace {

using Value = Settings::Value;
using List = Settings::List;
using Scope = SettingRow::Scope;

const std::string& text(const Value& value) {
  return std::get<std::string>(value);
}

/// What `read` says against the value; it throws base::UserError.
template <class Read>
std::string said_by(Read read) {
  try {
    read();
    return {};
  } catch (const base::UserError& error) {
    return error.what();
  }
}

std::string range_fault(const Value& value, std::int64_t least, std::int64_t most) {
  const std::int64_t number = std::get<std::int64_t>(value);
  if (number >= least && number <= most) return {};
  return "it is a number from " + std::to_string(least) + " to " + std::to_string(most) + '.';
}

std::string host_fault(const Value& value) {
  return said_by([&] { read_address(text(value)); });
}

std::string port_fault(const Value& value) {
  return range_fault(value, 0, 65535);
}

std::string user_fault(const Value& value) {
  if (text(value).empty()) return {};
  return said_by([&] { protocol::own_name(text(value), protocol::NameKind::user); });
}

std::string groups_fault(const Value& value) {
  for (const std::string& given : std::get<List>(value)) {
    std::string_view name = given;
    if (name.starts_with('#')) name.remove_prefix(1);
    if (std::string wrong = said_by([&] { protocol::own_name(name, protocol::NameKind::group); });
        !wrong.empty())
      return wrong;
  }
  return {};
}

std::string client_id_fault(const Value& value) {
  return text(value).size() > 128 ? "it has 128 bytes at most." : "";
}

std::string will_delay_fault(const Value& value) {
  return range_fault(value, 0, 3600);
}

std::string tail_fault(const Value& value) {
  return range_fault(value, 0, 9);
}

std::string names_fault(const Value& value) {
  for (const std::string& name : std::get<List>(value))
    if (name.find('\0') != name.npos) return "no name has a NUL in it.";
  return {};
}

std::string commands_fault(const Value& value) {
  for (const std::string& command : std::get<List>(value))
    if (command.find_first_not_of(' ') == command.npos) return "each is the command line of a program.";
  return names_fault(value);
}

constexpr const char* next_connect = "It holds from the next /connect on.";
constexpr const char* next_start = "It holds from the next start on.";

std::vector<SettingRow> network_rows() {
  const auto row = [](std::string name, char letter, std::string argument, Value initial, std::string summary,
                      decltype(SettingRow::check) check = nullptr) {
    return SettingRow{
        std::move(name), letter, std::move(argument), std::move(initial), std::move(summary), Scope::network,
        check,           {},     next_connect};
  };
  std::vector<SettingRow> rows{
      row("host", 'h', "HOST", "localhost", "the broker's name, address, or mqtts://USER@HOST:PORT",
          host_fault),
      row("port", 'p', "PORT", std::int64_t{0}, "its port (0: 1883, 8883 with -v, 8884 with -V)", port_fault),
      row("tls", 'v', "", false, "TLS, to a broker whose certificate is checked"),
      row("x509", 'V', "", false, "TLS, and your certificate is the login; implies -v"),
      row("cafile", 0, "FILE", "", "CAs that may have signed the broker's certificate (mqtt_ca.crt)"),
      row("cert", 0, "FILE", "", "your certificate (client.crt)"),
      row("key", 0, "FILE", "", "its private key (beside the certificate, ending in .key)"),
      row("key-password-command", 0, "COMMAND", "", "a program whose first line is the key's password"),
      row("user", 'u', "USER", "", "your name there ($USER, with -V the certificate's CN)", user_fault),
      row("password-command", 0, "COMMAND", "",
          "a program whose first line is the password; run without a shell"),
      row("password-file", 0, "FILE", "", "a file whose first line is the password; readable by you alone"),
      row("join", 'j', "GROUP", List{}, "joins a group; may be repeated", groups_fault),
      row("client-id", 0, "ID", "", "the MQTT client id (one kept for each account)", client_id_fault),
      row("will-delay", 0, "SECONDS", std::int64_t{5},
          "how long a cut line may last before you are logged out", will_delay_fault),
      row("autoconnect", 0, "", true, "connects at the start, where the command line names no other network"),
  };
  rows.back().effect = next_start;
  return rows;
}

std::vector<SettingRow> client_rows() {
  return {
      {"plugin-dir",
       0,
       "DIR",
       List{},
       "where plugins are looked for first; may be repeated",
       Scope::client,
       names_fault,
       {},
       next_start},
      {"plugin",
       0,
       "NAME",
       List{"presence", "logger", "notify"},
       "loaded at the start; repeatable; \"\" for none",
       Scope::client,
       names_fault,
       {},
       "It holds from the next start on; /plugin load loads one now."},
      {"attach",
       0,
       "COMMAND",
       List{},
       "a program that reads events and writes commands; repeatable",
       Scope::client,
       commands_fault,
       {},
       "It holds from the next start on; /attach starts one now.",
       true},
      {"run",
       0,
       "LINE",
       List{},
       "a line as if typed at the start, \"/join #dev\"; may be repeated",
       Scope::client,
       names_fault,
       {},
       next_start,
       true},
      {"keys",
       0,
       "PRESET",
       "gnatter",
       "whose keys there are: gnatter's, or irssi's",
       Scope::client,
       nullptr,
       {"gnatter", "irssi"}},
      {"look.glyphs",
       0,
       "WHICH",
       "auto",
       "the characters of marks and rules",
       Scope::client,
       nullptr,
       {"auto", "unicode", "ascii"}},
      {"look.window-list",
       0,
       "WHEN",
       "auto",
       "the list of windows; auto: where there is room",
       Scope::client,
       nullptr,
       {"auto", "on", "off"}},
      {"look.roster",
       0,
       "WHEN",
       "auto",
       "the list of who is here; auto: where there is room",
       Scope::client,
       nullptr,
       {"auto", "on", "off"}},
      {"look.tail", 0, "ROWS", std::int64_t{3},
       "how many of the newest lines stay in view when you scroll up", Scope::client, tail_fault},
      {"window.close-on-part", 0, "", false, "a group's window goes when you leave the group", Scope::client},
  };
}

constexpr std::string_view network_prefix = "network.";

}  // namespace

const std::vector<SettingRow>& setting_table() {
  static const std::vector<SettingRow> rows = [] {
    std::vector<SettingRow> all = network_rows();
    for (SettingRow& row : client_rows()) all.push_back(std::move(row));
    return all;
  }();
  return rows;
}

const SettingRow* find_setting(std::string_view name) {
  const bool of_network = name.starts_with(network_prefix);
  const std::string_view key = of_network ? name.substr(name.rfind('.') + 1) : name;
  if (of_network && network_of_setting(name).empty()) return nullptr;
  const auto& rows = setting_table();
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const SettingRow& row) {
    return row.name == key && (!of_network || row.scope == Scope::network);
  });
  return found == rows.end() ? nullptr : &*found;
}

bool takes_path(const SettingRow& row) {
  return row.argument == "FILE" || row.argument == "DIR";
}

std::string network_setting(std::string_view network, std::string_view name) {
  return std::string(network_prefix) + folded(network) + '.' + std::string(name);
}

std::string_view network_of_setting(std::string_view setting) {
  if (!setting.starts_with(network_prefix)) return {};
  setting.remove_prefix(network_prefix.size());
  const std::size_t dot = setting.rfind('.');
  return dot == setting.npos ? std::string_view() : setting.substr(0, dot);
}

std::string network_name_fault(std::string_view name) {
  const bool odd = name.empty() || name.size() > 64 || !utf8::valid(name) || base::safe_row(name) != name ||
                   name.find_first_of("/#\" \\") != name.npos || name.front() == '-' || name.front() == '.';
  return odd ? "the name of a network is one word of at most 64 bytes without / # \" or \\, and begins with "
               "neither - nor a dot."
             : "";
}

Settings::Row to_settings_row(const SettingRow& row, std::string name) {
  std::string inherits = name == row.name ? "" : row.name;
  std::function<std::string(const Value&)> check;
  if (row.check) check = row.check;
  std::string summary = row.summary;
  return {std::move(name), row.initial,         std::move(summary), std::move(check), {},
          row.choices,     std::move(inherits), row.effect,         row.whole_lines};
}

}  // namespace gnatter::chat

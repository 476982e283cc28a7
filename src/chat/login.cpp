// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/login.h"

#include <utility>

#include "base/paths.h"
#include "base/text.h"
#include "base/user_error.h"
#include "chat/client.h"
#include "chat/setting_table.h"
#include "protocol/topic.h"

namespace gnatter::chat {
namespace {

/// The settings of one network, or those at the top where it has none.
class Section {
 public:
  Section(const Settings& settings, const std::string& network) : settings_(settings), network_(network) {}

  [[nodiscard]] bool on(const char* name) const { return std::get<bool>(value(name)); }
  [[nodiscard]] std::int64_t number(const char* name) const { return std::get<std::int64_t>(value(name)); }
  [[nodiscard]] const std::string& text(const char* name) const { return std::get<std::string>(value(name)); }
  [[nodiscard]] std::filesystem::path path(const char* name) const { return base::expanded_home(text(name)); }

 private:
  [[nodiscard]] const Settings::Value& value(const char* name) const {
    const std::string own = network_setting(network_, name);
    return settings_.value(settings_.has(own) ? own : name);
  }

  const Settings& settings_;
  const std::string network_;
};

Security security_of(const Section& section, const Address& address) {
  if (section.on("x509")) return Security::certificate;
  return section.on("tls") ? Security::tls : address.security.value_or(Security::plain);
}

/// Whether the password of before is for this login, too.
bool is_same_login(const Network& network, const Account& account) {
  const Account& last = network.session.account();
  return !last.host.empty() && !last.password.empty() && last.security != Security::certificate &&
         !network.is_elsewhere(account);
}

void connect_with(Client& client, Network& network, Account account, const std::string& password) {
  account.password = password.empty() ? account.user : password;
  client.connect(network, std::move(account));
}

/// In a turn of its own there is nobody to catch it.
template <class Step>
void or_tell(Network& network, Step step) {
  try {
    step();
  } catch (const base::UserError& error) {
    network.print(LineKind::error, error.what());
  }
}

void ask_password(Client& client, Network& network, const Account& account) {
  if (!client.ask) return connect_with(client, network, account, {});
  const std::string where = account.name.empty() ? account.host : account.name;
  client.ask({"Password for " + base::safe_text(account.user) + " at " + where + ": ",
              {},
              true,
              [&client, &network, account](const std::optional<std::string>& password) {
                if (!password)
                  return network.print(LineKind::info, "Not connected: no password. /connect asks again.");
                or_tell(network, [&] { connect_with(client, network, account, *password); });
              }});
}

void find_password(Client& client, Network& network, Account account) {
  const bool by_certificate = account.security == Security::certificate;
  if (by_certificate) return client.connect(network, std::move(account));
  if (is_same_login(network, account))
    return connect_with(client, network, account, network.session.account().password);
  // What leads to the password of one network is not run for a host that was just typed.
  if (!client.find_password || !network.is_configured()) return ask_password(client, network, account);
  client.find_password(network.name(), [&client, &network, account](const FoundPassword& found) {
    if (!found.error.empty()) return network.print(LineKind::error, found.error + " Not connected.");
    or_tell(network, [&] {
      if (!found.password) return ask_password(client, network, account);
      connect_with(client, network, account, *found.password);
    });
  });
}

/// `suggested` stands in the answer already.
void ask_name(Client& client, Network& network, const Account& account, const std::string& suggested) {
  const std::string where = account.name.empty() ? account.host : account.name;
  client.ask({"Your name at " + where + ": ", suggested, false,
              [&client, &network, account](const std::optional<std::string>& name) {
                if (!name || name->empty())
                  return network.print(LineKind::info, "Not connected: no name. /connect asks again.");
                Account named = account;
                try {
                  named.user = protocol::own_name(*name, protocol::NameKind::user);
                } catch (const base::UserError& error) {
                  Buffer* const window = client.buffers.current();
                  (window ? *window : network.window()).print(LineKind::error, error.what());
                  return ask_name(client, network, account, *name);
                }
                or_tell(network, [&] { find_password(client, network, std::move(named)); });
              }});
}

}  // namespace

Account account_of(const Settings& settings, const std::string& network) {
  const Section section(settings, network);
  const Address address = read_address(section.text("host"));
  Account account;
  account.host = address.host;
  account.security = security_of(section, address);
  const auto port = static_cast<std::uint16_t>(section.number("port"));
  account.port = port != 0 ? port : address.port.value_or(default_port(account.security));
  const std::string& user = section.text("user").empty() ? address.user : section.text("user");
  if (!user.empty()) account.user = protocol::own_name(user, protocol::NameKind::user);
  if (network != account.host) account.name = network;
  account.tls.ca_file = section.path("cafile");
  account.tls.certificate = section.path("cert");
  account.tls.key = section.path("key");
  return account;
}

std::chrono::seconds will_delay_of(const Settings& settings, const std::string& network) {
  return std::chrono::seconds(Section(settings, network).number("will-delay"));
}

void keep_in_settings(Settings& settings, const Network& network) {
  const Account& account = network.session.account();
  const auto keep = [&](const char* name, Settings::Value value) {
    settings.assign(network_setting(network.name(), name), std::move(value));
  };
  if (!settings.has(network_setting(network.name(), "host"))) return;
  keep("host", account.host);
  keep("port", std::int64_t{account.port});
  const auto keep_unless_usual = [&](const char* name, bool on) {
    if (settings.value(network_setting(network.name(), name)) != Settings::Value(on)) keep(name, on);
  };
  keep_unless_usual("tls", account.security == Security::tls);
  keep_unless_usual("x509", account.security == Security::certificate);
  keep("user", account.user);
}

Buffer* join_groups(Client& client, Network& network, const std::string& settings) {
  const std::string own = network_setting(settings, "join");
  const Settings::Value groups = client.settings.value(client.settings.has(own) ? own : "join");
  Buffer* last = nullptr;
  for (const std::string& group : std::get<Settings::List>(groups)) {
    const Target target = to_target({group, true}, true);
    network.messenger.join(target.name);
    last = &client.buffers.open(network, target.kind, target.name);
  }
  return last;
}

void log_in(Client& client, Network& network, Account account) {
  network.check_waiting(account);
  const bool asks_name = account.user.empty() && account.security != Security::certificate && client.ask;
  if (asks_name) return ask_name(client, network, account, client.login_name);
  find_password(client, network, client.identified(std::move(account)));
}

void log_in(Client& client, Network& network) {
  log_in(client, network, account_of(client.settings, network.name()));
}

}  // namespace gnatter::chat

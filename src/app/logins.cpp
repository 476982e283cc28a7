// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/logins.h"

#include <exception>
#include <thread>
#include <utility>

#include "app/password.h"
#include "app/password_prompt.h"
#include "app/start_plan.h"
#include "base/user_error.h"
#include "chat/setting_table.h"

namespace gnatter::app {

using chat::Security;

LoginOptions Logins::options_of(const std::string& network) const {
  return login_options(*settings_, network, options_.login_name);
}

chat::Account Logins::first(const std::string& network, bool alone,
                            const std::function<void(std::string_view)>& tell) {
  LoginOptions login = options_of(network);
  if (alone) refuse_files_on_a_plain_line(options_, login);
  if (login.user.empty() && login.security != Security::certificate)
    throw base::UserError("No user name: -u USER gives one ($USER is not set, or no user name).");
  if (alone) login.password = options_.password;
  if (!alone) forget_environment_password();
  const bool by_certificate = login.security == Security::certificate;
  std::string password;  // before a program that tells the key's could read it in the environment
  if (by_certificate) password = given_password(login).value_or("");
  chat::Account account = Accounts(login, Installation::own()).first(ask_password);
  if (by_certificate) last_ = account.tls;
  account.password = by_certificate ? password : find_password_of(login, tell);
  if (network != account.host) account.name = network;
  return account;
}

chat::Account Logins::identify(chat::Account account) {
  const std::string network = account.name.empty() ? account.host : account.name;
  const Accounts accounts(options_of(network), Installation::own());
  const std::string own = chat::network_setting(network, "client-id");
  const auto& chosen = settings_->value(settings_->has(own) ? own : "client-id");
  return identities_.identify(accounts.complete(std::move(account), last_), std::get<std::string>(chosen));
}

void Logins::find_password(const std::string& network, std::function<void(chat::FoundPassword)> done) {
  const LoginOptions login = options_of(network);
  if (login.password_command.empty() && login.password_file.empty()) return done({});
  std::thread([login, done = std::move(done), post = loop_.poster()] {
    chat::FoundPassword found;
    try {
      found.password = given_password(login);
    } catch (const std::exception& error) {
      found.error = error.what();
    }
    post([done, found] { done(found); });
  }).detach();
}

}  // namespace gnatter::app

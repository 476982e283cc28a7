// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/accounts.h"

#include "app/password.h"
#include "app/tls_files.h"
#include "base/text.h"
#include "base/user_error.h"
#include "gnatter/protocol.h"
#include "transport/tls/files.h"

namespace gnatter::app {
namespace {

using base::UserError;
using chat::Security;
using transport::TlsPlan;

constexpr int most_tries = 3;

std::string shown(const std::filesystem::path& file) {
  return base::safe_text(file.string());
}

/// Who the broker will take us for: the CN byte by byte, not in our normal form.
std::string user_of(const std::filesystem::path& certificate) {
  const std::string name = transport::read_certificate(certificate).common_name;
  const std::string subject = "The certificate " + shown(certificate);
  if (name.empty())
    throw UserError(subject +
                    " names nobody (it has no CN, or several), so your name is not known: -u USER "
                    "gives it.");
  if (const auto error = protocol::name_error(name, protocol::NameKind::user))
    throw UserError(subject + " is for \"" + base::escape_field(base::safe_text(name)) +
                    "\" (its CN), which is no user name: it " + std::string(*error) +
                    ". -u USER gives another.");
  return name;
}

[[noreturn]] void fail_without_key(const std::filesystem::path& certificate) {
  throw UserError("There is no private key for the certificate " + shown(certificate) + ": neither is " +
                  shown(std::filesystem::path(certificate).replace_extension(".key")) +
                  " there, nor one in the same file. --key FILE names it.");
}

/// Says what is wrong while the line before still stands. A password may be missing: it is asked for later.
void check_but_for_password(const TlsPlan& plan) {
  try {
    transport::check_tls_files(plan);
  } catch (const transport::KeyPasswordError&) {
  }
}

/// The plan's files with a password that the user is asked for.
void ask_and_check(TlsPlan& plan, const Ask& ask) {
  const std::string question = "Password of the key " + shown(plan.key) + ": ";
  for (int tries = 1;; ++tries) {
    auto answer = ask((tries == 1 ? "" : "That does not open it. ") + question);
    if (!answer)
      throw UserError("The key " + shown(plan.key) +
                      " is encrypted, and there is no terminal to ask for its password on: "
                      "--key-password-command COMMAND names a program that prints it.");
    plan.key_password = std::move(*answer);
    try {
      return transport::check_tls_files(plan);
    } catch (const transport::KeyPasswordError&) {
      if (tries == most_tries) throw;
    }
  }
}

}  // namespace

chat::Account Accounts::first(const Ask& ask) const {
  chat::Account account;
  account.host = options_.host;
  account.security = options_.security;
  account.port = options_.port.value_or(chat::default_port(options_.security));
  const bool named_by_certificate = options_.security == Security::certificate && !options_.user_given;
  if (!named_by_certificate) account.user = options_.user;
  account = complete(std::move(account));
  if (account.security != Security::plain) check(account.tls, ask);
  return account;
}

void Accounts::check(TlsPlan& plan, const Ask& ask) const {
  const bool locked =
      !plan.certificate.empty() && plan.key_password.empty() && transport::is_encrypted_key(plan.key);
  if (locked) return ask_and_check(plan, ask);
  try {
    transport::check_tls_files(plan);
  } catch (const transport::KeyPasswordError& error) {
    throw UserError(std::string(error.what()) + " It came from key-password-command.");
  }
}

chat::Account Accounts::complete(chat::Account account, const TlsPlan& last) const {
  const bool by_certificate = account.security == Security::certificate;
  if (account.security != Security::plain) account.tls.ca_file = find_ca_file(options_, installation_);
  account.tls.certificate.clear();
  account.tls.key.clear();
  if (by_certificate) find_own(account.tls, last);
  if (account.security != Security::plain) check_but_for_password(account.tls);
  if (!account.user.empty()) return account;
  account.user = by_certificate ? user_of(account.tls.certificate) : options_.user;
  if (account.user.empty()) throw UserError("No user name: /connect HOST PORT USER gives one.");
  account.password = by_certificate ? "" : account.user;
  return account;
}

/// Our certificate, its key, and the password of that as far as nobody has to be asked.
void Accounts::find_own(TlsPlan& plan, const TlsPlan& last) const {
  plan.certificate = find_certificate(options_);
  plan.key = find_key(options_, plan.certificate);
  if (plan.key == plan.certificate && !transport::holds_key(plan.certificate))
    fail_without_key(plan.certificate);
  if (plan.key_password.empty() && plan.key == last.key) plan.key_password = last.key_password;
  if (!plan.key_password.empty() || options_.key_password_command.empty()) return;
  if (transport::is_encrypted_key(plan.key))
    plan.key_password = password_from(options_.key_password_command, "key-password-command");
}

}  // namespace gnatter::app

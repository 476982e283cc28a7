// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "app/installation.h"
#include "app/options.h"
#include "chat/account.h"

namespace gnatter::app {

/// Asks the user for a secret; nothing when there is nobody to ask. Throws base::UserError when there is no
/// answer.
using Ask = std::function<std::optional<std::string>(std::string_view prompt)>;

/// Fills in what an account of one network needs and its user has not said each time: the user name and the
/// files for TLS.
class Accounts {
 public:
  /// `options`: what is known of the network.
  Accounts(LoginOptions options, Installation installation)
      : options_(std::move(options)), installation_(std::move(installation)) {}

  /// The account of the options but for its password, with the files for TLS looked at: a mistake there is
  /// told before anything connects. The password of an encrypted key comes from --key-password-command, else
  /// `ask` is asked, three times. Throws base::UserError with a sentence. Blocks as long as that takes.
  [[nodiscard]] chat::Account first(const Ask& ask) const;

  /// An account of /connect. Without a user it gets the CN of its certificate, or the options' name, which is
  /// the password then, too. The files for TLS are looked for anew. A key's password that is there already is
  /// kept; else it is that of `last`, when it is for this file, else that of --key-password-command, else it
  /// stays empty. Throws base::UserError with a sentence; may block like --key-password-command.
  [[nodiscard]] chat::Account complete(chat::Account account, const transport::TlsPlan& last = {}) const;

 private:
  void find_own(transport::TlsPlan& plan, const transport::TlsPlan& last) const;
  void check(transport::TlsPlan& plan, const Ask& ask) const;

  const LoginOptions options_;
  const Installation installation_;
};

}  // namespace gnatter::app

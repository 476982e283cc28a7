// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/accounts.h"
#include "app/identities.h"
#include "app/options.h"
#include "base/event_loop.h"
#include "chat/login.h"
#include "chat/settings.h"

namespace gnatter::app {

/// Logins of all networks, by what their settings are when somebody connects. The loop's thread.
class Logins {
 public:
  /// Everything outlives it.
  Logins(base::EventLoop& loop, const Options& options, Identities& identities)
      : loop_(loop), options_(options), identities_(identities) {}

  /// The settings that the client has, once it is there.
  void use(const chat::Settings& settings) { settings_ = &settings; }

  /// The account of a network at the start, with its password: before the screen opens, since it may be asked
  /// for on the terminal. `alone`: no other network is connected, so that -P and GNATTER_PASSWORD are for
  /// this one. `tell` gets a sentence where the user name is taken for the password. Throws base::UserError.
  chat::Account first(const std::string& network, bool alone,
                      const std::function<void(std::string_view)>& tell);

  /// chat::Client::Identify.
  chat::Account identify(chat::Account account);

  /// chat::FindPassword: a command is run on a disposable thread, for it may ask somebody.
  void find_password(const std::string& network, std::function<void(chat::FoundPassword)> done);

 private:
  [[nodiscard]] LoginOptions options_of(const std::string& network) const;

  base::EventLoop& loop_;
  const Options& options_;
  Identities& identities_;
  const chat::Settings* settings_ = nullptr;
  transport::TlsPlan last_;  // of the latest login by certificate at the start, with its key's password
};

}  // namespace gnatter::app

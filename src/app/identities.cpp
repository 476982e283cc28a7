// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/identities.h"

#include <exception>

#include "base/user_error.h"

namespace gnatter::app {

chat::Account Identities::identify(chat::Account account, const std::string& chosen) {
  const std::string where =
      account.name.empty() ? account.host + ':' + std::to_string(account.port) : account.name;
  const std::string owner = account.user + '@' + where;
  const std::string key = owner + '\n' + chosen;
  auto found = claimed_.find(key);
  if (found == claimed_.end()) try {
      auto identity = chosen.empty() ? transport::ClientIdentity::claim(state_, owner)
                                     : transport::ClientIdentity::claim_chosen(state_, owner, chosen);
      found = claimed_.emplace(key, std::move(identity)).first;
    } catch (const std::exception& error) {
      throw base::UserError(std::string("No client id to connect with: ") + error.what());
    }
  account.client_id = found->second.id();
  return account;
}

}  // namespace gnatter::app

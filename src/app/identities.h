// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "chat/account.h"
#include "transport/client_identity.h"

namespace gnatter::app {

/// The client ids of this process's accounts, each claimed when first needed and locked until the end (X1).
class Identities {
 public:
  /// `chosen`: the user's own id for every account, or empty.
  Identities(std::filesystem::path state, std::string chosen)
      : state_(std::move(state)), chosen_(std::move(chosen)) {}

  /// The account with its client id. Throws base::UserError when there is none to be had.
  chat::Account identify(chat::Account account);

 private:
  const std::filesystem::path state_;
  const std::string chosen_;
  std::map<std::string, transport::ClientIdentity> claimed_;
};

}  // namespace gnatter::app

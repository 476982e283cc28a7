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
  explicit Identities(std::filesystem::path state) : state_(std::move(state)) {}

  /// The account with its client id: `chosen`, else the one that is kept for it. Throws base::UserError when
  /// there is none to be had.
  chat::Account identify(chat::Account account, const std::string& chosen = {});

 private:
  const std::filesystem::path state_;
  std::map<std::string, transport::ClientIdentity> claimed_;
};

}  // namespace gnatter::app

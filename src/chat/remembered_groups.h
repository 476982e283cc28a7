// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/signal.h"
#include "chat/client.h"

namespace gnatter::chat {

/// Where the groups are kept that an account has joined and not left. An account is called "USER@NETWORK", or
/// "USER@HOST:PORT" where the network has no name.
class GroupStore {
 public:
  struct Kept {
    std::vector<std::string> groups;      ///< names as P11 has them, in the order in which they were joined
    std::vector<std::string> complaints;  ///< sentences about what could not be read
  };
  virtual ~GroupStore() = default;
  virtual Kept read(const std::string& account) = 0;
  /// Both return at once, and the store sees to it.
  virtual void add(const std::string& account, const std::string& group) = 0;
  virtual void remove(const std::string& account, const std::string& group) = 0;

  /// What could not be kept: the account, and a sentence.
  base::Signal<const std::string&, const std::string&> failed;
};

/// Joins the groups again that were joined in a run before, when a network begins to connect, and keeps what
/// is joined and left from then on (X1). Shows none of the windows. One thread.
class RememberedGroups {
 public:
  /// Both outlive it.
  RememberedGroups(Client& client, GroupStore& store);
  ~RememberedGroups();
  RememberedGroups(const RememberedGroups&) = delete;
  RememberedGroups& operator=(const RememberedGroups&) = delete;

 private:
  class OfNetwork;
  std::vector<std::unique_ptr<OfNetwork>> networks_;
  Subscription added_;
};

}  // namespace gnatter::chat

// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/remembered_groups.h"

namespace gnatter::chat {
namespace {

std::string account_name(const Account& account) {
  const bool named = !account.name.empty();
  return account.user + '@' + (named ? account.name : account.host + ':' + std::to_string(account.port));
}

}  // namespace

class RememberedGroups::OfNetwork {
 public:
  OfNetwork(Network& network, GroupStore& store) : network_(network), store_(store) {
    Messenger& messenger = network_.messenger;
    listening_.push_back(network_.session.connecting.connect([this](const auto&) { begin(); }));
    listening_.push_back(messenger.started_anew.connect([this] { account_.clear(); }));
    listening_.push_back(messenger.group_joined.connect([this](const std::string& group) {
      if (!account_.empty() && !joining_again_) store_.add(account_, group);
    }));
    listening_.push_back(messenger.group_left.connect([this](const std::string& group) {
      if (!account_.empty()) store_.remove(account_, group);
    }));
    listening_.push_back(store_.failed.connect([this](const std::string& account, const std::string& why) {
      if (account == account_) network_.print(LineKind::error, why);
    }));
  }

 private:
  /// Before each attempt: of an account, once.
  void begin() {
    const std::string account = account_name(network_.session.account());
    if (account == account_) return;
    account_ = account;
    // What was joined before there was an account to keep it for.
    for (const std::string& group : network_.messenger.groups()) store_.add(account_, group);
    const auto [groups, complaints] = store_.read(account_);
    for (const std::string& complaint : complaints) network_.print(LineKind::error, complaint);
    joining_again_ = true;
    for (const std::string& group : groups) network_.messenger.join(group, true);
    joining_again_ = false;
  }

  Network& network_;
  GroupStore& store_;
  std::string account_;  // empty: nobody has connected yet
  bool joining_again_ = false;
  std::vector<Subscription> listening_;
};

RememberedGroups::RememberedGroups(Client& client, GroupStore& store) {
  const auto follow = [this, &store](Network& network) {
    networks_.push_back(std::make_unique<OfNetwork>(network, store));
  };
  for (const auto& network : client.networks()) follow(*network);
  added_ = client.network_added.connect(follow);
}

RememberedGroups::~RememberedGroups() = default;

}  // namespace gnatter::chat

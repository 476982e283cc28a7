// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/signal.h"
#include "chat/client.h"
#include "gnatter/plugin.h"
#include "plugin_host/network_view.h"

namespace gnatter::plugin_host {

/// The Host that one plugin sees. Everything the plugin registers hangs here and goes with it, so that none
/// of the plugin's code can be called once this is destroyed. Exceptions of the plugin stop in guard(). One
/// thread.
class HostForPlugin final : public Host {
 public:
  HostForPlugin(chat::Client& client, std::string plugin_name);

  Subscription on_connecting(std::function<void(Network&, ConnectPlan&)> function) override;
  Subscription on_ready(std::function<void(Network&, bool)> function) override;
  Subscription on_off(std::function<void(Network&)> function) override;
  Subscription on_leaving(std::function<void(Network&, Cause, Hold)> function) override;
  std::vector<NetworkId> networks() const override;
  Network* network(NetworkId id) override;
  Subscription add_command(CommandRow row, std::function<void(gnatter::CommandCall&)> function) override;
  Subscription after(std::chrono::milliseconds delay, std::function<void()> function) override;

  /// Asks this plugin alone to take its leave; the unload waits for the Hold.
  void ask_to_leave(const Hold& hold);
  /// Whether the Will of the network's connection is this plugin's.
  [[nodiscard]] bool owns_will(NetworkId network) const { return wills_.contains(network); }

  /// Runs the plugin's code: what it throws is told with the plugin's name and `where`, and stops here.
  void guard(std::string_view where, const std::function<void()>& call);
  /// What a plugin wants to hear of a filter. Kept here: sessions and connections, which may answer after the
  /// unload, know it by a weak pointer only.
  struct Handlers {
    std::function<void(const SubscribeResult&)> on_result;
    std::function<void(const TopicMessage&)> on_message;
  };
  /// Keeps the registration, and what it calls, until the plugin or the unload ends it.
  Subscription track(Subscription subscription, std::shared_ptr<Handlers> handlers = nullptr);
  /// The completion of a publish: the plugin's function stays here, not in the transport.
  transport::Connection::Done keep_until_done(std::function<void(const PublishResult&)> done);

 private:
  void attach(chat::Network& network);
  void run_command(const std::function<void(gnatter::CommandCall&)>& function, chat::CommandCall& call);

  chat::Client& client_;
  const std::string plugin_name_;
  std::map<NetworkId, std::unique_ptr<NetworkView>> views_;
  std::set<NetworkId> wills_;
  std::uint64_t next_ = 1;
  std::map<std::uint64_t, std::function<void(const PublishResult&)>> completions_;
  base::Signal<Network&, ConnectPlan&> connecting_;
  base::Signal<Network&, bool> ready_;
  base::Signal<Network&> off_;
  base::Signal<Network&, Cause, Hold> leaving_;
  struct Registration {
    std::shared_ptr<Handlers> handlers;
    Subscription subscription;
  };
  std::shared_ptr<std::map<std::uint64_t, Registration>> registrations_ =
      std::make_shared<std::map<std::uint64_t, Registration>>();
  std::vector<Subscription> listening_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace gnatter::plugin_host

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
#include "plugin_host/guard.h"
#include "plugin_host/network_view.h"
#include "plugin_host/services.h"

namespace gnatter::plugin_host {

/// The Host that one plugin sees. Everything the plugin registers hangs here and goes with it, so that none
/// of the plugin's code can be called once this is destroyed. Exceptions of the plugin stop in guard(). One
/// thread.
class HostForPlugin final : public Host {
 public:
  HostForPlugin(chat::Client& client, Services& services, std::string plugin_name);
  ~HostForPlugin();

  Subscription on_connecting(std::function<void(Network&, ConnectPlan&)> function) override;
  Subscription on_ready(std::function<void(Network&, bool)> function) override;
  Subscription on_off(std::function<void(Network&)> function) override;
  Subscription on_leaving(std::function<void(Network&, Cause, Hold)> function) override;
  std::vector<NetworkId> networks() const override;
  Network* network(NetworkId id) override;
  Subscription add_command(CommandRow row, std::function<void(gnatter::CommandCall&)> function) override;
  Subscription after(std::chrono::milliseconds delay, std::function<void()> function) override;

  Subscription on_message(Want want, std::function<void(const MessageEvent&)> function) override;
  Subscription on_line(std::function<void(const LineEvent&)> function) override;
  Subscription on_self_status(std::function<void(const SelfStatusEvent&)> function) override;
  Subscription add_history(std::function<std::vector<Line>(const HistoryRequest&)> function) override;
  void say(const Target& target, std::string_view text, SayOptions options) override;
  bool in_view(WindowId window) const override;
  WindowId open_window(NetworkId network, std::string_view name, std::function<void()> closed) override;
  void print(WindowId window, const Line& line) override;
  bool ring() override;
  bool command_terminal(std::string_view body) override;
  std::unique_ptr<StatusItem> add_status_item() override;
  std::shared_ptr<const SettingValue> add_setting(SettingRow row) override;
  Directories directories() override;
  std::unique_ptr<AppendFile> open_append(const std::filesystem::path& path, AppendEvents events) override;
  Subscription run_child(ChildPlan plan, std::function<void(std::string_view)> on_line,
                         std::function<void(const ChildEnd&)> on_end) override;
  std::vector<std::string> urls(std::string_view text) const override;
  std::string tsv(const std::vector<std::string>& fields) const override;
  std::string iso_time(Time time) const override;
  std::uint32_t random(std::uint32_t below) override;

  /// Asks this plugin alone to take its leave; the unload waits for the Hold.
  void ask_to_leave(const Hold& hold);
  /// Whether the Will of the network's connection is this plugin's.
  [[nodiscard]] bool owns_will(NetworkId network) const { return wills_.contains(network); }

  /// Runs the plugin's code (Guard::run).
  bool guard(std::string_view where, const std::function<void()>& call) { return guard_.run(where, call); }
  [[nodiscard]] const Guard& state() const { return guard_; }
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
  void tell(const std::function<void(const MessageEvent&)>& function, Want want, chat::Network& network,
            const chat::Spoken& spoken);
  void tell(const std::function<void(const LineEvent&)>& function, const Services::LineTold& told);
  std::vector<chat::Backlog::PastLine> past_lines(
      const std::function<std::vector<Line>(const HistoryRequest&)>& function,
      const chat::Backlog::Request& request);
  void on_closing(WindowId window);

  chat::Client& client_;
  Services& services_;
  Guard guard_;
  std::map<WindowId, std::function<void()>> own_windows_;  // with what is to be called when one is closed
  std::vector<chat::StatusItems::Id> status_items_;
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
  std::vector<Subscription> settings_;
  std::vector<Subscription> listening_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace gnatter::plugin_host

// SPDX-License-Identifier: GPL-3.0-or-later
// Who is here (P1 to P4): announces the own login, logout and status, answers others' logins, keeps the
// roster.

#include <algorithm>
#include <map>
#include <memory>
#include <string>

#include "gnatter/plugin.h"
#include "network_presence.h"

namespace presence {

using namespace gnatter;

/// The plugin: one NetworkPresence for each network, and the commands that change the own status.
class Presence final : public Plugin {
 public:
  explicit Presence(Host& host) : host_(host) {
    registrations_.push_back(host.on_connecting([this](Network& network, ConnectPlan& plan) {
      auto& entry = networks_[network.id()];
      if (!entry) {
        entry = std::make_unique<NetworkPresence>(host_, network);
        entry->set_status(status_);
      }
      entry->connecting(plan);
    }));
    registrations_.push_back(host.on_ready([this](Network& network, bool session_present) {
      if (const auto found = networks_.find(network.id()); found != networks_.end())
        found->second->ready(session_present);
    }));
    registrations_.push_back(host.on_off([this](Network& network) { with(network, &NetworkPresence::off); }));
    registrations_.push_back(host.on_leaving([this](Network& network, Cause, const Hold& hold) {
      if (const auto found = networks_.find(network.id()); found != networks_.end())
        found->second->leaving(hold);
    }));
    add_commands();
    // Loaded while connected: a Will can only be set anew, and the login comes with on_ready.
    for (NetworkId id : host.networks()) host.network(id)->replan();
  }

 private:
  void with(Network& network, void (NetworkPresence::*call)()) {
    if (const auto found = networks_.find(network.id()); found != networks_.end()) (*found->second.*call)();
  }

  void add_commands() {
    add({"status", {}, "online|away|dnd", "Tells the others how you are"}, [this](CommandCall& call) {
      const std::string_view word = call.arguments();
      if (word == "online") return set(call, Status::online);
      if (word == "away") return set(call, Status::away);
      if (word == "dnd") return set(call, Status::dnd);
      call.refuse("Usage: /status online, /status away or /status dnd");
    });
    add({"away", {}, "", "Tells the others that you are away; /back ends it"},
        [this](CommandCall& call) { set(call, Status::away); });
    add({"back", {}, "", "Tells the others that you are here again"},
        [this](CommandCall& call) { set(call, Status::online); });
    add({"dnd", {}, "", "Asks the others for quiet; messages come all the same"},
        [this](CommandCall& call) { set(call, Status::dnd); });
  }

  void add(CommandRow row, std::function<void(CommandCall&)> function) {
    registrations_.push_back(host_.add_command(std::move(row), std::move(function)));
  }

  /// On all networks: one is away from the keyboard, not from a broker.
  void set(CommandCall& call, Status status) {
    if (networks_.empty()) return call.refuse("Not connected yet: there is nobody to tell.");
    const std::string word(protocol::to_payload(status));
    const bool stands = std::all_of(networks_.begin(), networks_.end(),
                                    [&](const auto& entry) { return entry.second->status() == status; });
    if (stands && status != Status::online)
      return call.print("You are " + word + " since " + networks_.begin()->second->status_since() +
                        "; /back ends it.");
    status_ = status;
    for (auto& [id, network] : networks_) network->set_status(status);
    call.print("Your status is " + word + '.');
  }

  Host& host_;
  Status status_ = Status::online;
  std::map<NetworkId, std::unique_ptr<NetworkPresence>> networks_;
  std::vector<Subscription> registrations_;
};

}  // namespace presence

GNATTER_PLUGIN(presence::Presence, "presence", "1.0", "who is here")

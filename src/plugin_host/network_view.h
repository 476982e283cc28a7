// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string_view>

#include "chat/network.h"
#include "gnatter/plugin.h"

namespace gnatter::plugin_host {

class HostForPlugin;

/// One network as one plugin sees it. Belongs to the HostForPlugin, which lives as long as the plugin.
class NetworkView final : public Network {
 public:
  NetworkView(HostForPlugin& host, chat::Network& network) : host_(host), network_(network) {}

  NetworkId id() const override { return network_.id(); }
  std::string_view name() const override { return network_.name(); }
  std::string_view user() const override { return network_.user(); }
  bool ready() const override { return network_.session.state() == chat::Session::State::ready; }
  Status self_status() const override { return network_.self_status(); }
  void publish(std::string_view topic, std::string_view payload, PublishOptions options,
               std::function<void(const PublishResult&)> done) override;
  Subscription subscribe(std::string_view filter, int qos, Phase phase,
                         std::function<void(const SubscribeResult&)> on_result,
                         std::function<void(const TopicMessage&)> on_message) override;
  std::unique_ptr<RosterWriter> claim_roster() override;
  void replan() override { network_.session.replan(); }
  void print(std::string_view sentence) override;

 private:
  HostForPlugin& host_;
  chat::Network& network_;
};

}  // namespace gnatter::plugin_host

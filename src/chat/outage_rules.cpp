// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/outage_rules.h"

namespace gnatter::chat {

OutageRules::OutageRules(Client& client) : client_(client) {
  for (const auto& network : client_.networks()) follow(*network);
  listening_.push_back(client_.network_added.connect([this](Network& network) { follow(network); }));
  listening_.push_back(client_.buffers.closing.connect([this](Buffer& window) {
    for (auto& [network, outage] : outages_) outage.rules.erase(&window);
  }));
}

void OutageRules::follow(Network& network) {
  listening_.push_back(network.session.lost.connect([this, &network](const auto&, auto retry_in) {
    begin(network);
    if (!retry_in) stop(network);
  }));
  listening_.push_back(network.session.failed.connect([this, &network](const auto& failure, auto retry_in) {
    using Reason = transport::Failure::Reason;
    // Whoever has never been in is asked for another password, wherever he is.
    const bool asked = failure.reason == Reason::wrong_password || failure.reason == Reason::not_authorized;
    if (!retry_in && (!asked || outages_.contains(&network))) stop(network);
  }));
  listening_.push_back(network.session.ready.connect([this, &network](bool) { end(network); }));
  listening_.push_back(
      network.messenger.saying.connect([this, &network](Buffer& window) { mark(network, window); }));
}

void OutageRules::begin(Network& network) {
  const bool first = outages_.try_emplace(&network, Outage{base::now(), {}, {}}).second;
  Buffer* const window = client_.buffers.current();
  const bool here = window && client_.buffers.current_network() == &network;
  // In the network's own window the sentence about the loss stands already; in a plugin's nothing is said.
  if (first && here && is_conversation(window->kind())) mark(network, *window);
}

void OutageRules::stop(Network& network) {
  begin(network);
  Outage& outage = outages_.at(&network);
  outage.stopped = base::now();
  for (const auto& [window, line] : outage.rules) window->rewrite(line, text(network, outage));
}

std::string OutageRules::text(Network& network, const Outage& outage) const {
  if (!outage.stopped)
    return "off since " + base::local_clock(outage.since) + ", what you write is kept and sent later";
  return "stopped at " + base::local_clock(*outage.stopped) + ": window " +
         std::to_string(client_.buffers.number_of(network.window())) + " says why, /connect tries";
}

void OutageRules::mark(Network& network, Buffer& window) {
  const auto outage = outages_.find(&network);
  if (outage == outages_.end() || outage->second.rules.contains(&window)) return;
  outage->second.rules[&window] = window.print(LineKind::rule, text(network, outage->second));
}

void OutageRules::end(const Network& network) {
  const auto outage = outages_.extract(&network);
  if (outage.empty()) return;
  const std::string text =
      "off " + base::local_clock(outage.mapped().since) + " to " + base::local_clock(base::now());
  for (const auto& [window, line] : outage.mapped().rules) window->rewrite(line, text);
}

}  // namespace gnatter::chat

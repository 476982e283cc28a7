// SPDX-License-Identifier: GPL-3.0-or-later
// The plugin that the host's tests load: it does what its one command says, and prints what it is told. Built
// under more than one name (PROBE), which is its command's name as well.

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "gnatter/plugin.h"

namespace {

using namespace gnatter;

/// Of the plugin's own: its code goes with the plugin.
class ProbeError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

std::string text(std::string_view view) {
  return std::string(view);
}

class Probe final : public Plugin {
 public:
  explicit Probe(Host& host) : host_(host) {
    keep(host.on_connecting([this](Network& network, ConnectPlan& plan) {
      tell(network, "connecting");
      if (!will_.empty())
        tell(network, plan.set_will("/probe/will", will_, {1, false}) ? "will set" : "will taken");
    }));
    keep(host.on_ready([this](Network& network, bool present) {
      tell(network, present ? "ready, session present" : "ready");
    }));
    keep(host.on_off([this](Network& network) { tell(network, "off"); }));
    keep(host.on_leaving([this](Network& network, Cause cause, Hold hold) {
      tell(network, cause == Cause::unload ? "leaving, unload" : "leaving");
      if (holding_) hold_ = std::move(hold);
    }));
    CommandRow row{PROBE, {std::string(PROBE) + "-alias"}, "WHAT [WITH]", "Does what the test says"};
    keep(host.add_command(std::move(row), [this](CommandCall& call) { run(call); }));
  }

 private:
  void keep(Subscription subscription) { kept_.push_back(std::move(subscription)); }

  /// Prints "PROBE: what", or throws what the test has asked for.
  void tell(Network& network, std::string_view what) {
    if (what == throw_at_) throw ProbeError("it was asked for");
    network.print(text(PROBE) + ": " + text(what));
  }
  Network& network() { return *host_.network(host_.networks().at(0)); }

  void run(CommandCall& call) {
    const std::string_view all = call.arguments();
    const std::string_view what = all.substr(0, all.find(' '));
    const std::string with = what.size() == all.size() ? "" : text(all.substr(what.size() + 1));
    if (what == "print") call.print(with);
    if (what == "refuse") call.refuse(with);
    if (what == "throw") throw ProbeError(with);
    if (what == "throw-int") throw 42;
    if (what == "throw-at") throw_at_ = with;
    if (what == "will") will_ = with;
    if (what == "replan") network().replan();
    if (what == "hold") holding_ = true;
    if (what == "let-go") hold_.reset();
    if (what == "subscribe") subscribe(with, Phase::before_login);
    if (what == "subscribe-alone") subscribe(with, Phase::alone);
    if (what == "unsubscribe") filters_.erase(with);
    if (what == "publish") publish(with);
    if (what == "timer") timer(with);
    if (what == "roster") claim(call);
    if (what == "return-roster") roster_.reset();
    if (what == "here")
      call.print(roster_ && roster_->here(with, RosterWriter::How::login) ? "taken" : "refused");
    if (what == "status") call.print(text(protocol::to_payload(network().self_status())));
    if (what == "set-status") roster_->set_self(Status::away);
    if (what == "tokens") call.print(std::to_string(token_.use_count()) + " held");
    if (what == "networks")
      call.print(std::to_string(host_.networks().size()) + (host_.network(99) ? "" : " no 99"));
  }

  void subscribe(const std::string& filter, Phase phase) {
    // The token tells whether the functions are kept after the subscription has ended.
    filters_[filter] = network().subscribe(
        filter, 1, phase,
        [this, token = token_](const SubscribeResult& result) {
          static constexpr const char* kinds[] = {"granted ", "refused ", "silent ", "closed "};
          tell(network(), kinds[static_cast<int>(result.kind)] + std::to_string(result.code));
        },
        [this, token = token_](const TopicMessage& message) {
          tell(network(),
               text(message.topic) + ' ' + text(message.payload) + (message.retained ? " retained" : ""));
        });
  }
  void publish(const std::string& topic) {
    network().publish(topic, "from " + text(PROBE), {2, false},
                      [this, token = token_](const PublishResult& result) {
                        static constexpr const char* kinds[] = {"accepted ", "refused ", "lost "};
                        tell(network(), kinds[static_cast<int>(result.kind)] + std::to_string(result.code));
                      });
  }
  void timer(const std::string& milliseconds) {
    keep(host_.after(std::chrono::milliseconds(std::stoi(milliseconds)),
                     [this, token = token_] { tell(network(), "timer"); }));
  }
  void claim(CommandCall& call) {
    roster_ = network().claim_roster();
    call.print(roster_ ? "claimed" : "somebody has it");
  }

  Host& host_;
  std::string will_, throw_at_;
  bool holding_ = false;
  Hold hold_;
  const std::shared_ptr<int> token_ = std::make_shared<int>(0);
  std::unique_ptr<RosterWriter> roster_;
  std::map<std::string, Subscription> filters_;
  std::vector<Subscription> kept_;
};

}  // namespace

GNATTER_PLUGIN(Probe, PROBE, "1.2", "does what the test says")

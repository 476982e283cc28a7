// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugin_host/host.h"

namespace gnatter::plugin_host {
namespace {

Cause to_public(chat::Cause cause) {
  switch (cause) {
    case chat::Cause::quit:
      return Cause::quit;
    case chat::Cause::disconnect:
      return Cause::disconnect;
    case chat::Cause::unload:
      return Cause::unload;
    case chat::Cause::signal:
      return Cause::signal;
    case chat::Cause::hang_up:
      break;
  }
  return Cause::hang_up;
}

PublishResult to_result(const transport::Outcome& outcome) {
  switch (outcome.kind) {
    case transport::Outcome::Kind::accepted:
      return {PublishResult::Kind::accepted, 0};
    case transport::Outcome::Kind::refused:
      return {PublishResult::Kind::refused, outcome.code};
    case transport::Outcome::Kind::lost:
      break;
  }
  return {PublishResult::Kind::lost, 0};
}

class PlanView final : public ConnectPlan {
 public:
  explicit PlanView(transport::ConnectPlan& plan) : plan_(plan) {}
  bool set_will(std::string_view topic, std::string_view payload, PublishOptions options) override {
    if (plan_.will) return false;
    plan_.will = transport::Will{std::string(topic), std::string(payload), options.qos, options.retain, {}};
    set_here_ = true;
    return true;
  }
  [[nodiscard]] bool set_here() const { return set_here_; }

 private:
  transport::ConnectPlan& plan_;
  bool set_here_ = false;
};

}  // namespace

HostForPlugin::HostForPlugin(chat::Client& client, Services& services, std::string plugin_name)
    : client_(client), services_(services), guard_(client.loop(), client, std::move(plugin_name)) {
  for (const auto& network : client_.networks()) attach(*network);
  listening_.push_back(services_.closing.connect([this](WindowId window) { on_closing(window); }));
  listening_.push_back(client_.network_added.connect([this](chat::Network& network) { attach(network); }));
}

HostForPlugin::~HostForPlugin() {
  for (const auto id : status_items_) client_.status_items.remove(id);
}

void HostForPlugin::attach(chat::Network& network) {
  auto& view = *(views_[network.id()] = std::make_unique<NetworkView>(*this, network));
  auto& session = network.session;
  listening_.push_back(session.connecting.connect([this, &view](transport::ConnectPlan& plan) {
    PlanView plan_view(plan);
    wills_.erase(view.id());
    connecting_.emit(view, plan_view);
    if (plan_view.set_here()) wills_.insert(view.id());
  }));
  listening_.push_back(session.ready.connect([this, &view](bool present) { ready_.emit(view, present); }));
  listening_.push_back(session.lost.connect([this, &view](const auto&, auto) { off_.emit(view); }));
  listening_.push_back(session.leaving.connect(
      [this, &view](chat::Cause cause, const Hold& hold) { leaving_.emit(view, to_public(cause), hold); }));
}

Subscription HostForPlugin::on_connecting(std::function<void(Network&, ConnectPlan&)> function) {
  return connecting_.connect([this, function = std::move(function)](Network& network, ConnectPlan& plan) {
    guard("on_connecting", [&] { function(network, plan); });
  });
}

Subscription HostForPlugin::on_ready(std::function<void(Network&, bool)> function) {
  return ready_.connect([this, function = std::move(function)](Network& network, bool present) {
    guard("on_ready", [&] { function(network, present); });
  });
}

Subscription HostForPlugin::on_off(std::function<void(Network&)> function) {
  return off_.connect([this, function = std::move(function)](Network& network) {
    guard("on_off", [&] { function(network); });
  });
}

Subscription HostForPlugin::on_leaving(std::function<void(Network&, Cause, Hold)> function) {
  return leaving_.connect(
      [this, function = std::move(function)](Network& network, Cause cause, const Hold& hold) {
        guard("on_leaving", [&] { function(network, cause, hold); });
      });
}

std::vector<NetworkId> HostForPlugin::networks() const {
  std::vector<NetworkId> ids;
  for (const auto& [id, view] : views_) ids.push_back(id);
  return ids;
}

Network* HostForPlugin::network(NetworkId id) {
  const auto found = views_.find(id);
  return found == views_.end() ? nullptr : found->second.get();
}

Subscription HostForPlugin::after(std::chrono::milliseconds delay, std::function<void()> function) {
  return track(client_.loop().after(
      delay, [this, function = std::move(function)] { guard("a timer", [&] { function(); }); }));
}

void HostForPlugin::ask_to_leave(const Hold& hold) {
  for (const auto& [id, view] : views_)
    if (view->ready()) leaving_.emit(*view, Cause::unload, hold);
}

Subscription HostForPlugin::track(Subscription subscription, std::shared_ptr<Handlers> handlers) {
  const std::uint64_t id = next_++;
  registrations_->emplace(id, Registration{std::move(handlers), std::move(subscription)});
  return Subscription([registrations = std::weak_ptr(registrations_), id] {
    if (auto all = registrations.lock()) all->erase(id);
  });
}

transport::Connection::Done HostForPlugin::keep_until_done(std::function<void(const PublishResult&)> done) {
  if (!done) return {};
  const std::uint64_t id = next_++;
  completions_.emplace(id, std::move(done));
  return [this, alive = std::weak_ptr(alive_), id](const transport::Outcome& outcome) {
    if (alive.expired()) return;
    auto found = completions_.extract(id);
    if (!found.empty()) guard("a publish's result", [&] { found.mapped()(to_result(outcome)); });
  };
}

}  // namespace gnatter::plugin_host

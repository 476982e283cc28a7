// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugin_host/network_view.h"

#include "base/text.h"
#include "plugin_host/host.h"

namespace gnatter::plugin_host {
namespace {

SubscribeResult to_result(const chat::SubscribeAnswer& answer) {
  switch (answer.kind) {
    case chat::SubscribeAnswer::Kind::granted:
      return {SubscribeResult::Kind::granted, answer.code};
    case chat::SubscribeAnswer::Kind::refused:
      return {SubscribeResult::Kind::refused, answer.code};
    case chat::SubscribeAnswer::Kind::silent:
      return {SubscribeResult::Kind::silent, 0};
    case chat::SubscribeAnswer::Kind::closed:
      break;
  }
  return {SubscribeResult::Kind::closed, 0};
}

/// The roster's one writer. It gives the roster back when the plugin lets it go, if the network is still
/// there.
class Writer final : public RosterWriter {
 public:
  explicit Writer(chat::Network& network) : network_(network) { network_.roster_kept = true; }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() override {
    network_.roster_kept = false;
    network_.roster.clear();
    network_.set_self_status(Status::online);
  }

  bool here(std::string_view name, How how) override {
    using Kind = chat::Roster::Report::Kind;
    return network_.roster.here(name, how == How::login ? Kind::login : Kind::active);
  }
  bool left(std::string_view name) override { return network_.roster.left(name); }
  bool status(std::string_view name, Status status) override {
    return network_.roster.set_status(name, status);
  }
  void set_self(Status status) override { network_.set_self_status(status); }
  void freeze() override { network_.roster.freeze(); }
  void drop_frozen() override { network_.roster.drop_frozen(); }
  void another_device() override { network_.messenger.own_devices().heard_of_another(); }

 private:
  chat::Network& network_;
};

}  // namespace

void NetworkView::publish(std::string_view topic, std::string_view payload, PublishOptions options,
                          std::function<void(const PublishResult&)> done) {
  transport::Publication publication;
  publication.topic = topic;
  publication.payload = payload;
  publication.qos = options.qos;
  publication.retain = options.retain;
  network_.session.publish(std::move(publication), host_.keep_until_done(std::move(done)));
}

Subscription NetworkView::subscribe(std::string_view filter, int qos, Phase phase,
                                    std::function<void(const SubscribeResult&)> on_result,
                                    std::function<void(const TopicMessage&)> on_message) {
  const auto when = phase == Phase::alone ? chat::Phase::alone : chat::Phase::before_login;
  using Handlers = HostForPlugin::Handlers;
  auto owned = std::make_shared<Handlers>(Handlers{std::move(on_result), std::move(on_message)});
  const std::weak_ptr<Handlers> handlers = owned;  // `this` is the host's, and so gone with them
  auto subscription = network_.session.subscriptions().add(
      std::string(filter), qos, when,
      [this, handlers](const chat::SubscribeAnswer& answer) {
        const auto kept = handlers.lock();
        if (!kept || !kept->on_result) return;
        host_.guard("a subscription's result", [&] { kept->on_result(to_result(answer)); });
      },
      [this, handlers](const transport::Incoming& incoming) {
        const auto kept = handlers.lock();
        if (!kept || !kept->on_message) return;
        const TopicMessage message{incoming.topic, incoming.payload, incoming.qos, incoming.retained};
        host_.guard("a subscription's message", [&] { kept->on_message(message); });
      });
  return host_.track(std::move(subscription), std::move(owned));
}

std::unique_ptr<RosterWriter> NetworkView::claim_roster() {
  if (network_.roster_kept) return nullptr;
  return std::make_unique<Writer>(network_);
}

void NetworkView::print(std::string_view sentence) {
  network_.print(chat::LineKind::info, base::safe_text(sentence));
}

}  // namespace gnatter::plugin_host

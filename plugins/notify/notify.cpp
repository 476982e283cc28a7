// SPDX-License-Identifier: GPL-3.0-or-later
// Tells the user of messages that are for nobody else: by the terminal's bell, its notifications, the
// desktop's, or a program (G3).

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "delivery.h"
#include "fold.h"
#include "gnatter/plugin.h"
#include "rules.h"
#include "settings.h"
#include "words.h"

namespace notify {

using namespace gnatter;

class Notify final : public Plugin {
 public:
  explicit Notify(Host& host)
      : host_(host),
        settings_(host, {[this] { read_rules(); }, [this] { read_pause(); },
                         [this] { delivery_.settings_changed(); }}),
        delivery_(host, settings_) {
    read_rules();
    read_pause();
    registrations_.push_back(host.on_message(Want{.scope = Scope::all, .direct = true, .group = true},
                                             [this](const MessageEvent& event) { hear(event); }));
    registrations_.push_back(
        host.add_command({"notify", {}, "[test]", "Says how you are told of messages, or tries it"},
                         [this](CommandCall& call) { run(call); }));
  }

 private:
  void read_rules() {
    rules_.windows = WindowPatterns(settings_.windows.get());
    rules_.expression = Expression(settings_.regex.get());
  }
  void read_pause() { fold_.set_pause(std::chrono::seconds(settings_.fold.get())); }

  /// Not while the user sees it anyway, or asks for quiet.
  bool may_disturb(NetworkId network, WindowId window) {
    const Network* const there = host_.network(network);
    return there && there->self_status() != Status::dnd && !host_.in_view(window);
  }

  void hear(const MessageEvent& event) {
    if (event.mine || event.automatic || !may_disturb(event.network.id(), event.window)) return;
    const std::string window = event.target.shown();
    const bool direct = event.target.kind == Target::Kind::user;
    if (!rules_.want({event.network.name(), window, direct, event.mentions_me, event.text})) return;
    Notice notice{std::string(event.sender),
                  window,
                  std::string(event.network.name()),
                  place(event, direct, window),
                  std::string(event.text),
                  event.kind == LineKind::action,
                  false};
    const NetworkId network = event.network.id();
    if (fold_.add({network, event.window, event.queued, notice}, Fold::Clock::now()))
      delivery_.tell(notice, network);
    else if (!timer_)
      wait(network);
  }

  /// No more than is needed: of one network its name is not said.
  std::string place(const MessageEvent& event, bool direct, const std::string& window) const {
    const bool several = host_.networks().size() > 1;
    const std::string network(event.network.name());
    if (direct) return several ? "on " + network : "";
    return "in " + (several ? network + '/' : "") + window;
  }

  void wait(NetworkId network) {
    if (!fold_.due()) return;
    const auto left = *fold_.due() - Fold::Clock::now();
    timer_ =
        host_.after(std::chrono::ceil<std::chrono::milliseconds>(left), [this, network] { end(network); });
  }

  void end(NetworkId network) {
    const auto now = Fold::Clock::now();
    timer_.reset();
    if (fold_.due() && now < *fold_.due()) return wait(network);
    const auto wanted = [this](NetworkId id, WindowId window) { return may_disturb(id, window); };
    if (const auto notice = fold_.take(now, wanted)) delivery_.tell(*notice, network);
  }

  void run(CommandCall& call) {
    if (call.arguments() == "test") return delivery_.test(call);
    if (!call.arguments().empty()) return call.refuse("Usage: /notify or /notify test");
    std::string told = "You are told of direct messages and mentions";
    if (!settings_.regex.get().empty()) told += ", and of what /" + settings_.regex.get() + "/ finds";
    if (!settings_.windows.get().empty()) told += ", and as notify.windows says: " + settings_.windows.get();
    call.print(told + '.');
    const auto on = delivery_.on(), off = delivery_.off();
    call.print("By: " + (on.empty() ? "nothing" : enumerated(on)) +
               (off.empty() ? "" : ". Not by: " + enumerated(off)) + '.');
    for (const NetworkId id : host_.networks())
      if (const Network* const network = host_.network(id); network->self_status() == Status::dnd)
        call.print("Nothing of " + std::string(network->name()) +
                   " while you are DO NOT DISTURB; /back ends that.");
    call.print("/notify test tries what is on, /set notify lists what can be set.");
  }

  Host& host_;
  Rules rules_;
  Fold fold_{std::chrono::seconds(10)};
  Settings settings_;
  Delivery delivery_;
  Subscription timer_;
  std::vector<Subscription> registrations_;
};

}  // namespace notify

GNATTER_PLUGIN(notify::Notify, "notify", "1.0", "bell, terminal and desktop tell of messages")

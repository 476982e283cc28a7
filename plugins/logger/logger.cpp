// SPDX-License-Identifier: GPL-3.0-or-later
// Writes conversations to files, shows what they said before, and searches them.

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "buffer_patterns.h"
#include "conversation_log.h"
#include "gnatter/plugin.h"
#include "lastlog.h"

namespace logger {

using namespace gnatter;

/// The plugin: what is logged, by the settings, and the logs by network and conversation.
class Logger final : public Plugin {
 public:
  explicit Logger(Host& host)
      : host_(host),
        root_(host.directories().state / "logs"),
        buffers_(host, "buffers", "*",
                 "which conversations are logged: *, bob, home/#dev, !#noise, with commas"),
        layout_(host, layout_row()),
        presence_(host, "presence", true, "whether it is logged who comes, goes and is away"),
        utc_(host, "utc", false, "whether times are in UTC; else they are local"),
        trouble_(host, root_),
        lastlog_(host, root_,
                 [this](Network& network, const Target& target) { return place(network, target); }) {
    registrations_.push_back(host.on_line([this](const LineEvent& event) { on_line(event); }));
    registrations_.push_back(
        host.add_history([this](const HistoryRequest& request) { return on_history(request); }));
  }

 private:
  static SettingRow layout_row() {
    std::string names;
    for (const auto name : layout_names) names += (names.empty() ? "" : ", ") + std::string(name);
    SettingRow row{"layout", std::string(layout_names.front()), "how logs are divided into files: " + names};
    row.check = [names](const SettingValue& value) {
      return layout_of(std::get<std::string>(value)) ? std::string() : "It is one of " + names + '.';
    };
    return row;
  }

  [[nodiscard]] Place place(const Network& network, const Target& target) const {
    return {root_, std::string(network.name()), target, layout_of(layout_.get()).value_or(Layout::one)};
  }
  [[nodiscard]] Zone zone() const { return utc_.get() ? Zone::utc : Zone::local; }

  ConversationLog& log(const Network& network, const Target& target) {
    auto& log = logs_[{network.id(), target.shown()}];
    if (!log) log = std::make_unique<ConversationLog>(host_, trouble_);
    return *log;
  }

  void on_line(const LineEvent& event) {
    // Sentences of the client are for who sits there; trouble belongs to the conversation: a line was not
    // sent.
    if (event.kind == LineKind::info || (event.kind == LineKind::presence && !presence_.get())) return;
    if (!takes_in(buffers_.get(), event.network.name(), event.target.shown())) return;
    log(event.network, event.target).write(event, place(event.network, event.target), zone());
  }

  std::vector<Line> on_history(const HistoryRequest& request) {
    return log(request.network, request.target).history(request, place(request.network, request.target));
  }

  Host& host_;
  const std::filesystem::path root_;
  Setting<std::string> buffers_;
  Setting<std::string> layout_;
  Setting<bool> presence_;
  Setting<bool> utc_;
  LogTrouble trouble_;
  std::map<std::pair<NetworkId, std::string>, std::unique_ptr<ConversationLog>> logs_;
  Lastlog lastlog_;
  std::vector<Subscription> registrations_;
};

}  // namespace logger

GNATTER_PLUGIN(logger::Logger, "logger", "1.0", "conversations in files")

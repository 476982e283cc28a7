// SPDX-License-Identifier: GPL-3.0-or-later
// Commands and settings of plugins.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/user_error.h"
#include "plugin_host/host.h"

namespace gnatter::plugin_host {
namespace {

class CallView final : public CommandCall {
 public:
  CallView(const chat::CommandCall& call, Services& services, Network& network)
      : call_(call), services_(services), network_(network) {}
  std::string_view arguments() const override { return call_.arguments; }
  void print(std::string_view sentence) override { call_.print(base::safe_text(sentence)); }
  void refuse(std::string_view sentence) override { refusal_ = base::safe_text(sentence); }
  Network& network() override { return network_; }
  WindowId window() const override { return services_.id_of(call_.window); }
  std::optional<Target> target() const override { return Services::target_of(call_.network, call_.window); }
  void show(WindowId window) override {
    if (chat::Buffer* const buffer = services_.window(window)) call_.client.buffers.show(*buffer);
  }
  [[nodiscard]] const std::string& refusal() const { return refusal_; }

 private:
  const chat::CommandCall& call_;
  Services& services_;
  Network& network_;
  std::string refusal_;
};

bool is_setting_name(std::string_view name) {
  return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == name.npos;
}

}  // namespace

Subscription HostForPlugin::add_command(CommandRow row, std::function<void(CommandCall&)> function) {
  chat::Command command{
      std::move(row.name),
      std::move(row.aliases),
      std::move(row.usage),
      std::move(row.summary),
      false,
      [this, function = std::move(function)](chat::CommandCall& call) { run_command(function, call); }};
  Subscription registration = client_.commands.add(std::move(command), false);
  return registration ? track(std::move(registration)) : Subscription();
}

void HostForPlugin::run_command(const std::function<void(CommandCall&)>& function, chat::CommandCall& call) {
  if (guard_.switched_off())
    throw base::UserError("Plugin " + guard_.plugin() + " is switched off. /plugin reload " +
                          guard_.plugin() + " starts it again.");
  CallView view(call, services_, *views_.at(call.network.id()));
  guard("a command", [&] { function(view); });
  if (!view.refusal().empty()) throw base::UserError(view.refusal());
}

namespace {

/// Settings of plugins are no lists.
SettingValue for_plugin(const chat::Settings::Value& value) {
  if (const bool* const on = std::get_if<bool>(&value)) return *on;
  if (const auto* const number = std::get_if<std::int64_t>(&value)) return *number;
  return std::get<std::string>(value);
}

chat::Settings::Value of_plugin(SettingValue value) {
  return std::visit([](auto& held) { return chat::Settings::Value(std::move(held)); }, value);
}

}  // namespace

/// The value is kept where the plugin's Setting looks; what the plugin was told to do with it stays here.
std::shared_ptr<const SettingValue> HostForPlugin::add_setting(SettingRow row) {
  if (!is_setting_name(row.name)) return nullptr;
  const std::string name = guard_.plugin() + '.' + row.name;
  auto value = std::make_shared<SettingValue>(row.initial);
  chat::Settings::Row added{name, of_plugin(std::move(row.initial)), base::safe_text(row.summary)};
  if (row.check)
    added.check = [this, check = std::move(row.check)](const chat::Settings::Value& wanted) {
      std::string wrong;
      const SettingValue value_of = for_plugin(wanted);
      const bool checked = guard("a setting's check", [&] { wrong = base::safe_text(check(value_of)); });
      return checked ? wrong : "Plugin " + guard_.plugin() + " cannot check it now.";
    };
  added.changed = [this, name, value, changed = std::move(row.changed)] {
    *value = for_plugin(client_.settings.value(name));
    if (changed) guard("a setting's change", changed);
  };
  Subscription registration = client_.settings.add(std::move(added));
  if (!registration) return nullptr;
  *value = for_plugin(client_.settings.value(name));
  settings_.push_back(std::move(registration));
  return value;
}

}  // namespace gnatter::plugin_host

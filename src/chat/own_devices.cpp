// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/own_devices.h"

#include <utility>

#include "chat/network.h"
#include "protocol/topic.h"

namespace gnatter::chat {
namespace {

constexpr const char* two_devices =
    "You are here with another device too. Both get everything; what you read on one stays new on the other. "
    "Your status is one for both.";

std::string no_copies(const std::string& network) {
  return "But what you write to one person stays on the device where you write it: " + network +
         " does not hand it to your others. In mosquitto a line of its ACL would: pattern read "
         "/chat/user/+/message/%u";
}

}  // namespace

/// Alone: a broker may close the line at it, and must not be asked again then.
void OwnDevices::set_user(const std::string& user) {
  filter_ = session_.subscriptions().add(protocol::own_message_filter(user), protocol::qos_user_message,
                                         Phase::alone,
                                         [this](const SubscribeAnswer& answer) {
                                           const bool granted = answer.kind == SubscribeAnswer::Kind::granted;
                                           if (granted && copies_ == Copies::refused)
                                             copies_ = Copies::hoped_for;
                                           if (!granted) copies_ = Copies::refused;
                                           tell();
                                         },
                                         {});
}

void OwnDevices::start_anew() {
  copies_ = Copies::hoped_for;
  is_another_ = told_ = missing_told_ = false;
}

void OwnDevices::copy_missing() {
  if (copies_ == Copies::hoped_for) copies_ = Copies::missing;
  tell();
}

void OwnDevices::heard_of_another() {
  is_another_ = true;
  tell();
}

void OwnDevices::tell() {
  if (!is_another_) return;
  if (!std::exchange(told_, true)) network_.print(LineKind::info, two_devices);
  const bool missing = copies_ == Copies::missing || copies_ == Copies::refused;
  if (missing && !std::exchange(missing_told_, true))
    network_.print(LineKind::info, no_copies(network_.name()));
}

}  // namespace gnatter::chat

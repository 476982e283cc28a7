// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "chat/session.h"
#include "gnatter/subscription.h"

namespace gnatter::chat {

class Network;

/// The other devices of the user on one network (X5): whether there is one, and whether what is sent to one
/// person on one of them is handed to the others. One thread.
class OwnDevices {
 public:
  OwnDevices(Network& network, Session& session) : network_(network), session_(session) {}

  /// Subscribes what `user` sends to one person, from any device; again for another user.
  void set_user(const std::string& user);
  /// Another account: nothing is known, and nothing has been told.
  void start_anew();

  /// Whether a copy of an own line to one person may come, our own lines' too.
  [[nodiscard]] bool may_get_copies() const { return copies_ != Copies::refused; }
  /// One came: they are handed out.
  void copy_came() { copies_ = Copies::come; }
  /// The broker has an own line to one person, but no copy of it has come.
  void copy_missing();

  /// Another device of the user was heard of: it is told, once.
  void heard_of_another();

 private:
  enum class Copies {
    hoped_for,  ///< mosquitto grants every filter, and then says nothing where its ACL says no
    come,
    missing,  ///< granted, perhaps
    refused,
  };
  void tell();

  Network& network_;
  Session& session_;
  Copies copies_ = Copies::hoped_for;
  bool is_another_ = false;
  bool told_ = false;          // that there is another device
  bool missing_told_ = false;  // that no copies come
  Subscription filter_;
};

}  // namespace gnatter::chat

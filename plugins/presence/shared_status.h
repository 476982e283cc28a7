// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <functional>
#include <optional>

#include "gnatter/plugin.h"

namespace presence {

/// One status for all devices of a user: what was said last under the own name, in the order in which the
/// broker handed it on, holds on each of them. Only who has just come gives way to who was there before: its
/// status is that of its start, and nobody has typed it. A device that follows says nothing, so none answers
/// another for ever.
class SharedStatus {
 public:
  struct Calls {
    std::function<void(gnatter::Status)> follow;  ///< another device has said this
    std::function<void()> repeat;                 ///< another one has come, and does not know ours
  };
  SharedStatus(gnatter::Host& host, Calls calls) : host_(host), calls_(std::move(calls)) {}

  void logged_in();
  /// The line is gone, or going.
  void off();
  /// Somebody has typed it here, and is no newcomer to give way.
  void chosen();
  /// We have said so; it comes back, or not.
  void published(gnatter::Status status);
  /// Somebody has said so under our name; ours is `own`.
  void heard(gnatter::Status status, gnatter::Status own);
  /// Another device has logged in.
  void another_came();

 private:
  void decide();

  gnatter::Host& host_;
  const Calls calls_;
  std::deque<gnatter::Status> awaited_;  // said here, and not come back yet
  std::optional<gnatter::Status> last_;  // that came, from whomever
  gnatter::Status own_ = gnatter::Status::online;
  bool settled_ = false;  // logged in for a while, or the status was typed
  gnatter::Subscription settle_, decision_, give_up_, newcomer_;
};

}  // namespace presence

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "departures.h"
#include "gnatter/plugin.h"
#include "own_echoes.h"
#include "shared_status.h"

namespace presence {

/// The presence protocol (P1 to P4) on one network. Destroyed before the network is.
class NetworkPresence {
 public:
  NetworkPresence(gnatter::Host& host, gnatter::Network& network);

  /// Sets the Will: the logout that the broker publishes when the line is lost (P10).
  void connecting(gnatter::ConnectPlan& plan);
  /// Every SUBACK is there: logs in (P9), tells the status (P4).
  void ready(bool session_present);
  /// The line was lost: who is here is known as of now.
  void off();
  /// Logs out; the hold goes when the broker has it and the topics are unsubscribed.
  void leaving(gnatter::Hold hold);
  void set_status(gnatter::Status status);
  /// One for all devices of the user: another one may have set it.
  [[nodiscard]] gnatter::Status status() const { return status_; }
  [[nodiscard]] const std::string& status_since() const { return since_; }  ///< "10:31", local

 private:
  void subscribe();
  void tell_refusal(const gnatter::SubscribeResult& result);
  void on_login(const gnatter::TopicMessage& message);
  void on_logout(const gnatter::TopicMessage& message);
  void on_active(const gnatter::TopicMessage& message);
  void on_status(const gnatter::TopicMessage& message);
  void another_logged_in();
  void another_is_here();
  void follow(gnatter::Status status);
  void publish_active();
  void publish_status();
  void contradict_logout();
  void tell_own_logout();

  gnatter::Host& host_;
  gnatter::Network& network_;
  std::string user_;
  gnatter::Status status_ = gnatter::Status::online;
  std::string since_;       // when that was set
  bool logged_in_ = false;  // the login is on its way, or there
  bool announced_ = false;  // it is there: statuses may follow (P4)
  bool refusal_told_ = false;
  int answers_out_ = 0;       // actives published and not acknowledged
  bool answer_owed_ = false;  // more logins came than are answered at a time
  std::vector<gnatter::Subscription> topics_;
  std::vector<gnatter::Hold> holds_;  // while the logout is on its way
  gnatter::Subscription drop_missing_;
  gnatter::Subscription contradiction_;  // of a logout in one's own name: on its way
  gnatter::Subscription others_turn_;    // after it, to contradict as well
  gnatter::Subscription logout_told_;    // the own one, within the last minute
  OwnEchoes logins_, actives_;
  SharedStatus shared_status_;
  Departures departures_;
  bool another_ = false;                // device of the user is here, as far as is known
  bool heard_of_another_ = false;       // since the own logout that is being answered
  gnatter::Subscription answered_own_;  // another device's login, within the last minute
  std::unique_ptr<gnatter::RosterWriter> roster_;
};

}  // namespace presence

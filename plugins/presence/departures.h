// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "gnatter/plugin.h"

namespace presence {

/// Who may be here with several devices: the logout of one is believed only once no other one has
/// contradicted it (P2a), which it does after a second. So nobody who is still here is lost from the roster
/// meanwhile. A name is taken for one with several devices when it logs in twice, or answers one login twice.
class Departures {
 public:
  using Left = std::function<void(const std::string& name)>;
  Departures(gnatter::Host& host, Left left) : host_(host), left_(std::move(left)) {}

  /// We log in: everybody answers, once for each device.
  void own_login();
  void login(std::string_view name);
  void active(std::string_view name);
  /// False: to be believed at once. Else `left` is called, if nothing contradicts it.
  bool holds_back(std::string_view name);
  /// The line is gone: nothing more can be said of anybody.
  void clear() { people_.clear(); }

 private:
  struct Person {
    bool several = false;
    int answers = 0;  // to our login
    gnatter::Subscription leaving;
  };
  Person& person(std::string_view name);

  gnatter::Host& host_;
  const Left left_;
  bool counting_ = false;
  gnatter::Subscription counting_ends_;
  std::map<std::string, Person, std::less<>> people_;  // who is here
};

}  // namespace presence

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>
#include <vector>

#include "children.h"
#include "gnatter/host.h"
#include "notice.h"
#include "settings.h"

namespace notify {

/// Brings notices to the user by the ways that are on. Trouble with one is told in the network's window, once
/// until that way works again or its setting changes.
class Delivery {
 public:
  Delivery(gnatter::Host& host, const Settings& settings);

  void tell(const Notice& notice, gnatter::NetworkId network);
  /// Sends one by each way and says for each what was done: at once in the window of the call, of programs
  /// when they have ended in the network's.
  void test(gnatter::CommandCall& call);
  void settings_changed();

  /// The ways that are on, and those that are not, by the names of their settings.
  std::vector<std::string> on() const { return ways(true); }
  std::vector<std::string> off() const { return ways(false); }

 private:
  std::vector<std::string> ways(bool on) const;
  void test_terminal(gnatter::CommandCall& call, const Notice& notice);
  void test_program(gnatter::CommandCall& call, const std::string& way, gnatter::ChildPlan plan);
  void ask_tmux(gnatter::NetworkId network, bool always_answer);
  void on_desktop_end(gnatter::NetworkId network, const gnatter::ChildEnd& end);
  void on_command_end(gnatter::NetworkId network, const gnatter::ChildEnd& end);
  void print(gnatter::NetworkId network, const std::string& sentence);
  void print_once(gnatter::NetworkId network, const std::string& way, const std::string& sentence);

  gnatter::Host& host_;
  const Settings& settings_;
  bool desktop_missing_ = false;  // there is no such program: not tried again by itself
  bool tmux_asked_ = false;
  std::set<std::string> told_;  // of these ways the trouble
  Children children_;
};

/// How a program ended: "ended with 1: complaint"; empty: well.
std::string trouble(const gnatter::ChildEnd& end);

}  // namespace notify

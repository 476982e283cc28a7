// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "support/environment.h"
#include "support/plugin_fixture.h"

namespace gnatter::testing {

using Texts = std::vector<std::string>;

/// The notify plugin, as the host loads it, before a terminal that remembers: alice is in #dev, and nobody
/// knows whether her terminal has the focus. No tmux is about.
struct NotifyFixture : PluginFixture {
  Variable no_tmux{"TMUX", std::nullopt};
  std::size_t rung = 0;
  Texts commanded;  ///< bodies of OSCs

  NotifyFixture() {
    client.attention.ring = [this] { ++rung; };
    client.attention.command_terminal = [this](std::string_view body) { commanded.emplace_back(body); };
    plugins.load("notify");
    connect();
    type("/join #dev");
    accept_subscribes();
    client.buffers.show(network.window());
  }

  void set(std::string_view name, std::string_view value) {
    client.settings.set("notify." + std::string(name), value);
  }
  /// Each message by itself.
  void no_folding() { set("fold", "0"); }
  /// The program of notify.command alone tells; `script` is sh's.
  void tell_by(const std::string& script) {
    no_folding();
    set("bell", "false");
    set("osc9", "false");
    set("command", "sh -c '" + script + "' tell-me");
  }
  void say(const std::string& sender, const std::string& text) {
    receive("/chat/user/alice/message/" + sender, text);
  }
  void say_in(const std::string& group, const std::string& sender, const std::string& text) {
    receive("/chat/group/" + group + "/message/" + sender, text);
  }
  /// A message that the broker has retained.
  void keep(const std::string& sender, const std::string& text) {
    receive("/chat/user/alice/message/" + sender, text, {}, true);
  }
  bool comes(std::string_view words, std::size_t times = 1) {
    return run_until(
        loop, [&] { return told(words) == times; }, std::chrono::seconds(5));
  }
  std::string file(const std::string& name) { return (directory.path() / name).string(); }
  bool file_has(const std::string& name, const std::string& content) {
    return run_until(
        loop, [&] { return bytes_of(file(name)) == content; }, std::chrono::seconds(5));
  }
};

}  // namespace gnatter::testing

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "support/plugin_fixture.h"

namespace gnatter::testing {

using Texts = std::vector<std::string>;

/// The presence plugin, as the host loads it, on a line that the test plays.
struct PresenceFixture : PluginFixture {
  PresenceFixture() { plugins.load("presence"); }

  /// Connected, and the login acknowledged; what is published next is what sent() tells.
  void log_in(int mqtt_version = 5) {
    connect(mqtt_version);
    connection->accept_all();
    connection->accept_all();
    sent();
  }
  /// What was published since the last look: "topic payload".
  Texts sent() {
    const std::size_t from = std::exchange(looked_, connection->publishes.size());
    return published(from);
  }
  /// Whether something more is published: P2a's answer, which comes after a second.
  bool contradicted() {
    return run_until(
        loop, [this] { return connection->publishes.size() > looked_; }, std::chrono::seconds(3));
  }
  Texts here() {
    Texts names;
    for (const auto& [name, entry] : network.roster.entries()) {
      names.push_back(name);
      if (entry.status) names.back() += ' ' + std::string(to_payload(*entry.status));
      if (entry.frozen) names.back() += " (frozen)";
    }
    return names;
  }
  void come_back() {
    const std::size_t before = connection->opens.size();
    BOOST_REQUIRE(run_until(loop, [&] { return connection->opens.size() > before; }));
    become_ready();
  }

 private:
  std::size_t looked_ = 0;
};

inline const Texts active{"/chat/active alice"};

}  // namespace gnatter::testing

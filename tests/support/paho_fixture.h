// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "base/event_loop.h"
#include "support/run_until.h"
#include "support/watched_connection.h"
#include "transport/packets.h"
#include "transport/paho/worker.h"

namespace gnatter::testing {

struct PahoFixture {
  base::EventLoop loop;
  transport::Worker worker;

  bool until(const std::function<bool()>& predicate,
             std::chrono::milliseconds limit = std::chrono::seconds(10)) {
    return run_until(loop, predicate, limit);
  }

  static transport::ConnectPlan plan(std::uint16_t port, const std::string& user = "alice") {
    transport::ConnectPlan plan;
    plan.host = "127.0.0.1";
    plan.port = port;
    plan.user = user;
    plan.client_id = "test-" + user;
    return plan;
  }

  /// Whether it is open in the end.
  bool open(WatchedConnection& watched, const transport::ConnectPlan& with) {
    watched.opened.reset();
    watched.failed.reset();
    watched.lost.reset();
    watched.connection->open(with);
    until([&] { return watched.opened || watched.failed; });
    if (watched.failed)
      BOOST_TEST_MESSAGE("failed: " << static_cast<int>(watched.failed->reason) << " " << watched.failed->code
                                    << " " << watched.failed->detail);
    return watched.opened.has_value();
  }
  bool close(WatchedConnection& watched, bool keep_session = false) {
    const int before = watched.closed;
    watched.connection->close(keep_session);
    return until([&] { return watched.closed > before; });
  }
  /// Subscribes and waits for the SUBACK; whether it was granted.
  bool subscribe(WatchedConnection& watched, const std::string& filter, int qos) {
    const auto before = watched.outcomes.size();
    watched.subscribe(filter, qos);
    return until([&] { return watched.outcomes.size() > before; }) &&
           watched.outcomes.back().kind == transport::Outcome::Kind::accepted;
  }
};

}  // namespace gnatter::testing

// SPDX-License-Identifier: GPL-3.0-or-later
// Its constructor registers everything and then throws an exception of its own.

#include <stdexcept>

#include "gnatter/plugin.h"

namespace {

using namespace gnatter;

class NoConfiguration : public std::runtime_error {
 public:
  NoConfiguration() : std::runtime_error("there is no \x1b[2Jconfiguration") {}
};

class Failing final : public Plugin {
 public:
  explicit Failing(Host& host)
      : command_(host.add_command({"failing", {}, "", "Never runs"}, [](CommandCall&) {})),
        ready_(host.on_ready([](Network& network, bool) { network.print("failing: ready"); })),
        timer_(host.after(std::chrono::milliseconds(1), [&host] { host.networks(); })) {
    for (NetworkId id : host.networks())
      filter_ = host.network(id)->subscribe("/failing", 0, Phase::before_login, {}, {});
    throw NoConfiguration();
  }

 private:
  Subscription command_, ready_, timer_, filter_;
};

}  // namespace

GNATTER_PLUGIN(Failing, "failing", "1.0", "does not start")

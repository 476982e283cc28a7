// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/options.h"

namespace gnatter::app {

const std::vector<OptionRow>& option_rows() {
  static const std::vector<OptionRow> rows{
      {"password", 'P', "PASSWORD", "your password; wiped from the process list at once", false},
      {"network", 0, "NAME", "connects this network of the file alone", false},
      {"local", 0, nullptr, "a private broker on this machine, started when it does not run", false},
      {"set", 0, "NAME=VALUE", "sets anything for this run, like /set; may be repeated", true},
      {"config", 0, "FILE", "the configuration ($XDG_CONFIG_HOME/gnatter/gnatter.toml)", false},
      {"print-config", 0, nullptr, "prints a configuration with all there is to set, and ends", false},
      {"headless", 0, nullptr, "no screen: commands and messages in, events out, a line each", false},
      {"stay", 0, nullptr, "headless: goes on after the end of the input", false},
      {"help", 0, nullptr, "prints this and ends", false},
      {"version", 0, nullptr, "prints the version and ends", false},
  };
  return rows;
}

}  // namespace gnatter::app

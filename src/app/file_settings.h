// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/options.h"
#include "chat/client.h"

namespace gnatter::app {

/// Gives the client what the configuration file says of settings, and tells in its first network's window
/// what is wrong with it. One thread.
class FileSettings {
 public:
  /// The client has a network.
  FileSettings(chat::Client& client, const std::vector<chat::Settings::Given>& settings);

  /// Tells of each name that is in the table of one of `loaded` and that nobody has added. A plugin that is
  /// not loaded may have added it: its table is left alone.
  void tell_unknown(const std::set<std::string>& loaded) const;

 private:
  void tell(const std::string& sentence) const;

  chat::Client& client_;
  Subscription complaints_;
};

}  // namespace gnatter::app

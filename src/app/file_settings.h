// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "chat/client.h"
#include "chat/settings.h"

namespace gnatter::app {

/// Gives the client what the configuration file says of settings, and tells in its first network's window
/// what is wrong with it. One thread.
class FileSettings {
 public:
  /// The client has a network.
  FileSettings(chat::Client& client, const std::vector<chat::Settings::Given>& settings);

  /// Tells of each name that is in the table of one of `loaded` and that nobody has added, and of each table
  /// that is no plugin's. One that is not loaded may have added it: where `is_there` knows its name, its
  /// table is left alone.
  void tell_unknown(const std::set<std::string>& loaded,
                    const std::function<bool(const std::string& plugin)>& is_there) const;

 private:
  void tell(const std::string& sentence) const;

  chat::Client& client_;
  Subscription complaints_;
};

}  // namespace gnatter::app

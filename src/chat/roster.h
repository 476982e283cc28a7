// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/signal.h"
#include "base/time_text.h"
#include "gnatter/protocol.h"

namespace gnatter::chat {

/// Who is here on one network, and how. One writer (the presence plugin); the rest of the client reads. Names
/// are checked here (P11): what is not allowed is dropped and counted. One thread.
class Roster {
 public:
  struct Entry {
    std::optional<protocol::Status> status;  ///< unknown until told
    base::Time since{};                      ///< here, or in this status, since
    bool frozen = false;                     ///< as of the time when the line was lost
    std::optional<base::Time> answered;      ///< a login with its active, then
  };

  /// What was told of somebody. `news`: it changed what the roster says.
  struct Report {
    enum class Kind { login, active, logout, status };
    Kind kind;
    std::string_view name;
    std::optional<protocol::Status> status;
    bool news;
  };

  /// False: the name is not allowed. A status from somebody not known to be here brings the name in: the
  /// broker's access list guards that topic, not the login.
  bool here(std::string_view name, Report::Kind how);
  bool left(std::string_view name);
  /// A message came from there: whoever writes is here, whatever was announced. Not reported: the message
  /// tells it.
  void wrote(std::string_view name);
  bool set_status(std::string_view name, protocol::Status status);
  void freeze();
  void drop_frozen();
  void clear();

  /// As to be shown. Who is ONLINE answers a login with nothing but the active (P4): so that is what somebody
  /// is who has answered and told nothing else within two seconds, on a network where statuses are told at
  /// all.
  [[nodiscard]] std::optional<protocol::Status> shown_status(const Entry& entry, base::Time now) const;

  /// By name, in byte order.
  [[nodiscard]] const std::map<std::string, Entry, std::less<>>& entries() const { return entries_; }

  /// Somebody else's (or one's own) presence was told.
  base::Signal<const Report&> reported;
  /// Reports of names that are not allowed.
  base::Signal<> dropped;

 private:
  bool allowed(std::string_view name);
  bool tells_statuses_ = false;  // one has been received, if only our own
  std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace gnatter::chat

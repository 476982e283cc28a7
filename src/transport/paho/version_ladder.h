// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace gnatter::transport {

/// Which MQTT version the next try of an attempt speaks: 5, or 4 as 3.1.1 calls itself. Pure.
///
/// A step down to 3.1.1 costs the session that the broker keeps. So a server that has lately spoken 5 is
/// believed only when it says itself that it does not: one that closes or stays silent is on its way down or
/// up, or is a relay before a broker that is.
class VersionLadder {
 public:
  VersionLadder() = default;
  /// `known`: this server has lately spoken `version`.
  explicit VersionLadder(int version, bool known = false) : version_(version), known_(known) {}

  [[nodiscard]] int version() const { return version_; }

  // Each of these takes what the server did, and says whether there is a further try.

  /// Said that it does not know MQTT 5: 3.1.1, unless that was it.
  [[nodiscard]] bool refused_version() {
    if (version_ != 5) return false;
    version_ = 4;
    return true;
  }

  /// Closed after CONNECT, as servers without MQTT 5 may.
  [[nodiscard]] bool closed() { return !known_ && refused_version(); }

  /// Stayed silent: the same again, since a packet may have been lost; then 3.1.1, since there are servers
  /// that swallow a CONNECT of MQTT 5.
  [[nodiscard]] bool silent() { return ++silences_ == 1 || (silences_ == 2 && closed()); }

 private:
  int version_ = 5;
  bool known_ = false;
  int silences_ = 0;
};

}  // namespace gnatter::transport

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace gnatter::transport {

/// Which MQTT version the next try of an attempt speaks: 5, or 4 as 3.1.1 calls itself. Pure.
class VersionLadder {
 public:
  explicit VersionLadder(int first = 5) : version_(first) {}

  [[nodiscard]] int version() const { return version_; }

  /// The server does not know MQTT 5: 3.1.1 next. False when that has been tried.
  [[nodiscard]] bool step_down() {
    if (version_ != 5) return false;
    version_ = 4;
    return true;
  }

  /// The server stayed silent: the same again, since a packet may have been lost; then 3.1.1, since there are
  /// servers that swallow a CONNECT of MQTT 5. False when all that has been tried.
  [[nodiscard]] bool again() { return ++silences_ == 1 || (silences_ == 2 && step_down()); }

 private:
  int version_;
  int silences_ = 0;
};

}  // namespace gnatter::transport

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace presence {

/// Announcements of one kind in one's own name: the broker hands back those that were made here, and what
/// comes beyond them was made on another device, or by somebody else.
class OwnEchoes {
 public:
  void sent() { ++awaited_; }
  /// The broker did not take one.
  void refused() { take(); }
  /// Whether one that has come was made here.
  bool take() { return awaited_ > 0 && awaited_-- > 0; }
  void clear() { awaited_ = 0; }

 private:
  int awaited_ = 0;
};

}  // namespace presence

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace notify {

/// What is told: one message, or how many there were. Texts are safe to show, but may have newlines and any
/// length.
struct Notice {
  std::string sender;   ///< empty: several people
  std::string window;   ///< "#dev", "bob"; empty: several
  std::string network;  ///< empty: several
  std::string place;  ///< behind the sender, no more than is needed: "", "in #dev", "in work/#dev", "on work"
  std::string text;   ///< what was said, or "5 messages from bob, carol and eve"
  bool action = false;
  bool summary = false;  ///< the text is nobody's

  std::string title() const {
    if (summary) return "gnatter";
    return place.empty() ? sender : sender + ' ' + place;
  }
  std::string body() const { return action ? "* " + sender + ' ' + text : text; }
};

}  // namespace notify

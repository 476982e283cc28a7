// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "chat/buffer.h"

namespace gnatter::chat {

/// What the front end knows of the person before it, and how it gets that person's attention. Kept by a
/// front end with a screen; without one nobody looks, and nothing rings. One thread.
struct Attention {
  const Buffer* window = nullptr;  ///< the one that is shown
  bool newest = false;             ///< its newest line is in view
  std::optional<bool>
      focused;  ///< the terminal has the focus; unknown where it does not say (tmux's default)

  /// Whether somebody can be taken to see what comes in there (G3: unknown focus counts as none).
  [[nodiscard]] bool sees(const Buffer& buffer) const {
    return &buffer == window && newest && focused.value_or(false);
  }

  std::function<void()> ring;  ///< the terminal's bell; empty: there is no terminal
  /// An operating system command (OSC) with this body, `9;text` or `777;notify;title;text`, through tmux and
  /// screen when inside one. Control characters in it are taken out. Empty: there is no terminal, or one that
  /// takes no commands (the Linux console).
  std::function<void(std::string_view body)> command_terminal;
};

}  // namespace gnatter::chat

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "ui/canvas.h"

namespace gnatter::ui {

/// What the screen is shown on. The one implementation is NcursesTerminal; tests have their own.
class Terminal {
 public:
  virtual ~Terminal() = default;
  /// As it is now.
  [[nodiscard]] virtual Size size() const = 0;
  /// Shows the canvas; writes only what differs from what it showed last.
  virtual void draw(const Canvas& canvas) = 0;
  /// What is shown is not known any more (Ctrl-L, another size): the next draw() writes everything.
  virtual void forget() = 0;
  /// The terminal's title: safe text.
  virtual void set_title(std::string_view title) = 0;
  /// The bell. Between frames, as send() is.
  virtual void ring() = 0;
  /// Bytes that the terminal acts on without showing anything or moving its cursor (terminal_command()).
  virtual void send(std::string_view escape) = 0;
  /// Gives the terminal back and stops the process (Ctrl-Z); returns when it is continued.
  virtual void suspend() = 0;
  /// Somebody else had the terminal (the process was stopped and continued): takes it again.
  virtual void resume() = 0;
};

}  // namespace gnatter::ui

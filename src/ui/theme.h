// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style.h"

namespace gnatter::ui {

/// How a cell looks: palette numbers, -1 for the terminal's own colour.
struct Look {
  int foreground = -1;
  int background = -1;
  bool bold = false;
  bool underline = false;
  bool reverse = false;
  bool dim = false;
  bool operator==(const Look&) const = default;
};

/// On a terminal of so many colours (0: none, 8, 256 and more); readable on dark and on light backgrounds.
Look look_of(Style style, int colours);

}  // namespace gnatter::ui

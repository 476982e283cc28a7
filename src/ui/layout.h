// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/canvas.h"

namespace gnatter::ui {

/// How a line of a conversation is divided: `margin`, time and mark, sender, the bar with a blank at either
/// side, text.
struct Columns {
  int margin = 0;
  int time = 6;  ///< HH:MM and the mark
  int sender = 9;
  bool compact = false;  ///< "HH:MM name: text", wrapped under column 7
  bool operator==(const Columns&) const = default;
};

/// What the layout depends on.
struct LayoutNeeds {
  bool window_list = false;    ///< there is more than one window, and it is not switched off
  bool roster = false;         ///< there has been a connection, and it is not switched off
  int input_rows = 1;          ///< as many as the input would like; it gets a third of the screen at most
  bool list_forced = false;    ///< on screens that are not wide, too; the roster gives way where it must
  bool roster_forced = false;  ///< its row on the lowest screens, too
};

/// Where everything stands; an empty rectangle: not there.
struct Layout {
  Rectangle title, windows, messages, roster, status, input;
  /// The columns of the lines between the side columns.
  int left_line = -1, right_line = -1;
  /// Compact: the roster is one row under the title; too low for that: a count in the title.
  bool roster_row = false, roster_in_title = false;
  Columns columns;
};

/// The smallest screen that is drawn on: 20 columns, 4 rows (C9).
inline constexpr Size smallest_screen{20, 4};

/// Of a screen of at least smallest_screen.
Layout lay_out(Size screen, const LayoutNeeds& needs);

}  // namespace gnatter::ui

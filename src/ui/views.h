// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "ui/canvas.h"
#include "ui/conversation.h"
#include "ui/frame.h"
#include "ui/glyphs.h"
#include "ui/layout.h"

/// One function a view: it fills `area` and touches no cell beside it. Pure; a view has a file of its own.
namespace gnatter::ui {

void draw_title(Canvas& canvas, const Rectangle& area, const TitleContent& title, const Glyphs& glyphs);
void draw_status(Canvas& canvas, const Rectangle& area, const StatusContent& status, const Glyphs& glyphs);
/// `layout.roster` as a column or, compact, as a row.
void draw_roster(Canvas& canvas, const Layout& layout, const RosterContent& roster, const Glyphs& glyphs);
void draw_window_list(Canvas& canvas, const Rectangle& area, const std::vector<WindowRow>& windows,
                      const Glyphs& glyphs);
/// Sets the canvas's cursor. Shows the part of the text that the cursor is in.
void draw_input(Canvas& canvas, const Rectangle& area, const InputContent& input, const Glyphs& glyphs);
/// The rows that the input would like to have on a screen so wide.
int input_rows(const InputContent& input, int columns);

/// As many of its rows as there is room for, the important ones first.
void draw_welcome(Canvas& canvas, const Rectangle& area, const WelcomeContent& welcome);

/// Everything, as `layout` has it, with the lines between the columns. The conversation is drawn first: the
/// title's date (where the frame has none) and the count of lines below come from what it showed.
Shown draw_frame(Canvas& canvas, const Layout& layout, const Frame& frame, const Glyphs& glyphs);

/// The role of a name's colour: by a hash, one's own is Role::self.
Role name_role(std::string_view name, std::string_view self);

}  // namespace gnatter::ui

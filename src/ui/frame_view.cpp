// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views.h"

#include "base/time_text.h"

namespace gnatter::ui {
namespace {

void draw_line(Canvas& canvas, int column, const Rectangle& beside, const Glyphs& glyphs) {
  if (column >= 0) canvas.fill({column, beside.row, 1, beside.rows}, {Role::dim}, glyphs.bar);
}

}  // namespace

Shown draw_frame(Canvas& canvas, const Layout& layout, const Frame& frame, const Glyphs& glyphs) {
  Shown shown;
  shown.date = base::now();
  if (frame.welcome)
    draw_welcome(canvas, layout.messages, *frame.welcome);
  else
    shown = draw_conversation(canvas, layout.messages, layout.columns, frame.conversation, glyphs);
  TitleContent title = frame.title;
  if (title.date.empty()) title.date = base::local_short_date(shown.date);
  if (!layout.roster_in_title) title.count.clear();
  StatusContent status = frame.status;
  status.below = shown.below;

  draw_title(canvas, layout.title, title, glyphs);
  draw_window_list(canvas, layout.windows, frame.windows, glyphs);
  draw_roster(canvas, layout, frame.roster, glyphs);
  draw_line(canvas, layout.left_line, layout.messages, glyphs);
  draw_line(canvas, layout.right_line, layout.messages, glyphs);
  draw_status(canvas, layout.status, status, glyphs);
  draw_input(canvas, layout.input, frame.input, glyphs);
  return shown;
}

}  // namespace gnatter::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/time_text.h"
#include "ui/canvas.h"
#include "ui/frame.h"
#include "ui/glyphs.h"
#include "ui/layout.h"

namespace gnatter::ui {

/// What a frame of a conversation showed: for the title, the status line and the read marker.
struct Shown {
  std::size_t below = 0;                 ///< lines below the view
  std::optional<chat::LineNumber> last;  ///< the lowest line in view
  base::Time date{};                     ///< of the lowest row in view; now, when there is none
};

/// Draws the lines of a window, the newest at the bottom or as `content.position` has it: time, mark, sender,
/// state, text wrapped under itself; rules for days, for what is new and for what is below.
Shown draw_conversation(Canvas& canvas, const Rectangle& area, const Columns& columns,
                        const ConversationContent& content, const Glyphs& glyphs);

/// The row at the upper edge of a view.
struct UpperEdge {
  chat::LineNumber line = 0;
  int row = 0;               ///< as in ScrollPosition
  bool near_oldest = false;  ///< fewer rows are above it than were asked for
};
/// Of the view that `content.position` has; when all lines are out of sight, the newest row. Nothing: there
/// are no lines. Looks for `rows` rows above it, one or more.
std::optional<UpperEdge> upper_edge(const ConversationContent& content, const Rectangle& area,
                                    const Columns& columns, int rows);

/// Where PgUp, PgDn and the like lead: `rows` up (negative: down) from `content.position` in a view like
/// that. Moves the view's upper edge, for the rows that tell what is below come and go; from `edge`, when
/// lines have come in front of it since it was one. At the newest line: the default position, but when lines
/// that /clear put out of sight were scrolled to. At the oldest one it stays.
ScrollPosition scrolled(const ConversationContent& content, const Rectangle& area, const Columns& columns,
                        int rows, const std::optional<UpperEdge>& edge = std::nullopt);
/// The rows to scroll by for a page, so that no row is left out.
int page_rows(const ConversationContent& content, const Rectangle& area);
/// The position that shows `line` at the top of the view.
ScrollPosition scrolled_to(const ConversationContent& content, const Rectangle& area, const Columns& columns,
                           chat::LineNumber line);

}  // namespace gnatter::ui

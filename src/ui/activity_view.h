// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "ui/frame.h"
#include "ui/glyphs.h"
#include "ui/spans.h"

namespace gnatter::ui {

/// The windows where something is new, "  4 bob 1!  3 #ops 12  +2", in as many cells as `room`: as many as
/// fit, one at least; long names are cut, the last first, before one is left out. Nothing where that is too
/// much.
std::optional<Spans> activity_spans(const std::vector<Activity>& activity, int room, const Glyphs& glyphs);

/// One of them.
Span activity_span(const Activity& activity, bool cut, const Glyphs& glyphs);

}  // namespace gnatter::ui

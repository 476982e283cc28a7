// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ui/canvas.h"

namespace gnatter::ui {

/// A row of pieces of text, each in its own style.
struct Span {
  std::string text;
  Style style;
};
using Spans = std::vector<Span>;

/// The cells of all of them.
int width(const Spans& spans);
/// One after the other, up to the column before `limit`; where they do not fit, with `ellipsis` at the end.
/// Returns the column after them.
int put(Canvas& canvas, Point from, const Spans& spans, int limit, std::string_view ellipsis);

}  // namespace gnatter::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/spans.h"

#include "base/cells.h"

namespace gnatter::ui {

int width(const Spans& spans) {
  int sum = 0;
  for (const Span& span : spans) sum += base::cells(span.text);
  return sum;
}

int put(Canvas& canvas, Point from, const Spans& spans, int limit, std::string_view ellipsis) {
  int room = limit - from.column;
  const bool whole = width(spans) <= room;
  for (const Span& span : spans) {
    const int cells = base::cells(span.text);
    if (whole || cells < room) {
      from.column = canvas.put(from, span.text, span.style, limit);
      room -= cells;
      continue;
    }
    return canvas.put(from, base::cut(span.text + ' ', room, ellipsis), span.style, limit);
  }
  return from.column;
}

}  // namespace gnatter::ui

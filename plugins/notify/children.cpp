// SPDX-License-Identifier: GPL-3.0-or-later
#include "children.h"

#include <utility>

namespace notify {

// One that has ended is put away by the next start, not by its own on_end.
bool Children::run(gnatter::ChildPlan plan, std::function<void(const gnatter::ChildEnd&)> on_end,
                   std::function<void(std::string_view)> on_line) {
  all_.remove_if([](const One& one) { return one.ended; });
  if (all_.size() >= most) return false;
  One& one = all_.emplace_back();
  one.running = host_.run_child(std::move(plan), std::move(on_line),
                                [&one, on_end = std::move(on_end)](const gnatter::ChildEnd& end) {
                                  one.ended = true;
                                  on_end(end);
                                });
  return true;
}

}  // namespace notify

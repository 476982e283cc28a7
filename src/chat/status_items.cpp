// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/status_items.h"

#include <utility>

#include "base/text.h"

namespace gnatter::chat {

void StatusItems::set(Id id, Tone tone, std::string_view text) {
  std::string safe = base::safe_row(text);
  const auto there = items_.find(id);
  if (safe.empty()) {
    if (there == items_.end()) return;
    items_.erase(there);
  } else {
    if (there != items_.end() && there->second.tone == tone && there->second.text == safe) return;
    items_[id] = {tone, std::move(safe)};
  }
  changed.emit();
}

}  // namespace gnatter::chat

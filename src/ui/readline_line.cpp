// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/readline_line.h"

#include <stdio.h>
#include <stdlib.h>
// clang-format off: readline's headers want FILE
#include <readline/history.h>
#include <readline/readline.h>
// clang-format on

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace gnatter::ui {

Placed made_safe(std::string_view text, std::size_t cursor) {
  cursor = std::min(cursor, text.size());
  while (cursor > 0 && cursor < text.size() && (static_cast<unsigned char>(text[cursor]) & 0xC0) == 0x80)
    --cursor;
  Placed placed{.text = base::safe_text(text.substr(0, cursor))};
  placed.cursor = static_cast<int>(placed.text.size());
  placed.text += base::safe_text(text.substr(cursor));
  return placed;
}

void put(const Placed& placed) {
  rl_begin_undo_group();
  rl_delete_text(0, rl_end);
  rl_point = 0;
  rl_insert_text(placed.text.c_str());
  rl_end_undo_group();
  rl_point = placed.cursor;
}

void forget_edits() {
  if (where_history() == history_length)
    rl_free_undo_list();
  else
    rl_maybe_replace_line();
  rl_undo_list = nullptr;
  using_history();
  HIST_ENTRY** const entries = history_list();
  for (int i = 0; entries && i < history_length; ++i) {
    HIST_ENTRY& entry = *entries[i];
    if (!entry.data) continue;
    rl_replace_line(entry.line, 0);
    rl_undo_list = static_cast<UNDO_LIST*>(std::exchange(entry.data, nullptr));
    while (rl_undo_list && rl_do_undo() != 0) {
    }
    free_history_entry(replace_history_entry(i, rl_line_buffer, nullptr));
  }
}

void append_to_history(const std::string& line) {
  const std::string safe = base::safe_text(line);
  const HIST_ENTRY* const last = history_get(history_base + history_length - 1);
  if (safe.empty() || (last && safe == last->line)) return;
  const int before = history_length;
  const int from_end = history_length - where_history();
  add_history(safe.c_str());
  // At the end stays at the end; a line that is being edited stays the same one.
  history_set_pos(from_end == 0              ? history_length
                  : history_length == before ? before - from_end - 1
                                             : before - from_end);
}

}  // namespace gnatter::ui

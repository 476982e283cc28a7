// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/key_presets.h"

#include <array>
#include <string>
#include <string_view>

#include "ui/key_names.h"

namespace gnatter::ui {
namespace {

struct Row {
  std::string_view key, function;
};

/// irssi's, where they differ from ours.
constexpr auto irssi_rows = std::to_array<Row>({
    {"Ctrl-U", "kill-whole-line"},
    {"Alt-P", "gnatter-page-up"},
    {"Alt-N", "gnatter-page-down"},
    {"Alt-Q", "gnatter-window-11"},
    {"Alt-W", "gnatter-window-12"},
    {"Alt-E", "gnatter-window-13"},
    {"Alt-R", "gnatter-window-14"},
    {"Alt-T", "gnatter-window-15"},
    {"Alt-Y", "gnatter-window-16"},
    {"Alt-U", "gnatter-window-17"},
    {"Alt-I", "gnatter-window-18"},
    {"Alt-O", "gnatter-window-19"},
});

}  // namespace

std::vector<KeyPreset> key_presets() {
  KeyPreset irssi{"irssi", {}};
  for (const Row& row : irssi_rows)
    for (std::string& keys : keys_named(row.key))
      irssi.rows.push_back({std::move(keys), std::string(row.function)});
  return {std::move(irssi)};
}

}  // namespace gnatter::ui

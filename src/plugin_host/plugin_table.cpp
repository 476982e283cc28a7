// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugin_host/plugin_table.h"

#include <algorithm>

#include "base/cells.h"

namespace gnatter::plugin_host {
namespace {

int width(const std::vector<PluginRow>& rows, std::string PluginRow::*column) {
  int widest = 0;
  for (const PluginRow& row : rows) widest = std::max(widest, base::cells(row.*column));
  return widest;
}

std::string padded(const std::string& text, int cells) {
  return text + std::string(static_cast<std::size_t>(cells - base::cells(text)), ' ') + "  ";
}

}  // namespace

std::vector<std::string> in_columns(const std::vector<PluginRow>& given) {
  std::vector<PluginRow> rows = given;
  for (PluginRow& row : rows)
    if (row.version.empty()) row.version = "-";
  const int names = width(rows, &PluginRow::name), versions = width(rows, &PluginRow::version),
            states = width(rows, &PluginRow::state);
  std::vector<std::string> lines;
  for (const PluginRow& row : rows)
    lines.push_back(padded(row.name, names) + padded(row.version, versions) + padded(row.state, states) +
                    row.about);
  return lines;
}

}  // namespace gnatter::plugin_host

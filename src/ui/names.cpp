// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/names.h"

#include <algorithm>
#include <array>

#include "base/cells.h"

namespace gnatter::ui {
namespace {

/// All that a terminal shows as nothing but room; newline and tab would be more than that.
constexpr std::array<std::string_view, 18> blanks{" ",      "\t",     "\n",     "\u00A0", "\u2000", "\u2001",
                                                  "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007",
                                                  "\u2008", "\u2009", "\u200A", "\u202F", "\u205F", "\u3000"};

std::size_t blank_at_front(std::string_view text) {
  const auto found = std::ranges::find_if(blanks, [&](auto blank) { return text.starts_with(blank); });
  return found == blanks.end() ? 0 : found->size();
}

std::size_t blank_at_back(std::string_view text) {
  const auto found = std::ranges::find_if(blanks, [&](auto blank) { return text.ends_with(blank); });
  return found == blanks.end() ? 0 : found->size();
}

std::string_view last_cells(std::string_view text, int cells) {
  int left = base::cells(text);
  while (left > cells) {
    const base::Cluster cluster = base::first_cluster(text);
    left -= cluster.cells;
    text.remove_prefix(cluster.bytes.size());
  }
  return text;
}

bool another_looks_the_same(std::string_view name, std::string_view kept, int cells,
                            const std::set<std::string>& known) {
  for (auto other = known.lower_bound(std::string(kept)); other != known.end(); ++other) {
    if (!other->starts_with(kept)) return false;
    if (*other != name && base::cells(*other) > cells) return true;
  }
  return false;
}

}  // namespace

std::string shown_name(std::string_view name, const Glyphs& glyphs) {
  std::string before, after;
  for (std::size_t size = 0; (size = blank_at_front(name)) > 0; before += glyphs.blank_in_name)
    name.remove_prefix(size);
  for (std::size_t size = 0; (size = blank_at_back(name)) > 0; after += glyphs.blank_in_name)
    name.remove_suffix(size);
  return before + std::string(name) + after;
}

std::string cut_name(std::string_view name, int cells, const std::set<std::string>& known,
                     const Glyphs& glyphs) {
  const std::string shown = shown_name(name, glyphs);
  if (base::fitting(shown, cells).size() == shown.size()) return shown;
  const std::string_view kept = base::fitting(name, cells - 1);
  if (cells < 3 || !another_looks_the_same(name, kept, cells, known))
    return base::cut(shown, cells, glyphs.ellipsis);
  const int front = cells / 2;
  return std::string(base::fitting(shown, front)) + std::string(glyphs.ellipsis) +
         std::string(last_cells(shown, cells - 1 - front));
}

}  // namespace gnatter::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/names.h"

#include <algorithm>
#include <array>

#include "base/cells.h"
#include "gnatter/utf8.h"

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

/// Unicode's default ignorable code points, which show nothing at all: "v2" and "v2\u200B" would look the
/// same. The joiner and the selectors within emoji show what they do.
bool shows_nothing(char32_t point) {
  return point == 0xAD || point == 0x34F || point == 0x61C || point == 0x115F || point == 0x1160 ||
         (point >= 0x17B4 && point <= 0x17B5) || (point >= 0x180B && point <= 0x180F) ||
         (point >= 0x200B && point <= 0x200F && point != 0x200D) || (point >= 0x2060 && point <= 0x206F) ||
         point == 0x3164 || point == 0xFEFF || point == 0xFFA0 || (point >= 0xE0000 && point <= 0xE0FFF);
}

std::string with_marks_for_nothing(std::string_view name, const Glyphs& glyphs) {
  std::string out;
  while (!name.empty()) {
    utf8::CodePoint point = utf8::decode(name);
    if (point.length == 0) point.length = 1;
    if (shows_nothing(point.value))
      out += glyphs.blank_in_name;
    else
      out += name.substr(0, point.length);
    name.remove_prefix(point.length);
  }
  return out;
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

std::string shown_name(std::string_view whole, const Glyphs& glyphs) {
  const std::string visible = with_marks_for_nothing(whole, glyphs);
  std::string_view name = visible;
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

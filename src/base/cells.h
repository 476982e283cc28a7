// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace gnatter::base {

/// The locale for characters that the environment names, by the rules of setlocale(3); empty for none.
std::string named_locale();

/// Puts the process into a UTF-8 locale for characters (LC_CTYPE): the environment's, else C.UTF-8 (by
/// LC_ALL, for libraries that look there), so that widths are known everywhere. False: the environment's was
/// none, the terminal takes ASCII alone. Before any thread.
bool use_utf8_locale();

/// What stands in one place on the screen: a grapheme cluster (UAX 29) of safe text (base::safe_text).
struct Cluster {
  std::string_view bytes;
  /// The sum of wcwidth over its code points, as ncurses and tmux count; 0 to 16. A cluster of joiners alone
  /// has 0.
  int cells = 0;
  /// Whether every terminal agrees on `cells`: not for joined emoji, skin tones, flags and variation
  /// selectors.
  bool certain = true;
};

/// The cluster at the front of `text`, which is UTF-8 and not empty. A newline or tab is a cluster of 0
/// cells.
[[nodiscard]] Cluster first_cluster(std::string_view text);

/// The cells of the whole text.
[[nodiscard]] int cells(std::string_view text);

/// The clusters from the front of `text` that fit into `cells`.
[[nodiscard]] std::string_view fitting(std::string_view text, int cells);

/// `text` where it fits into `cells`, else cut, with `ellipsis` (one cell) at its end.
[[nodiscard]] std::string cut(std::string_view text, int cells, std::string_view ellipsis);

}  // namespace gnatter::base

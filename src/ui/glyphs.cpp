// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/glyphs.h"

namespace gnatter::ui {

const Glyphs& unicode_glyphs() {
  static constexpr Glyphs glyphs{.online = "●",
                                 .away = "○",
                                 .dnd = "⊘",
                                 .here = "·",
                                 .bar = "│",
                                 .pending = "…",
                                 .refused = "✗",
                                 .rule = "─",
                                 .marker_rule = "╌",
                                 .separator = "·",
                                 .newline = "↵",
                                 .ellipsis = "…",
                                 .current = "▸",
                                 .blank_in_name = "␣"};
  return glyphs;
}

const Glyphs& ascii_glyphs() {
  static constexpr Glyphs glyphs{.online = "+",
                                 .away = "-",
                                 .dnd = "x",
                                 .here = "?",
                                 .bar = "|",
                                 .pending = "~",
                                 .refused = "x",
                                 .rule = "-",
                                 .marker_rule = "=",
                                 .separator = "-",
                                 .newline = "\\",
                                 .ellipsis = "~",
                                 .current = ">",
                                 .blank_in_name = "_"};
  return glyphs;
}

const Glyphs& glyphs_for(bool utf8_locale, std::string_view term, std::string_view locale) {
  const std::string_view language = locale.substr(0, 2);
  const bool may_be_wide = language == "zh" || language == "ja" || language == "ko";
  return utf8_locale && term != "linux" && !may_be_wide ? unicode_glyphs() : ascii_glyphs();
}

}  // namespace gnatter::ui

// SPDX-License-Identifier: GPL-3.0-or-later
// What is set, /set at once: the look and the keys.
#include "ui/screen.h"

namespace gnatter::ui {

void Screen::on_setting(const std::string& name) {
  if (name == "look.window-list") list_toggled_.reset();
  if (name == "look.roster") roster_toggled_.reset();
  if (name == "keys") editor_.use_preset(setting("keys"));
  draw_soon();
}

const std::string& Screen::setting(std::string_view name) const {
  return std::get<std::string>(client_.settings.value(name));
}

const Glyphs& Screen::glyphs() const {
  const std::string& which = setting("look.glyphs");
  if (which == "ascii") return ascii_glyphs();
  return which == "unicode" ? unicode_glyphs() : *settings_.glyphs;
}

bool Screen::is_wanted(std::string_view name, std::optional<bool> toggled) const {
  return toggled.value_or(setting(name) != "off");
}

bool Screen::is_forced(std::string_view name, std::optional<bool> toggled) const {
  return toggled.value_or(setting(name) == "on");
}

}  // namespace gnatter::ui

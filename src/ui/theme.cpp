// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"

namespace gnatter::ui {

Look look_of(Style style, int colours) {
  Look look;
  look.bold = style.bold;
  const bool bar = style.role >= Role::bar && style.role <= Role::bar_direct;
  if (bar) look.reverse = true;
  if (colours >= 8 && style.role >= Role::name_0 && style.role <= Role::name_11)
    look.foreground = 1 + (static_cast<int>(style.role) - static_cast<int>(Role::name_0)) % 6;
  if (style.role == Role::dim) look.dim = true;
  return look;
}

}  // namespace gnatter::ui

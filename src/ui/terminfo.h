// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace gnatter::ui {

/// What terminfo(5) says about the terminal of standard output, as bytes ready to be written: padding is left
/// out, nothing here needs it. Empty strings: it cannot do that. Made before ncurses takes the terminal.
class Terminfo {
 public:
  /// Throws base::UserError with a sentence when TERM is not set, not known, or cannot place its cursor.
  Terminfo();

  [[nodiscard]] std::string place(int column, int row) const;
  [[nodiscard]] std::string foreground(int colour) const;
  [[nodiscard]] std::string background(int colour) const;

  std::string normal, bold, underline, reverse, faint;
  std::string show_cursor, leave_screen;
  /// Around the terminal's title.
  std::string title_start, title_end;

 private:
  std::string place_, foreground_, background_;
};

}  // namespace gnatter::ui

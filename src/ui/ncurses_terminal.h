// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "ui/canvas.h"
#include "ui/terminal.h"
#include "ui/terminal_guard.h"

namespace gnatter::ui {

/// The terminal of standard input and output, by ncurses, from construction to destruction: its alternate
/// screen, raw mode, bracketed paste and focus reports. Keys are not read here: their bytes come on standard
/// input. One at a time.
class NcursesTerminal : public Terminal {
 public:
  /// What must be true before; throws base::UserError with a sentence: standard input and output are a
  /// terminal, TERM names one that can place its cursor, and it has at least smallest_screen.
  static void check();

  /// `utf8`: the terminal takes more than ASCII (base::use_utf8_locale()). Throws base::UserError.
  explicit NcursesTerminal(bool utf8);
  ~NcursesTerminal() override;

  [[nodiscard]] Size size() const override;
  void draw(const Canvas& canvas) override;
  void forget() override;
  void set_title(std::string_view title) override;
  void ring() override;
  void send(std::string_view escape) override;
  void suspend() override;
  void resume() override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gnatter::ui

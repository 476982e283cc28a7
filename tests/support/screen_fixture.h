// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdlib.h>

#include <optional>
#include <string>
#include <string_view>

#include "base/cells.h"
#include "support/chat_fixture.h"
#include "support/environment.h"
#include "support/fake_terminal.h"
#include "support/pipe.h"
#include "support/temporary_directory.h"
#include "ui/screen.h"

namespace gnatter::testing {

/// alice's client on a screen of 80 by 24; what the test types goes through a pipe.
struct ScreenFixture : ChatFixture {
  ScreenFixture() {
    base::use_utf8_locale();
    ::setenv("HOME", home.path().c_str(), 1);  // nobody's inputrc
    open_screen();
  }
  void open_screen() {
    screen.emplace(
        loop, client, terminal,
        ui::Screen::Settings{.input = keys.reader.get(), .glyphs = &ui::unicode_glyphs(), .version = "1"});
  }

  /// The keys have been read and the frame after them drawn.
  void type(std::string_view bytes) {
    keys.write(bytes);
    settle();
  }
  void enter(std::string_view line) { type(std::string(line) + '\r'); }
  /// Whether the screen comes to show `text`.
  bool comes_to_show(std::string_view text) {
    return run_until(loop, [&] { return terminal.shows(text); });
  }
  std::string input() const { return terminal.row(-1); }
  std::string status() const { return terminal.row(-2); }

  TemporaryDirectory home;
  Pipe keys{Pipe::Ours::writer};
  FakeTerminal terminal{{80, 24}};
  std::optional<ui::Screen> screen;
};

}  // namespace gnatter::testing

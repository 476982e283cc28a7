// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody before the screen sees, and how to call for that somebody: for plugins.
#include "ui/screen.h"

namespace gnatter::ui {

void Screen::offer_attention() {
  chat::Attention& attention = client_.attention;
  attention.ring = [this] { terminal_.ring(); };
  if (settings_.path.through == TerminalPath::Through::nowhere) return;
  attention.command_terminal = [this](std::string_view body) {
    const std::string command = terminal_command(body, settings_.path);
    if (!command.empty()) terminal_.send(command);
  };
}

void Screen::on_focus(bool focused) {
  tells_focus_ = true;
  client_.attention.focused = focused;
  activity_.set_focused(focused);
}

/// Some terminals tell only of the loss, and tmux by default nothing at all: a key is no news from that one.
void Screen::on_key_pressed() {
  if (tells_focus_) client_.attention.focused = true;
  activity_.set_focused(true);
}

void Screen::look_at(const chat::Buffer* window) {
  client_.attention.window = window;
  const auto now = views_.find(window);
  client_.attention.newest = now != views_.end() && now->second.position == ScrollPosition{};
}

void Screen::set_followed(bool followed) {
  client_.attention.newest = followed;
  activity_.set_followed(followed);
}

/// A stopped client shows nothing, whatever the terminal says; what came meanwhile is read when it goes on,
/// before anybody can have looked.
void Screen::suspend() {
  look_at(nullptr);
  terminal_.suspend();
  on_continued();
}

void Screen::on_continued() {
  client_.attention.focused.reset();
  look_at(client_.buffers.current());
}

}  // namespace gnatter::ui

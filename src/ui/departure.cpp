// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/departure.h"

namespace gnatter::ui {

using namespace std::chrono_literals;

namespace {

/// 2 s for the logout, 2 s for the DISCONNECT.
constexpr auto patience = 5s;

}  // namespace

void Departure::leave(chat::Cause cause, bool insists) {
  if (leaving_) {
    if (insists) give_up();
    return;
  }
  leaving_ = true;
  patience_ = loop_.after(patience, [this] { give_up(); });
  client_.leave(cause, [this] { loop_.quit(0); });
}

void Departure::give_up() {
  gave_up_ = true;
  loop_.quit(0);
}

}  // namespace gnatter::ui

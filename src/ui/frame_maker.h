// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "chat/activity.h"
#include "chat/client.h"
#include "ui/frame.h"
#include "ui/link_watch.h"

namespace gnatter::ui {

/// What one frame is made from.
struct FrameSources {
  const chat::Client& client;
  const chat::Activity& activity;
  const LinkWatch& links;
  const Glyphs& glyphs;
};

/// Everything of a frame but what belongs to the screen's own state: the input line, scroll positions, the
/// hint. `buffers.current()` is there.
Frame make_frame(const FrameSources& sources);

/// The prompt of a window: "#dev> ", "#ops (left)> ", "bob (you are AWAY)> ".
std::string prompt_of(const chat::Network& network, const chat::Buffer& window, const Glyphs& glyphs);

/// Its name as titles and lists show it: "#dev", "bob", the network's name, "gnatter" before there is one.
std::string shown_name(const chat::Network& network, const chat::Buffer& window, const Glyphs& glyphs);

}  // namespace gnatter::ui

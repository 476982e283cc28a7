// SPDX-License-Identifier: GPL-3.0-or-later
#include "headless/event_feed.h"

#include "headless/event_lines.h"

namespace gnatter::headless {

EventFeed::EventFeed(chat::Client& client) {
  for (const auto& entry : client.buffers.entries()) follow(*entry.buffer);
  for (const auto& network : client.networks()) follow(*network);
  listening_.push_back(
      client.buffers.opened.connect([this](chat::Network&, chat::Buffer& window) { follow(window); }));
  listening_.push_back(
      client.buffers.closing.connect([this](chat::Buffer& window) { windows_.erase(&window); }));
  listening_.push_back(client.network_added.connect([this](chat::Network& network) { follow(network); }));
}

void EventFeed::follow(chat::Buffer& window) {
  const auto show = [this, &window](const chat::Line& of_window) {
    if (of_window.state == chat::SendState::refused) refused.emit();
    if (const auto event = event_of(window, of_window)) line.emit(*event);
  };
  const auto show_again = [show](const chat::Line& changed) {
    if (changed.kind != chat::LineKind::info) show(changed);  // a sentence that was told is not news
  };
  windows_[&window] = {window.appended.connect(show), window.changed.connect(show_again)};
}

void EventFeed::follow(chat::Network& network) {
  listening_.push_back(network.roster.reported.connect([this](const chat::Roster::Report& report) {
    if (const auto event = event_of(report)) line.emit(*event);
  }));
}

}  // namespace gnatter::headless

// SPDX-License-Identifier: GPL-3.0-or-later
#include "headless/event_feed.h"

#include "headless/event_lines.h"

namespace gnatter::headless {

EventFeed::EventFeed(chat::Client& client) : client_(client) {
  for (const auto& entry : client.buffers.entries()) follow(*entry.network, *entry.buffer);
  for (const auto& network : client.networks()) follow(*network);
  listening_.push_back(client.buffers.opened.connect(
      [this](chat::Network& network, chat::Buffer& window) { follow(network, window); }));
  listening_.push_back(
      client.buffers.closing.connect([this](chat::Buffer& window) { windows_.erase(&window); }));
  listening_.push_back(client.network_added.connect([this](chat::Network& network) { follow(network); }));
}

std::string_view EventFeed::shown(const chat::Network& network) const {
  return client_.networks().size() > 1 ? std::string_view(network.name()) : std::string_view();
}

void EventFeed::tell_what_is_there() {
  for (const auto& entry : client_.buffers.entries())
    for (chat::LineNumber number = entry.buffer->first(); number < entry.buffer->end(); ++number)
      if (const auto event = event_of(*entry.buffer, *entry.buffer->line(number), shown(*entry.network)))
        line.emit(*event);
}

void EventFeed::follow(const chat::Network& network, chat::Buffer& window) {
  const auto show = [this, &network, &window](const chat::Line& of_window) {
    if (of_window.state == chat::SendState::refused) refused.emit();
    if (const auto event = event_of(window, of_window, shown(network))) line.emit(*event);
  };
  const auto show_again = [show](const chat::Line& changed) {
    if (changed.kind != chat::LineKind::info) show(changed);  // a sentence that was told is not news
  };
  windows_[&window] = {window.appended.connect(show), window.changed.connect(show_again)};
}

void EventFeed::follow(chat::Network& network) {
  listening_.push_back(network.roster.reported.connect([this, &network](const chat::Roster::Report& report) {
    if (const auto event = event_of(report, shown(network))) line.emit(*event);
  }));
}

}  // namespace gnatter::headless

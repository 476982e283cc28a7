// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame_maker.h"

#include <algorithm>
#include <chrono>

#include "base/text.h"
#include "chat/window_names.h"
#include "chat/words.h"
#include "ui/names.h"

namespace gnatter::ui {
namespace {

using chat::Buffer;
using chat::BufferKind;
using chat::Network;
using State = chat::Session::State;

/// How long somebody who spoke counts among those who do.
constexpr auto lately = std::chrono::days(7);

bool spoke_lately(const Buffer& window, const std::string& name) {
  const auto& speakers = window.speakers();
  return std::any_of(speakers.begin(), speakers.end(), [&](const Buffer::Speaker& speaker) {
    return speaker.name == name && base::now() - speaker.last < lately;
  });
}

std::size_t speakers_lately(const Buffer& window) {
  const auto& speakers = window.speakers();
  return static_cast<std::size_t>(
      std::count_if(speakers.begin(), speakers.end(),
                    [](const Buffer::Speaker& speaker) { return base::now() - speaker.last < lately; }));
}

std::string word_of(protocol::Status status) {
  return status == protocol::Status::dnd ? "DND" : std::string(protocol::to_payload(status));
}

std::string about_group(const Network& network, const Buffer& window) {
  if (network.messenger.has_left(window.name())) return "left";
  if (!network.messenger.joined(window.name())) return "not joined";
  const std::size_t count = speakers_lately(window);
  return count == 0 ? "open group" : "open group, " + std::to_string(count) + " spoke here lately";
}

std::string about_person(const Network& network, const Buffer& window) {
  if (!network.roster_kept) return "direct";
  const auto found = network.roster.entries().find(window.name());
  if (found == network.roster.entries().end()) return "direct, not here";
  const auto status = network.roster.shown_status(found->second, base::now());
  return "direct, " + (status ? word_of(*status) : "here") + " since " +
         base::local_clock(found->second.since);
}

/// How the line is; after its address, where the window is called otherwise.
std::string about_network(const Network& network, const LinkWatch& links) {
  const chat::Account& account = network.session.account();
  std::string text = account.name.empty() ? "" : account.host + ':' + std::to_string(account.port);
  if (network.session.state() != State::ready) return text;
  if (!text.empty()) text += " · ";
  return text + chat::words::protocols(network.session.opened()) + " · since " +
         base::local_clock(links.since(network));
}

TitleContent title_of(const FrameSources& sources, const Network& network, const Buffer& window) {
  TitleContent title;
  title.name = shown_name(network, window, sources.glyphs);
  if (sources.client.networks().size() > 1 && window.kind() != BufferKind::network)
    title.network = network.name();
  switch (window.kind()) {
    case BufferKind::group:
      title.description = about_group(network, window);
      break;
    case BufferKind::direct:
      title.description = about_person(network, window);
      break;
    case BufferKind::network:
      if (const chat::Account& account = network.session.account();
          account.name.empty() && !account.host.empty())
        title.name = chat::words::address(account);
      title.description = about_network(network, sources.links);
      break;
    case BufferKind::topic:
      title.description = network.raw_topics.description(window);
      return title;
    case BufferKind::plugin:
      return title;
  }
  title.count = std::to_string(network.roster.entries().size()) + " here";
  return title;
}

/// What is only on its way is no news, as long as the broker answers.
std::size_t waiting_lines(const Network& network) {
  constexpr auto patience = std::chrono::seconds(2);
  const bool ready = network.session.state() == State::ready;
  const auto& lines = network.messenger.unsent();
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(), [&](const chat::UnsentLine& line) {
        return !line.refused && (!ready || base::now() - line.time >= patience);
      }));
}

std::vector<StatusItem> items_of(const chat::StatusItems& items) {
  std::vector<StatusItem> out;
  for (const auto& [id, item] : items.all())
    out.push_back({item.text, item.tone == chat::StatusItems::Tone::warn});
  std::stable_partition(out.begin(), out.end(), [](const StatusItem& item) { return item.warns; });
  return out;
}

StatusContent status_of(const FrameSources& sources, const Network& network, const Buffer& window) {
  StatusContent status;
  status.clock = base::local_clock(base::now());
  const auto& buffers = sources.client.buffers;
  if (!network.name().empty()) {
    status.me = base::safe_text(network.user());
    status.self = network.self_status();
    status.network = network.name();
    const LinkWatch::Words words = sources.links.words(network);
    status.link = words.text == network.name() ? "" : words.text;  // "local local" says nothing more
    status.short_link = words.short_text;
    status.link_role = words.role;
  }
  status.window_number = static_cast<int>(buffers.number_of(window));
  status.window_name = shown_name(network, window, sources.glyphs);
  status.items = items_of(sources.client.status_items);
  for (const Buffer* waiting : sources.activity.waiting()) {
    const auto& state = sources.activity.of(*waiting);
    const Network& its = sources.client.network_of(*waiting);
    const std::string before = chat::needs_network(buffers, its, *waiting) ? its.name() + '/' : std::string();
    status.activity.push_back({static_cast<int>(buffers.number_of(*waiting)),
                               before + shown_name(its, *waiting, sources.glyphs), state.count, state.level});
  }
  for (const auto& each : sources.client.networks()) status.pending += waiting_lines(*each);
  return status;
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return text;
}

RosterContent roster_of(const FrameSources& sources, const Network& network, const Buffer& window) {
  RosterContent roster;
  if (!network.roster_kept) {
    roster.empty = "presence is not loaded";
    return roster;
  }
  RosterContent::Section spoke{"spoke here", {}}, others{"also here", {}};
  const bool group = window.kind() == BufferKind::group;
  bool somebody_else = false, frozen = false;
  for (const auto& [name, entry] : network.roster.entries()) {
    auto& section = group && spoke_lately(window, name) ? spoke : others;
    const bool self = name == network.user();
    section.people.push_back(
        {shown_name(base::safe_text(name), sources.glyphs),
         self ? std::optional(network.self_status()) : network.roster.shown_status(entry, base::now())});
    somebody_else = somebody_else || !self;
    frozen = frozen || entry.frozen;
  }
  if (spoke.people.empty()) others.title = "here";
  for (auto* section : {&spoke, &others}) {
    std::sort(section->people.begin(), section->people.end(), [](const Person& one, const Person& other) {
      return std::pair(lower(one.name), one.name) < std::pair(lower(other.name), other.name);
    });
    if (!section->people.empty()) roster.sections.push_back(std::move(*section));
  }
  if (!somebody_else) roster.empty = "only you";
  if (!somebody_else) roster.sections.clear();
  if (frozen) roster.as_of = "as of " + base::local_clock(sources.links.since(network));
  return roster;
}

std::string network_note(const FrameSources& sources, const Network& network) {
  const std::string link = sources.links.words(network).short_text;
  return link == network.name() ? "" : link;
}

/// Nothing comes there any more.
bool is_left(const Network& network, const Buffer& window) {
  using Topics = chat::RawTopics::State;
  if (window.kind() == BufferKind::group) return !network.messenger.joined(window.name());
  if (window.kind() != BufferKind::topic) return false;
  const Topics state = network.raw_topics.state(window);
  return state == Topics::refused || state == Topics::ended;
}

std::vector<WindowRow> windows_of(const FrameSources& sources) {
  std::vector<WindowRow> rows;
  const Network* before = nullptr;
  for (const auto& entry : sources.client.buffers.entries()) {
    const Buffer& window = *entry.buffer;
    const auto& state = sources.activity.of(window);
    WindowRow row;
    row.number = static_cast<int>(rows.size()) + 1;
    row.name = shown_name(*entry.network, window, sources.glyphs);
    row.current = &window == sources.client.buffers.current();
    row.network = window.kind() == BufferKind::network;
    row.left = row.network ? sources.links.off(*entry.network) : is_left(*entry.network, window);
    row.new_network = before && before != entry.network;
    row.level = state.level;
    if (state.count > 0)
      row.note = std::to_string(state.count) +
                 (state.level == Level::direct || state.level == Level::mention ? "!" : "");
    else if (row.network && !entry.network->name().empty())
      row.note = row.left ? "off" : network_note(sources, *entry.network);
    before = entry.network;
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<std::string> nothing_yet(const Network& network, const Buffer& window) {
  if (window.kind() == BufferKind::topic) return {network.raw_topics.nothing_yet(window)};
  if (window.kind() != BufferKind::direct) return {};
  const std::string who = base::safe_text(window.name());
  const bool here = network.roster.entries().contains(window.name());
  if (!network.roster_kept) return {"Nothing yet."};
  return {here ? "Nothing yet. " + who + " is here."
               : who + " is not here. The broker keeps this for " + who + " only if " + who +
                     "'s client has asked it to before."};
}

ConversationContent conversation_of(const FrameSources& sources, const Network& network,
                                    const Buffer& window) {
  ConversationContent content;
  content.buffer = &window;
  content.self = base::safe_text(network.user());
  const auto& state = sources.activity.of(window);
  if (state.marker && state.marked > 0) {
    content.marker = state.marker;
    const bool today = base::local_short_date(state.left) == base::local_short_date(base::now());
    content.marker_text = today ? std::to_string(state.marked) + " new since " + base::local_clock(state.left)
                                : "read up to here, " + std::to_string(state.marked) + " new";
  }
  if (window.kind() == BufferKind::topic) {
    content.filter = base::safe_row(window.name());
    content.latest_only = network.raw_topics.latest_only(window);
  } else {
    for (const auto& speaker : window.speakers()) content.names.insert(speaker.name);
  }
  content.empty = nothing_yet(network, window);
  content.now = base::now();
  content.mentions = [self = content.self,
                      group = window.kind() == BufferKind::group](const chat::Line& line) {
    return group && line.state == chat::SendState::none && line.sender != self &&
           chat::mentions(line.text, self);
  };
  return content;
}

}  // namespace

std::string shown_name(const Network& network, const Buffer& window, const Glyphs& glyphs) {
  if (window.kind() != BufferKind::network) return shown_name(base::safe_text(window.shown_name()), glyphs);
  return network.name().empty() ? "gnatter" : network.name();
}

std::string prompt_of(const Network& network, const Buffer& window, const Glyphs& glyphs) {
  if (!is_conversation(window.kind())) return "> ";
  std::string prompt = shown_name(base::safe_text(window.shown_name()), glyphs);
  if (window.kind() == BufferKind::group && !network.messenger.joined(window.name()))
    prompt += network.messenger.has_left(window.name()) ? " (left)" : " (not joined)";
  else if (network.self_status() != protocol::Status::online)
    prompt += " (you are " + word_of(network.self_status()) + ')';
  return prompt + "> ";
}

Frame make_frame(const FrameSources& sources) {
  const Buffer& window = *sources.client.buffers.current();
  const Network& network = sources.client.network_of(window);
  Frame frame;
  frame.title = title_of(sources, network, window);
  frame.status = status_of(sources, network, window);
  frame.roster = roster_of(sources, network, window);
  frame.windows = windows_of(sources);
  frame.conversation = conversation_of(sources, network, window);
  frame.input.prompt = prompt_of(network, window, sources.glyphs);
  return frame;
}

}  // namespace gnatter::ui

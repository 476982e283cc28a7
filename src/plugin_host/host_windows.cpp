// SPDX-License-Identifier: GPL-3.0-or-later
// What is said, and where it stands, as plugins are told of it and write it.
#include <utility>

#include "base/text.h"
#include "chat/activity.h"
#include "plugin_host/host.h"

namespace gnatter::plugin_host {
namespace {

LineKind to_public(chat::LineKind kind) {
  switch (kind) {
    case chat::LineKind::message:
      return LineKind::message;
    case chat::LineKind::action:
      return LineKind::action;
    case chat::LineKind::notice:
      return LineKind::notice;
    case chat::LineKind::presence:
      return LineKind::presence;
    case chat::LineKind::error:
      return LineKind::error;
    case chat::LineKind::info:
    case chat::LineKind::rule:
    case chat::LineKind::raw:
      break;
  }
  return LineKind::info;
}

chat::LineKind to_chat(LineKind kind) {
  switch (kind) {
    case LineKind::message:
      return chat::LineKind::message;
    case LineKind::action:
      return chat::LineKind::action;
    case LineKind::notice:
      return chat::LineKind::notice;
    case LineKind::presence:
      return chat::LineKind::presence;
    case LineKind::error:
      return chat::LineKind::error;
    case LineKind::info:
      break;
  }
  return chat::LineKind::info;
}

}  // namespace

Subscription HostForPlugin::on_message(Want want, std::function<void(const MessageEvent&)> function) {
  return track(services_.spoken.connect(
      [this, want, function = std::move(function)](chat::Network& network, const chat::Spoken& spoken) {
        tell(function, want, network, spoken);
      }));
}

/// A plugin does not hear what it said itself.
void HostForPlugin::tell(const std::function<void(const MessageEvent&)>& function, Want want,
                         chat::Network& network, const chat::Spoken& spoken) {
  const auto target = Services::target_of(network, spoken.window);
  if (!target || services_.speaker() == guard_.plugin()) return;
  const bool group = target->kind == Target::Kind::group;
  const bool automatic = spoken.line.kind == chat::LineKind::notice;
  if (!(group ? want.group : want.direct)) return;
  if (want.scope == Scope::live && (spoken.queued || automatic || spoken.mine)) return;
  const bool mentions =
      group && !spoken.mine && chat::mentions(spoken.line.text, base::safe_text(network.user()));
  const std::string_view topic = spoken.incoming ? spoken.incoming->topic : std::string_view();
  const MessageEvent event{*views_.at(network.id()),
                           services_.id_of(spoken.window),
                           *target,
                           spoken.line.sender,
                           spoken.line.text,
                           to_public(spoken.line.kind),
                           automatic,
                           spoken.mine,
                           mentions,
                           spoken.queued,
                           spoken.sent_at,
                           spoken.arrived_at,
                           topic,
                           spoken.incoming ? spoken.incoming->qos : 0,
                           spoken.incoming && spoken.incoming->retained};
  guard("on_message", [&] { function(event); });
}

Subscription HostForPlugin::on_line(std::function<void(const LineEvent&)> function) {
  return track(services_.line.connect(
      [this, function = std::move(function)](const Services::LineTold& told) { tell(function, told); }));
}

void HostForPlugin::tell(const std::function<void(const LineEvent&)>& function,
                         const Services::LineTold& told) {
  const auto target = Services::target_of(told.network, told.window);
  const bool drawn = told.line.kind == chat::LineKind::rule;  // it belongs to the screen
  if (!target || drawn) return;
  const bool mine = told.line.state != chat::SendState::none ||
                    (!told.line.sender.empty() && told.line.sender == base::safe_text(told.network.user()));
  const LineEvent event{*views_.at(told.network.id()),
                        services_.id_of(told.window),
                        *target,
                        to_public(told.line.kind),
                        told.line.sender,
                        told.line.text,
                        told.line.time,
                        mine,
                        told.position};
  guard("on_line", [&] { function(event); });
}

Subscription HostForPlugin::on_self_status(std::function<void(const SelfStatusEvent&)> function) {
  return track(services_.self_status.connect(
      [this, function = std::move(function)](chat::Network& network, Status old, Status now) {
        const SelfStatusEvent event{*views_.at(network.id()), old, now};
        guard("on_self_status", [&] { function(event); });
      }));
}

Subscription HostForPlugin::add_history(std::function<std::vector<Line>(const HistoryRequest&)> function) {
  return track(client_.backlog.add_source(
      [this, function = std::move(function)](const chat::Backlog::Request& request) {
        return past_lines(function, request);
      }));
}

std::vector<chat::Backlog::PastLine> HostForPlugin::past_lines(
    const std::function<std::vector<Line>(const HistoryRequest&)>& function,
    const chat::Backlog::Request& request) {
  const auto target = Services::target_of(request.network, request.window);
  std::vector<chat::Backlog::PastLine> out;
  if (!target) return out;
  std::optional<Line> before;
  if (request.before)
    before = Line{request.before->time, to_public(request.before->kind), request.before->sender,
                  request.before->text};
  const HistoryRequest wanted{*views_.at(request.network.id()), services_.id_of(request.window), *target,
                              std::move(before), request.most};
  std::vector<Line> lines;
  guard("a history", [&] { lines = function(wanted); });
  if (lines.size() > request.most)
    lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(request.most));
  for (Line& line : lines)
    out.push_back({line.time, to_chat(line.kind), std::move(line.sender), std::move(line.text)});
  return out;
}

void HostForPlugin::say(const Target& target, std::string_view text, SayOptions options) {
  services_.say_soon(guard_.plugin(), target, std::string(text), options);
}

bool HostForPlugin::in_view(WindowId window) const {
  const chat::Buffer* const buffer = services_.window(window);
  return buffer && client_.attention.sees(*buffer);
}

WindowId HostForPlugin::open_window(NetworkId network, std::string_view name, std::function<void()> closed) {
  chat::Network* const there = services_.network(network);
  if (!there) return 0;
  chat::Buffer& window = client_.buffers.open(*there, chat::BufferKind::plugin, base::safe_text(name));
  const WindowId id = services_.id_of(window);
  own_windows_[id] = std::move(closed);
  return id;
}

void HostForPlugin::on_closing(WindowId window) {
  auto closed = own_windows_.extract(window);
  if (!closed.empty() && closed.mapped()) guard("a closed window", closed.mapped());
}

void HostForPlugin::print(WindowId window, const Line& line) {
  chat::Buffer* const buffer = own_windows_.contains(window) ? services_.window(window) : nullptr;
  if (!buffer) return;
  const std::string sender = base::safe_text(line.sender), text = base::safe_text(line.text);
  chat::Line shown;
  shown.time = line.time == Time{} ? base::now() : line.time;
  shown.kind = to_chat(line.kind);
  shown.sender = sender;
  shown.text = text;
  buffer->append(shown);
}

bool HostForPlugin::ring() {
  if (!client_.attention.ring) return false;
  client_.attention.ring();
  return true;
}

bool HostForPlugin::command_terminal(std::string_view body) {
  if (!client_.attention.command_terminal) return false;
  client_.attention.command_terminal(body);
  return true;
}

}  // namespace gnatter::plugin_host

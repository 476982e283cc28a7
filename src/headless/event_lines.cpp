// SPDX-License-Identifier: GPL-3.0-or-later
#include "headless/event_lines.h"

#include "base/text.h"

namespace gnatter::headless {
namespace {

/// Empty: what else is told as well, or is for the eye alone.
std::string_view kind_of(const chat::Line& line) {
  switch (line.kind) {
    case chat::LineKind::message:
    case chat::LineKind::notice:
      return "message";
    case chat::LineKind::action:
      return "action";
    case chat::LineKind::info:
      return "info";
    case chat::LineKind::error:
      return "error";
    case chat::LineKind::raw:
      return "raw";
    case chat::LineKind::presence:
    case chat::LineKind::rule:
      break;
  }
  return {};
}

/// In a plugin's window lines are shown, not said: results of a search, for instance.
std::string_view kind_in(const chat::Buffer& window, const chat::Line& line) {
  const std::string_view kind = kind_of(line);
  const bool shown_only = window.kind() == chat::BufferKind::plugin && !kind.empty();
  return shown_only && line.kind != chat::LineKind::error ? "info" : kind;
}

std::string_view kind_of(const chat::Roster::Report& report) {
  switch (report.kind) {
    case chat::Roster::Report::Kind::login:
      return "login";
    case chat::Roster::Report::Kind::active:
      return "active";
    case chat::Roster::Report::Kind::logout:
      return "logout";
    case chat::Roster::Report::Kind::status:
      return "status";
  }
  return "active";
}

}  // namespace

std::string event_line(base::Time time, std::string_view kind, std::string_view window,
                       std::string_view sender, std::string_view text) {
  std::string out = base::local_iso8601(time);
  for (std::string_view field : {kind, window, sender, text}) {
    out += '\t';
    out += base::escape_field(field);
  }
  return out += '\n';
}

namespace {

/// As a line of input names it: "work/#dev".
std::string with_network(std::string_view network, std::string_view window) {
  return (network.empty() ? "" : std::string(network) + '/') + std::string(window);
}

std::string window_name(const chat::Buffer& window, std::string_view network) {
  const bool of_network = window.kind() == chat::BufferKind::network;
  return with_network(network, of_network ? "*" : base::safe_text(window.shown_name()));
}

/// A sixth field tells of a message that the broker had kept.
std::string raw_event(const std::string& name, const chat::Line& line) {
  std::string event = event_line(line.time, "raw", name, line.sender, line.text);
  if (line.retained) event.insert(event.size() - 1, "\tretained");
  return event;
}

}  // namespace

std::optional<std::string> event_of(const chat::Buffer& window, const chat::Line& line,
                                    std::string_view network) {
  const std::string_view kind = kind_in(window, line);
  if (kind.empty()) return std::nullopt;
  const std::string name = window_name(window, network);
  if (line.kind == chat::LineKind::raw) return raw_event(name, line);
  if (window.kind() == chat::BufferKind::plugin)
    return event_line(line.time, kind, name, line.sender, line.text);
  if (line.kind == chat::LineKind::error) return event_line(line.time, kind, name, line.sender, line.text);
  switch (line.state) {
    case chat::SendState::none:
      return event_line(line.time, kind, name, line.sender, line.text);
    case chat::SendState::sent:
      break;
    case chat::SendState::pending:
    case chat::SendState::refused:
      return std::nullopt;
  }
  const std::string text = (line.kind == chat::LineKind::action ? "/me " : "") + std::string(line.text);
  return event_line(line.time, "sent", name, line.sender, text);
}

std::optional<std::string> event_of(const chat::Roster::Report& report, std::string_view network) {
  using Kind = chat::Roster::Report::Kind;
  const bool always = report.kind == Kind::login || report.kind == Kind::logout;
  if (!report.news && !always) return std::nullopt;
  const std::string_view text = report.status ? protocol::to_payload(*report.status) : std::string_view();
  return event_line(base::now(), kind_of(report), with_network(network, "*"), base::safe_text(report.name),
                    text);
}

}  // namespace gnatter::headless

// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/backlog.h"

#include <algorithm>
#include <chrono>

#include "base/text.h"

namespace gnatter::chat {
namespace {

using PastLine = Backlog::PastLine;

/// As long as names get when they are made safe, and a line with a good reason.
constexpr std::size_t most_sender_bytes = 80, most_text_bytes = std::size_t{1} << 20;

bool is_conversation(LineKind kind) {
  switch (kind) {
    case LineKind::message:
    case LineKind::action:
    case LineKind::notice:
    case LineKind::presence:
      return true;
    case LineKind::info:
    case LineKind::error:
    case LineKind::rule:
    case LineKind::raw:
      break;
  }
  return false;
}

/// Beside these what went wrong: a line that was refused would look said.
bool may_be_past(LineKind kind) {
  return is_conversation(kind) || kind == LineKind::error;
}

/// The years that a time in words can have.
bool is_sane(base::Time time) {
  using namespace std::chrono;
  return time >= base::Time{} && time < base::Time(sys_days(year{10000} / 1 / 1));
}

std::string safe_sender(std::string_view sender) {
  std::string safe = base::safe_text(sender.substr(0, most_sender_bytes));
  std::replace_if(
      safe.begin(), safe.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return safe;
}

/// The latest `most` that belong into a window.
void clean(std::vector<PastLine>& lines, std::size_t most) {
  std::erase_if(lines, [](const PastLine& line) { return !may_be_past(line.kind) || !is_sane(line.time); });
  if (lines.size() > most) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(most));
  for (PastLine& line : lines) {
    const bool nobody = line.kind == LineKind::presence || line.kind == LineKind::error;
    line.sender = nobody ? std::string() : safe_sender(line.sender);
    line.text = base::safe_text(std::string_view(line.text).substr(0, most_text_bytes));
  }
}

bool prepend(Buffer& window, const std::vector<PastLine>& past) {
  std::vector<Line> lines(past.size());
  for (std::size_t i = 0; i < past.size(); ++i) {
    lines[i].time = past[i].time;
    lines[i].kind = past[i].kind;
    lines[i].sender = past[i].sender;
    lines[i].text = past[i].text;
  }
  return window.prepend(lines) > 0;
}

}  // namespace

Subscription Backlog::add_source(Source source) {
  const int id = next_++;
  sources_->emplace_back(id, std::move(source));
  Subscription added([sources = std::weak_ptr(sources_), id] {
    if (const auto all = sources.lock())
      std::erase_if(*all, [id](const auto& one) { return one.first == id; });
  });
  source_added.emit();
  return added;
}

/// A source may end itself or others while it is asked.
std::vector<Backlog::PastLine> Backlog::ask(const Request& request) const {
  std::vector<int> ids;
  for (const auto& source : *sources_) ids.insert(ids.begin(), source.first);
  for (const int id : ids) {
    const auto found =
        std::find_if(sources_->begin(), sources_->end(), [id](const auto& one) { return one.first == id; });
    if (found == sources_->end()) continue;
    const Source source = found->second;
    std::vector<PastLine> lines = source(request);
    clean(lines, request.most);
    if (!lines.empty()) return lines;
  }
  return {};
}

std::optional<PastLine> Backlog::oldest_of(const Buffer& window) {
  for (LineNumber number = window.first(); number < window.end(); ++number) {
    const Line line = *window.line(number);
    if (is_conversation(line.kind) || (line.past && may_be_past(line.kind)))
      return PastLine{line.time, line.kind, std::string(line.sender), std::string(line.text)};
  }
  return std::nullopt;
}

bool Backlog::load(Network& network, Buffer& window, std::size_t most) {
  if (sources_->empty() || most == 0) return false;
  return prepend(window, ask({network, window, oldest_of(window), most}));
}

}  // namespace gnatter::chat

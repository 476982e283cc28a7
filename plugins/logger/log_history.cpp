// SPDX-License-Identifier: GPL-3.0-or-later
#include "log_history.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "log_tail.h"

namespace logger {
namespace {

using gnatter::Line;
using gnatter::LineKind;
using Paths = std::vector<std::filesystem::path>;

/// How many files are looked through for one line.
constexpr std::size_t most_files = 8;

/// What went wrong belongs to it: a line that was refused would look said.
bool is_conversation(const Line& line) {
  return line.kind != LineKind::info;
}

/// Takes away what has been written since it was asked for: the end of the file is their beginning then.
void drop_written(std::vector<Line>& waiting, const Paths& files) {
  if (waiting.empty() || files.empty()) return;
  const auto tail = last_lines(files.front(), waiting.size(), [](const Line&) { return true; });
  for (std::size_t count = tail.size(); count > 0; --count) {
    const auto begin = tail.end() - static_cast<std::ptrdiff_t>(count);
    if (!std::equal(begin, tail.end(), waiting.begin(),
                    [](const LoggedLine& one, const Line& other) { return same(one.line, other); }))
      continue;
    waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(count));
    return;
  }
}

/// Leaves what stands before the line; false, and nothing is touched: it is not there.
bool cut_at(std::vector<Line>& waiting, const Line& line) {
  const auto found =
      std::find_if(waiting.rbegin(), waiting.rend(), [&](const Line& one) { return same(one, line); });
  if (found == waiting.rend()) return false;
  waiting.erase(std::prev(found.base()), waiting.end());
  return true;
}

/// Two clients of one home both write what both see, with the sender's time, one soon after the other.
void drop_doubled(std::vector<Line>& lines) {
  constexpr std::size_t near = 32;
  std::vector<Line> once;
  for (Line& line : lines) {
    const auto begin = once.end() - static_cast<std::ptrdiff_t>(std::min(near, once.size()));
    if (std::none_of(begin, once.end(), [&](const Line& other) { return same(other, line); }))
      once.push_back(std::move(line));
  }
  lines = std::move(once);
}

}  // namespace

std::optional<LogHistory::Place> LogHistory::remembered(const Line& line, const Paths& files) const {
  if (!page_ || !same(page_->first, line)) return std::nullopt;
  const auto file = std::find(files.begin(), files.end(), page_->path);
  if (file == files.end() || !stands_at(page_->path, page_->at, line)) return std::nullopt;
  return Place{static_cast<std::size_t>(file - files.begin()), page_->at};
}

std::vector<Line> LogHistory::before(const std::optional<Line>& line, const Paths& files,
                                     std::vector<Line> waiting, std::size_t most) {
  drop_written(waiting, files);
  Place place;
  if (line && !cut_at(waiting, *line)) {
    auto found = remembered(*line, files);
    const std::size_t end = std::min(files.size(), most_files);
    for (std::size_t i = 0; !found && i < end; ++i)
      if (const auto at = find_line(files[i], *line)) found = Place{i, at};
    if (found) waiting.clear();
    // It is in no log, or too far back in them: then those that are older.
    while (!found && !waiting.empty() && waiting.back().time >= line->time) waiting.pop_back();
    for (std::size_t i = 0; !found && waiting.empty() && i < end; ++i)
      if (const auto at = end_of_older(files[i], line->time); at > 0) found = Place{i, at};
    if (!found && waiting.empty()) return {};
    if (found) place = *found;
  }
  std::erase_if(waiting, [](const Line& one) { return !is_conversation(one); });
  if (waiting.size() > most)
    waiting.erase(waiting.begin(), waiting.end() - static_cast<std::ptrdiff_t>(most));
  std::vector<Line> lines = read(place, files, most - waiting.size());
  std::move(waiting.begin(), waiting.end(), std::back_inserter(lines));
  drop_doubled(lines);
  if (line) std::erase_if(lines, [&](const Line& one) { return same(one, *line); });  // its double
  return lines;
}

std::vector<Line> LogHistory::read(Place place, const Paths& files, std::size_t most) {
  std::vector<Line> lines;
  for (; place.file < files.size() && lines.size() < most; ++place.file, place.at.reset()) {
    auto older = last_lines(files[place.file], most - lines.size(), is_conversation, place.at);
    if (older.empty()) continue;
    page_ = Page{files[place.file], older.front().at, older.front().line};
    std::vector<Line> both;
    for (auto& one : older) both.push_back(std::move(one.line));
    std::move(lines.begin(), lines.end(), std::back_inserter(both));
    lines = std::move(both);
  }
  return lines;
}

}  // namespace logger

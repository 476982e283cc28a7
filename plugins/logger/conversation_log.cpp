// SPDX-License-Identifier: GPL-3.0-or-later
#include "conversation_log.h"

#include <chrono>
#include <utility>

namespace logger {

/// The day is that of the writing, not the sender's: otherwise others could fill the directory with days.
void ConversationLog::write(const gnatter::LineEvent& event, const Place& place, Zone zone) {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  turn_to(place.file_on(print_date(now, zone)), event.network.id());
  file_->write({event.time, event.kind, std::string(event.sender), std::string(event.text)}, event.position,
               zone);
}

void ConversationLog::turn_to(const std::filesystem::path& path, gnatter::NetworkId network) {
  if (file_ && file_->path() == path) return;
  if (file_ && file_->in_trouble()) left_.push_back(std::move(file_));
  file_ = std::make_unique<LogFile>(host_, trouble_, network, path, [this] {
    std::erase_if(left_, [](const auto& file) { return !file->in_trouble(); });
  });
}

std::vector<gnatter::Line> ConversationLog::history(const gnatter::HistoryRequest& request,
                                                    const Place& place) {
  std::vector<gnatter::Line> waiting;
  for (const auto& file : left_)
    for (auto& line : file->waiting()) waiting.push_back(std::move(line));
  if (file_)
    for (auto& line : file_->waiting()) waiting.push_back(std::move(line));
  return history_.before(request.before, place.files(), std::move(waiting), request.most);
}

}  // namespace logger

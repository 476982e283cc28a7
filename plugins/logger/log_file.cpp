// SPDX-License-Identifier: GPL-3.0-or-later
#include "log_file.h"

#include <chrono>
#include <string>
#include <utility>

namespace logger {

using namespace std::chrono_literals;

LogFile::LogFile(gnatter::Host& host, LogTrouble& trouble, gnatter::NetworkId network,
                 std::filesystem::path path, std::function<void()> settled)
    : host_(host),
      trouble_(trouble),
      network_(network),
      path_(std::move(path)),
      settled_(std::move(settled)) {
  gnatter::AppendEvents events;
  events.failed = [this](std::string_view why) {
    in_trouble_ = true;
    trouble_.failed(this, *file_, network_, path_, std::string(why));
  };
  events.recovered = [this] { recovered(); };
  events.synced = [this](std::uint64_t size, std::uint64_t mark) { write_mark(path_, size, mark); };
  file_ = host_.open_append(path_, std::move(events));
}

void LogFile::recovered() {
  in_trouble_ = false;
  const std::size_t lost = file_->lost();
  trouble_.recovered(this, network_, lost - std::exchange(lost_told_, lost));
  const auto settled = settled_;  // this may go in it
  settled();
}

/// What is handed over again comes at the start; a minute later the lines need no memory any more.
void LogFile::read_before() {
  if (std::exchange(looked_, true)) return;
  before_.emplace(path_);
  if (before_->empty()) return before_.reset();
  forget_ = host_.after(1min, [this] { before_.reset(); });
}

void LogFile::write(const gnatter::Line& line, std::uint64_t position, Zone zone) {
  read_before();
  if (before_ && before_->take(line, position)) return;
  file_->line(print(line, zone), position);
}

std::vector<gnatter::Line> LogFile::waiting() const {
  std::vector<gnatter::Line> lines;
  for (const auto& row : file_->unwritten())
    if (auto line = parse(row)) lines.push_back(std::move(*line));
  return lines;
}

}  // namespace logger

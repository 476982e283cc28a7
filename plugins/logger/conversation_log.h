// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "gnatter/plugin.h"
#include "log_file.h"
#include "log_history.h"
#include "log_place.h"
#include "log_trouble.h"

namespace logger {

/// The logs of one group or user: the file of today is written, all are read.
class ConversationLog {
 public:
  ConversationLog(gnatter::Host& host, LogTrouble& trouble) : host_(host), trouble_(trouble) {}
  ConversationLog(const ConversationLog&) = delete;
  ConversationLog& operator=(const ConversationLog&) = delete;

  void write(const gnatter::LineEvent& event, const Place& place, Zone zone);
  std::vector<gnatter::Line> history(const gnatter::HistoryRequest& request, const Place& place);

 private:
  void turn_to(const std::filesystem::path& path, gnatter::NetworkId network);

  gnatter::Host& host_;
  LogTrouble& trouble_;
  LogHistory history_;
  std::unique_ptr<LogFile> file_;
  std::vector<std::unique_ptr<LogFile>> left_;  // of days before, whose lines still wait
};

}  // namespace logger

// SPDX-License-Identifier: GPL-3.0-or-later
#include "log_trouble.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace logger {
namespace {

constexpr std::string_view full = "disk full";

/// "12,345"
std::string grouped(std::size_t number) {
  std::string digits = std::to_string(number);
  for (auto at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string lines_wait(std::size_t count) {
  return count == 1
             ? "1 line waits in memory (room for 10,000 a conversation) and is written"
             : grouped(count) + " lines wait in memory (room for 10,000 a conversation) and are written";
}

}  // namespace

std::string short_path(const std::filesystem::path& path) {
  const char* const home = std::getenv("HOME");
  const std::string text = path.string(), start = home ? std::string(home) + '/' : "";
  return start.size() > 1 && text.starts_with(start) ? "~/" + text.substr(start.size()) : text;
}

LogTrouble::LogTrouble(gnatter::Host& host, std::filesystem::path root)
    : host_(host), root_(std::move(root)), item_(host.add_status_item()) {}

bool LogTrouble::is_known(const std::string& why) const {
  return std::any_of(logs_.begin(), logs_.end(), [&](const auto& log) { return log.second.why == why; });
}

std::size_t LogTrouble::waiting() const {
  std::size_t sum = 0;
  for (const auto& [log, entry] : logs_) sum += entry.file->waiting();
  return sum;
}

void LogTrouble::failed(Log log, const gnatter::AppendFile& file, gnatter::NetworkId network,
                        const std::filesystem::path& path, const std::string& why) {
  const bool known = is_known(why);
  logs_[log] = {&file, why};
  show();
  if (known) return;
  if (why == full)
    print(network,
          "logger: no room in " + short_path(root_) + ". " + lines_wait(waiting()) + " when there is room.");
  else
    print(network, "logger: " + short_path(path) + " cannot be written: " + why + ". " +
                       lines_wait(waiting()) + " when it can be.");
}

void LogTrouble::recovered(Log log, gnatter::NetworkId network, std::size_t lost) {
  const auto found = logs_.find(log);
  if (found == logs_.end()) return;
  const std::string why = found->second.why;
  logs_.erase(found);
  lost_ += lost;
  show();
  if (is_known(why)) return;
  const std::string start =
      why == full ? "logger: there is room again in " + short_path(root_) : "logger: logs again";
  const std::size_t gone = std::exchange(lost_, 0);
  print(network, gone == 0 ? start + ", everything that waited is written."
                 : gone == 1
                     ? start + ". 1 line found no room to wait and is in no log."
                     : start + ". " + grouped(gone) + " lines found no room to wait and are in no log.");
}

void LogTrouble::forget(Log log) {
  logs_.erase(log);
  show();
}

void LogTrouble::print(gnatter::NetworkId network, const std::string& sentence) {
  if (auto* const there = host_.network(network)) there->print(sentence);
}

void LogTrouble::show() {
  if (logs_.empty()) return item_->set(gnatter::Tone::plain, "");
  item_->set(gnatter::Tone::warn,
             "not logging: " + (is_known(std::string(full)) ? std::string(full) : logs_.begin()->second.why));
}

}  // namespace logger

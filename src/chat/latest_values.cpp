// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/latest_values.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/time_text.h"
#include "chat/raw_text.h"

namespace gnatter::chat {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_rows = 500;
constexpr auto gathering = 250ms;

/// As mosquitto calls them; other brokers have some of them too.
constexpr std::string_view what_matters[] = {
    "$SYS/broker/version",
    "$SYS/broker/uptime",
    "$SYS/broker/clients/connected",
    "$SYS/broker/clients/disconnected",
    "$SYS/broker/subscriptions/count",
    "$SYS/broker/retained messages/count",
    "$SYS/broker/load/messages/received/1min",
    "$SYS/broker/load/messages/sent/1min",
    "$SYS/broker/publish/messages/dropped",
    "$SYS/broker/heap/current",
};

bool matters(std::string_view topic) {
  return std::find(std::begin(what_matters), std::end(what_matters), topic) != std::end(what_matters);
}

}  // namespace

void LatestValues::received(std::string_view topic, std::string_view payload) {
  auto row = rows_.find(topic);
  if (row == rows_.end() && rows_.size() == most_rows) {
    if (!std::exchange(too_many_, true))
      window_.print(LineKind::info, "More topics come than the " + std::to_string(most_rows) +
                                        " that are shown. A narrower filter shows others.");
    return;
  }
  if (row == rows_.end()) row = rows_.try_emplace(std::string(topic)).first;
  std::string text = raw_text(payload);
  if (row->second.line && row->second.text == text) return;
  row->second.text = std::move(text);
  row->second.changed = true;
  if (!flush_soon_) flush_soon_ = loop_.after(gathering, [this] { flush(); });
}

void LatestValues::flush() {
  flush_soon_.reset();
  const bool first = !std::exchange(flushed_, true);
  for (auto& [topic, row] : rows_) {
    if (!std::exchange(row.changed, false)) continue;
    if (row.line)
      window_.rewrite(*row.line, row.text);
    else if (!first || !matters(topic))
      append(topic, row);
  }
  if (first) append_what_matters();
}

void LatestValues::append_what_matters() {
  bool any = false;
  for (const std::string_view topic : what_matters) {
    const auto row = rows_.find(topic);
    if (row == rows_.end()) continue;
    if (!std::exchange(any, true) && row != rows_.begin()) window_.print(LineKind::rule, "in short");
    append(row->first, row->second);
  }
}

void LatestValues::append(const std::string& topic, Row& row) {
  const std::string sender = shown_topic(topic);
  Line line;
  line.time = base::now();
  line.kind = LineKind::raw;
  line.sender = sender;
  line.text = row.text;
  row.line = window_.append(line);
}

}  // namespace gnatter::chat

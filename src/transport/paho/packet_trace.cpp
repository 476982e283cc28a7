// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/paho/packet_trace.h"

#include <MQTTAsync.h>

#include <charconv>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

namespace gnatter::transport {
namespace {

struct Entry {
  std::string client_id;
  std::shared_ptr<PacketLog> log;
  int socket = -1;  // from its CONNECT on, where that was seen
};

struct Trace {
  std::mutex mutex;
  std::vector<std::shared_ptr<Entry>> entries;
  std::size_t wanted = 0;
};

/// The callback has no argument of ours: what it needs can only be the process's.
Trace& trace() {
  static Trace the_one;
  return the_one;
}

constexpr std::size_t time_stamp = 20;  // "20261122 104200.123 "
constexpr std::size_t arrow = 3;        // "-> "

/// The entry that a line is about, which begins with its client id. Two may have the same one, at different
/// brokers: then the socket tells, which a CONNECT gives to the one that has none.
Entry* find(const std::vector<std::shared_ptr<Entry>>& entries, int socket, std::string_view line) {
  Entry* named = nullptr;
  for (const auto& entry : entries) {
    const std::string_view rest = line.substr(0, entry->client_id.size());
    const std::string_view behind = line.substr(rest.size());
    if (rest != entry->client_id || !(behind.starts_with(" -> ") || behind.starts_with(" <- "))) continue;
    const bool connects = behind.starts_with(" -> CONNECT ");
    if (connects ? entry->socket < 0 : entry->socket == socket) return entry.get();
    if (entry->socket < 0) named = entry.get();
  }
  return named;
}

void on_trace(MQTTASYNC_TRACE_LEVELS level, char* message) {
  if (level != MQTTASYNC_TRACE_PROTOCOL || !message) return;
  std::string_view line(message);
  if (line.size() < time_stamp) return;
  line.remove_prefix(time_stamp);
  int socket = -1;
  const auto read = std::from_chars(line.data(), line.data() + line.size(), socket);
  if (read.ec != std::errc() || read.ptr == line.data() + line.size() || *read.ptr != ' ') return;
  line.remove_prefix(static_cast<std::size_t>(read.ptr - line.data()) + 1);
  Trace& all = trace();
  const std::lock_guard lock(all.mutex);
  Entry* const entry = find(all.entries, socket, line);
  if (!entry) return;
  line.remove_prefix(entry->client_id.size() + 1);
  if (line.substr(arrow).starts_with("CONNECT ")) entry->socket = socket;
  entry->log->seen(line);
}

}  // namespace

void want_packet_trace(bool wanted) {
  bool was = false;
  {
    Trace& all = trace();
    const std::lock_guard lock(all.mutex);
    was = all.wanted > 0;
    all.wanted = wanted ? all.wanted + 1 : all.wanted - 1;
    if ((all.wanted > 0) == was) return;
  }
  MQTTAsync_setTraceLevel(was ? MQTTASYNC_TRACE_MINIMUM : MQTTASYNC_TRACE_PROTOCOL);
  MQTTAsync_setTraceCallback(was ? nullptr : &on_trace);
}

TracedClient::TracedClient(std::string client_id, std::shared_ptr<PacketLog> log) {
  if (!log) return;
  auto entry = std::make_shared<Entry>(Entry{std::move(client_id), std::move(log)});
  entry_ = entry;
  const std::lock_guard lock(trace().mutex);
  trace().entries.push_back(std::move(entry));
}

TracedClient::~TracedClient() {
  const std::lock_guard lock(trace().mutex);
  std::erase_if(trace().entries, [this](const auto& entry) { return entry == entry_; });
}

}  // namespace gnatter::transport

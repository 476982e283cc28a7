// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/append_files.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "base/append_writer.h"

namespace gnatter::base {
namespace {

std::string on_one_row(std::string line) {
  for (auto at = line.find('\n'); at != std::string::npos; at = line.find('\n', at))
    line.replace(at, 1, "\\n");
  return line;
}

class OpenFile final : public AppendFiles::File {
 public:
  OpenFile(std::shared_ptr<AppendWriter> writer, const std::filesystem::path& path,
           std::shared_ptr<AppendClient> client)
      : writer_(std::move(writer)), client_(std::move(client)), stream_(writer_->attach(path, client_)) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() override {
    client_->events = {};
    writer_->detach(*stream_, client_);
  }

  void add(std::string line, std::uint64_t mark) override {
    writer_->add(*stream_, client_, on_one_row(std::move(line)), mark);
  }
  std::vector<std::string> unwritten() const override { return writer_->unwritten(*stream_, *client_); }
  std::size_t waiting() const override { return writer_->read(*client_, &AppendClient::waiting); }
  std::size_t lost() const override { return writer_->read(*client_, &AppendClient::lost); }

 private:
  std::shared_ptr<AppendWriter> writer_;
  std::shared_ptr<AppendClient> client_;
  std::shared_ptr<AppendStream> stream_;
};

/// The event is copied: its owner may destroy the File, and with it the event, in the call.
template <class Event, class... Values>
EventLoop::Function later(std::shared_ptr<AppendClient> client, Event AppendFiles::Events::*event,
                          Values... values) {
  return [client = std::move(client), event, values...] {
    if (const auto function = client->events.*event) function(values...);
  };
}

}  // namespace

AppendFiles::AppendFiles(EventLoop& loop) : AppendFiles(loop, Pace{}) {}

AppendFiles::AppendFiles(EventLoop& loop, Pace pace)
    : writer_(std::make_shared<AppendWriter>(loop.poster(), pace)) {}

AppendFiles::Unwritten AppendFiles::finish() {
  return writer_->finish();
}

std::unique_ptr<AppendFiles::File> AppendFiles::open(const std::filesystem::path& path, Limits limits,
                                                     Events events) {
  if (!path.is_absolute()) throw std::invalid_argument("AppendFiles::open: " + path.string());
  auto client = std::make_shared<AppendClient>();
  client->limits = limits;
  client->events = std::move(events);
  return std::make_unique<OpenFile>(writer_, path.lexically_normal(), std::move(client));
}

void AppendWriter::tell_failed(AppendStream& stream, const std::string& why) {
  unwritten_.why = why;
  for (const auto& client : stream.clients) {
    const bool concerned = client->waiting > 0 || (stream.sync_failed && client->unsynced);
    if (client->in_trouble || !concerned) continue;
    client->in_trouble = true;
    post_(later(client, &AppendFiles::Events::failed, why));
  }
}

void AppendWriter::tell_recovered(const AppendStream& stream, const std::shared_ptr<AppendClient>& client) {
  if (!client->in_trouble || client->waiting != 0 || stream.sync_failed) return;
  client->in_trouble = false;
  client->lost_before = client->lost;
  post_(later(client, &AppendFiles::Events::recovered));
}

void AppendWriter::tell_synced(AppendStream& stream, std::uint64_t size) {
  for (const auto& client : stream.clients)
    if (const auto mark = std::exchange(client->unsynced, std::nullopt))
      post_(later(client, &AppendFiles::Events::synced, size, *mark));
}

}  // namespace gnatter::base

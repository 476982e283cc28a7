// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/append_writer.h"

#include <signal.h>

#include <algorithm>

namespace gnatter::base {
namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 20;

}  // namespace

std::shared_ptr<AppendStream> AppendWriter::attach(const std::filesystem::path& path,
                                                   const std::shared_ptr<AppendClient>& client) {
  const std::lock_guard lock(mutex_);
  auto& stream = streams_[path.string()];
  if (!stream) stream = std::make_shared<AppendStream>(path);
  stream->clients.push_back(client);
  if (!thread_.joinable() && !stopping_) thread_ = std::thread([self = shared_from_this()] { self->run(); });
  return stream;
}

void AppendWriter::detach(AppendStream& stream, const std::shared_ptr<AppendClient>& client) {
  const std::lock_guard lock(mutex_);
  std::erase(stream.clients, client);
  give_up(*client, stream.file.path());
  wake_.notify_one();
}

void AppendWriter::add(AppendStream& stream, const std::shared_ptr<AppendClient>& client, std::string line,
                       std::uint64_t mark) {
  const std::lock_guard lock(mutex_);
  const bool fits = client->waiting == 0 || (client->waiting < client->limits.lines &&
                                             client->bytes + line.size() <= client->limits.bytes &&
                                             bytes_ + line.size() <= most_bytes);
  if (!fits || stopping_) {
    ++client->lost;
    return;
  }
  ++client->waiting;
  client->bytes += line.size();
  bytes_ += line.size();
  stream.queue.push_back({std::move(line), mark, client});
  wake_.notify_one();
}

std::vector<std::string> AppendWriter::unwritten(const AppendStream& stream,
                                                 const AppendClient& client) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> lines;
  for (const auto& entry : stream.queue)
    if (entry.client.get() == &client) lines.push_back(entry.line);
  return lines;
}

AppendFiles::Unwritten AppendWriter::finish() {
  Lock lock(mutex_);
  stopping_ = true;
  if (!thread_.joinable()) return {};
  wake_.notify_one();
  const bool ended = done_.wait_for(lock, pace_.leave, [this] { return finished_; });
  if (!ended) unwritten_.why = "the disk does not answer";
  for (auto& [path, stream] : streams_) {
    for (const auto& client : stream->clients) give_up(*client, path);
    if (!stream->queue.empty()) give_up(*stream);
  }
  const auto unwritten = unwritten_;
  lock.unlock();
  if (ended)
    thread_.join();
  else
    thread_.detach();
  return unwritten;
}

/// The thread may be writing the first one: none is taken away.
void AppendWriter::give_up(AppendStream& stream) {
  unwritten_.lines += stream.queue.size();
  unwritten_.file = stream.file.path();
}

void AppendWriter::give_up(const AppendClient& client, const std::filesystem::path& file) {
  if (!client.in_trouble || client.lost == client.lost_before) return;
  unwritten_.lines += client.lost - client.lost_before;
  unwritten_.file = file;
}

void AppendWriter::run() {
  // None of the program's signals is this thread's, and SIGXFSZ is to be an error of write(2).
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, nullptr);

  Lock lock(mutex_);
  while (true) {
    bool busy = false;
    for (auto& [path, stream] : streams_) busy |= write_some(*stream, lock);
    busy |= sync_one(lock);
    if (busy) continue;
    if (stopping_) break;
    close_idle(lock);
    forget_unused();
    const auto due = next_due();
    if (due == Clock::time_point::max())
      wake_.wait(lock);
    else
      wake_.wait_until(lock, due);
  }
  finished_ = true;
  done_.notify_one();
}

bool AppendWriter::write_some(AppendStream& stream, Lock& lock) {
  // The turn of the others comes after so many.
  constexpr int most = 64;
  if (stream.queue.empty()) return false;
  if (stream.retry_at && !stopping_ && Clock::now() < *stream.retry_at) return false;
  for (int i = 0; i < most && !stream.queue.empty(); ++i) {
    if (const auto trouble = write_first(stream, lock)) {
      stream.retry_at = Clock::now() + pace_.retry;
      tell_failed(stream, *trouble);
      if (!stopping_) return true;
      give_up(stream);  // that was the last try
      stream.queue.clear();
      return true;
    }
    stream.retry_at.reset();
    auto& [line, mark, client] = stream.queue.front();
    --client->waiting;
    client->bytes -= line.size();
    bytes_ -= line.size();
    client->unsynced = mark;
    tell_recovered(stream, client);
    stream.queue.pop_front();
  }
  return true;
}

GrowingFile::Trouble AppendWriter::write_first(AppendStream& stream, Lock& lock) {
  const std::string& line = stream.queue.front().line;
  if (!stream.file.is_open()) make_room(stream, lock);
  lock.unlock();
  const auto now = Clock::now();
  if (stream.look_at <= now) {
    stream.file.look();
    stream.look_at = now + pace_.look;
  }
  auto trouble = stream.file.write(line);
  lock.lock();
  if (trouble) return trouble;
  stream.idle_at = now + pace_.idle;
  if (!stream.sync_at) stream.sync_at = now + pace_.sync;
  return trouble;
}

void AppendWriter::make_room(const AppendStream& stream, Lock& lock) {
  std::size_t open = 0;
  AppendStream* oldest = nullptr;
  for (auto& [path, other] : streams_) {
    if (other.get() == &stream || !other->file.is_open()) continue;
    ++open;
    if (!oldest || other->idle_at < oldest->idle_at) oldest = other.get();
  }
  if (open < pace_.descriptors || !oldest) return;
  lock.unlock();
  oldest->file.close();
  lock.lock();
}

bool AppendWriter::sync_one(Lock& lock) {
  AppendStream* first = nullptr;
  for (auto& [path, stream] : streams_)
    if (stream->sync_at && (!first || stream->sync_at < first->sync_at)) first = stream.get();
  if (!first || (!stopping_ && Clock::now() < *first->sync_at)) return false;
  lock.unlock();
  const auto trouble = first->file.sync();
  const bool stands = first->file.stands();
  const auto end = first->file.end();
  lock.lock();
  first->sync_at.reset();
  first->sync_failed = trouble.has_value();
  if (trouble) {
    tell_failed(*first, *trouble);
    if (!stopping_) first->sync_at = Clock::now() + pace_.retry;
    return true;
  }
  if (stands) tell_synced(*first, end);
  for (const auto& client : first->clients) tell_recovered(*first, client);
  return true;
}

void AppendWriter::close_idle(Lock& lock) {
  const auto now = Clock::now();
  for (auto& [path, stream] : streams_) {
    if (!stream->file.is_open() || now < stream->idle_at) continue;
    lock.unlock();
    stream->file.close();
    lock.lock();
  }
}

void AppendWriter::forget_unused() {
  std::erase_if(streams_, [](const auto& entry) {
    const auto& stream = *entry.second;
    return stream.clients.empty() && stream.queue.empty() && !stream.sync_at && !stream.file.is_open();
  });
}

AppendWriter::Clock::time_point AppendWriter::next_due() const {
  auto due = Clock::time_point::max();
  for (const auto& [path, stream] : streams_) {
    if (!stream->queue.empty()) due = std::min(due, stream->retry_at.value_or(Clock::time_point::min()));
    if (stream->sync_at) due = std::min(due, *stream->sync_at);
    if (stream->file.is_open()) due = std::min(due, stream->idle_at);
  }
  return due;
}

}  // namespace gnatter::base

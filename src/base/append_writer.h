// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/append_files.h"
#include "base/growing_file.h"

namespace gnatter::base {

/// One File of AppendFiles, as long as it or a line of it lives.
struct AppendClient {
  AppendFiles::Limits limits;
  /// The loop's thread alone; empty once the File is destroyed, so that nothing of its owner's lives longer.
  AppendFiles::Events events;

  // Under the writer's mutex.
  std::size_t waiting = 0;
  std::size_t bytes = 0;
  std::size_t lost = 0;
  std::size_t lost_before = 0;            ///< of these, before the trouble that lasts
  bool in_trouble = false;                ///< was told `failed`, not yet `recovered`
  std::optional<std::uint64_t> unsynced;  ///< the mark of its last line since the last fdatasync
};

/// What the Files of one path share.
struct AppendStream {
  using Moment = std::chrono::steady_clock::time_point;
  struct Entry {
    std::string line;
    std::uint64_t mark;
    std::shared_ptr<AppendClient> client;
  };

  explicit AppendStream(std::filesystem::path path) : file(std::move(path)) {}

  // Under the writer's mutex. Its thread alone takes entries away, so the first one stays where it is while
  // it is written, which is done without the mutex.
  std::deque<Entry> queue;
  std::vector<std::shared_ptr<AppendClient>> clients;

  // The writing thread's.
  GrowingFile file;
  Moment look_at{};
  std::optional<Moment> retry_at;  ///< in trouble: no sooner
  std::optional<Moment> sync_at;
  Moment idle_at{};
  bool sync_failed = false;
};

/// The thread of AppendFiles and what it shares with the loop's: everything goes by the one mutex, which is
/// held neither in a system call nor in a call out. The thread keeps the object alive.
class AppendWriter : public std::enable_shared_from_this<AppendWriter> {
 public:
  using Post = std::function<void(EventLoop::Function)>;

  AppendWriter(Post post, AppendFiles::Pace pace) : post_(std::move(post)), pace_(pace) {}

  // The loop's thread.
  std::shared_ptr<AppendStream> attach(const std::filesystem::path& path,
                                       const std::shared_ptr<AppendClient>& client);
  void detach(AppendStream& stream, const std::shared_ptr<AppendClient>& client);
  void add(AppendStream& stream, const std::shared_ptr<AppendClient>& client, std::string line,
           std::uint64_t mark);
  std::vector<std::string> unwritten(const AppendStream& stream, const AppendClient& client) const;
  template <class Value>
  Value read(const AppendClient& client, Value AppendClient::*member) const {
    const std::lock_guard lock(mutex_);
    return client.*member;
  }
  /// Gives the thread the time of Pace::leave, then leaves it alone.
  AppendFiles::Unwritten finish();

 private:
  using Clock = std::chrono::steady_clock;
  using Lock = std::unique_lock<std::mutex>;
  using Streams = std::map<std::string, std::shared_ptr<AppendStream>>;

  void run();
  bool write_some(AppendStream& stream, Lock& lock);
  GrowingFile::Trouble write_first(AppendStream& stream, Lock& lock);
  void make_room(const AppendStream& stream, Lock& lock);
  bool sync_one(Lock& lock);
  void close_idle(Lock& lock);
  void forget_unused();
  void give_up(AppendStream& stream);
  void give_up(const AppendClient& client, const std::filesystem::path& file);
  Clock::time_point next_due() const;

  void tell_failed(AppendStream& stream, const std::string& why);
  void tell_recovered(const AppendStream& stream, const std::shared_ptr<AppendClient>& client);
  void tell_synced(AppendStream& stream, std::uint64_t size);

  const Post post_;
  const AppendFiles::Pace pace_;
  std::thread thread_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable done_;
  // Under the mutex. The thread alone takes streams away.
  Streams streams_;
  std::size_t bytes_ = 0;  // that wait, in all
  AppendFiles::Unwritten unwritten_;
  bool stopping_ = false;
  bool finished_ = false;
};

}  // namespace gnatter::base

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/group_files.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

#include "base/paths.h"
#include "base/text.h"
#include "base/whole_file.h"
#include "gnatter/protocol.h"

namespace gnatter::app {
namespace {

using namespace std::chrono_literals;
using Groups = std::vector<std::string>;

constexpr std::size_t most_bytes = GroupFiles::most_groups * (protocol::max_name_bytes + 1);
constexpr auto lock_patience = 5s;
constexpr auto end_patience = 2s;

std::filesystem::path directory_of(const std::filesystem::path& state, const std::string& account) {
  return state / "groups" / base::file_name_for(account);
}

/// The names in `text`; `bad`: the number of the first line that is none, or 0.
Groups parse(std::string_view text, std::size_t& bad) {
  Groups groups;
  std::set<std::string_view> known;
  bad = 0;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view name = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const bool fine = protocol::is_group_name(name) && groups.size() < GroupFiles::most_groups;
    if (!fine && bad == 0) bad = number;
    if (fine && known.insert(name).second) groups.emplace_back(name);
  }
  return groups;
}

struct Change {
  std::string account;
  std::string group;
  bool joined;
};

void apply(Groups& groups, const Change& change) {
  const auto found = std::find(groups.begin(), groups.end(), change.group);
  if (!change.joined && found != groups.end()) groups.erase(found);
  if (!change.joined || found != groups.end()) return;
  if (groups.size() == GroupFiles::most_groups)
    throw std::runtime_error("there are " + std::to_string(groups.size()) + " already");
  groups.push_back(change.group);
}

/// Another program of the same account may be at it.
base::FileDescriptor wait_for_lock(const std::filesystem::path& file) {
  const auto until = std::chrono::steady_clock::now() + lock_patience;
  while (true) {
    if (auto lock = base::try_lock(file)) return std::move(*lock);
    if (std::chrono::steady_clock::now() > until)
      throw std::runtime_error(file.string() + " is locked by another program");
    std::this_thread::sleep_for(10ms);
  }
}

/// `changes` are all of one account.
void write(const std::filesystem::path& directory, const std::vector<Change>& changes) {
  base::make_private_directory(directory);
  const auto lock = wait_for_lock(directory / "lock");
  const auto file = directory / "joined";
  const std::string before = base::read_whole_file(file, most_bytes).value_or("");
  std::size_t bad = 0;
  Groups groups = parse(before, bad);
  for (const Change& change : changes) apply(groups, change);
  std::string text;
  for (const std::string& group : groups) text += group + '\n';
  if (text != before) base::write_whole_file(file, text);
}

}  // namespace

/// What waits to be written, and the thread that writes it; it outlives the GroupFiles where the disk hangs.
class GroupFiles::Writer {
 public:
  using Fail = std::function<void(const std::string& account, const std::string& why)>;
  Writer(std::filesystem::path state, Fail fail) : state_(std::move(state)), fail_(std::move(fail)) {}

  void push(Change change) {
    const std::lock_guard guard(mutex_);
    waiting_.push_back(std::move(change));
    changed_.notify_all();
  }
  /// Whether everything is written.
  bool wait_until_written() {
    std::unique_lock guard(mutex_);
    return changed_.wait_for(guard, end_patience, [this] { return waiting_.empty() && !writing_; });
  }
  void end() {
    const std::lock_guard guard(mutex_);
    ended_ = true;
    changed_.notify_all();
  }

  void run() {
    std::unique_lock guard(mutex_);
    while (true) {
      changed_.wait(guard, [this] { return ended_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      const std::vector<Change> changes = take();
      writing_ = true;
      guard.unlock();
      try {
        write(directory_of(state_, changes.front().account), changes);
      } catch (const std::exception& error) {
        fail_(changes.front().account, error.what());
      }
      guard.lock();
      writing_ = false;
      changed_.notify_all();
    }
  }

 private:
  /// The first, and all behind it of the same account.
  std::vector<Change> take() {
    const std::string account = waiting_.front().account;
    std::vector<Change> changes;
    while (!waiting_.empty() && waiting_.front().account == account) {
      changes.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
    return changes;
  }

  const std::filesystem::path state_;
  const Fail fail_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Change> waiting_;
  bool writing_ = false;
  bool ended_ = false;
};

GroupFiles::GroupFiles(base::EventLoop& loop, std::filesystem::path state)
    : state_(std::move(state)), writer_(make_writer(loop)), thread_([writer = writer_] { writer->run(); }) {}

std::shared_ptr<GroupFiles::Writer> GroupFiles::make_writer(base::EventLoop& loop) {
  const auto fail = [this, alive = std::weak_ptr(alive_), post = loop.poster()](const std::string& account,
                                                                                const std::string& why) {
    post([this, alive, account, why] {
      if (!alive.expired())
        failed.emit(account,
                    "What groups you are in is not kept for the next start: " + base::safe_text(why) + '.');
    });
  };
  return std::make_shared<Writer>(state_, fail);
}

GroupFiles::~GroupFiles() {
  const bool written = writer_->wait_until_written();
  writer_->end();
  if (written)
    thread_.join();
  else
    thread_.detach();
}

chat::GroupStore::Kept GroupFiles::read(const std::string& account) {
  writer_->wait_until_written();
  const auto file = directory_of(state_, account) / "joined";
  Kept kept;
  try {
    std::size_t bad = 0;
    kept.groups = parse(base::read_whole_file(file, most_bytes).value_or(""), bad);
    if (bad > 0)
      kept.complaints.push_back(base::safe_text(file.string()) + ", line " + std::to_string(bad) +
                                ": that is no name of a group. It was passed over; the others are joined.");
  } catch (const std::exception& error) {
    kept.complaints.push_back("What groups you were in cannot be read: " + base::safe_text(error.what()) +
                              ". /join joins one.");
  }
  return kept;
}

void GroupFiles::add(const std::string& account, const std::string& group) {
  writer_->push({account, group, true});
}

void GroupFiles::remove(const std::string& account, const std::string& group) {
  writer_->push({account, group, false});
}

}  // namespace gnatter::app

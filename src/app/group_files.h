// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <thread>

#include "base/event_loop.h"
#include "chat/remembered_groups.h"

namespace gnatter::app {

/// Keeps the groups of each account in a file of its own, `state`/groups/USER@NETWORK/joined: a name a line,
/// the file 0600 in directories of 0700. Each change is on disk a moment after it was made, written by a
/// thread of its own, since a disk may be slow; several programs of one account take turns, and neither loses
/// what the other has changed.
///
/// Thread: the loop's. The destructor waits for what is not yet written, 2 s at most.
class GroupFiles final : public chat::GroupStore {
 public:
  /// More of one account are not kept.
  static constexpr std::size_t most_groups = 10'000;

  GroupFiles(base::EventLoop& loop, std::filesystem::path state);
  ~GroupFiles() override;

  /// What is not yet written counts. May wait for a disk that is slow.
  Kept read(const std::string& account) override;
  void add(const std::string& account, const std::string& group) override;
  void remove(const std::string& account, const std::string& group) override;

 private:
  class Writer;
  std::shared_ptr<Writer> make_writer(base::EventLoop& loop);

  const std::filesystem::path state_;
  const std::shared_ptr<int> alive_ = std::make_shared<int>(0);
  const std::shared_ptr<Writer> writer_;
  std::thread thread_;
};

}  // namespace gnatter::app

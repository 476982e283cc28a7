// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/file_descriptor.h"

namespace gnatter::base {

/// A process of ours and its group, which it leads. Nobody else may wait for it.
class Process {
 public:
  /// Throws std::system_error; the process is ended then.
  explicit Process(pid_t id);
  /// One that has not been reaped is killed.
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Readable (poll) when it has ended.
  [[nodiscard]] int descriptor() const { return descriptor_.get(); }
  /// 0 once it has been reaped.
  [[nodiscard]] pid_t id() const { return id_; }
  /// To the whole group. After reap() nothing: the number may be somebody else's.
  void signal(int number) const;
  /// Its wait status when it has ended, once.
  std::optional<int> reap();

 private:
  pid_t id_;
  FileDescriptor descriptor_;
};

/// A program that was started, and our ends of its three pipes, which do not block.
struct Spawned {
  std::unique_ptr<Process> process;
  FileDescriptor input;  ///< written to by us
  FileDescriptor output, error;
};

/// Starts `words` (a program, looked up in PATH, and its arguments), no shell between, in a process group of
/// its own, with no signal blocked or ignored, no descriptor but 0 to 2, and `environment` (NAME, value)
/// beside ours. Everything up to a NUL. Throws std::system_error, also when there is no such program.
Spawned spawn(const std::vector<std::string>& words,
              const std::vector<std::pair<std::string, std::string>>& environment);

}  // namespace gnatter::base

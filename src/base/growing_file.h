// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "base/file_descriptor.h"

namespace gnatter::base {

/// One file that grows by lines, as the thread that writes it has it: opened when a line comes, begun anew
/// when it no longer stands at its path, mended when its end is torn. Thread: one, and every call may block
/// as long as the disk does.
class GrowingFile {
 public:
  /// A few words for a sentence; nothing: it went well.
  using Trouble = std::optional<std::string>;

  explicit GrowingFile(std::filesystem::path path) : path_(std::move(path)) {}

  /// `line`, which has no newline in it, and a newline in one write(2). After trouble nothing of it stands
  /// in the file, or what stands is closed by a newline before the next line.
  Trouble write(const std::string& line);
  /// Closes the file when its path names another one by now, or none, or when it was cut short.
  void look();
  /// fdatasync(2), when something was written since the last one; a file that is closed is opened for it.
  Trouble sync();
  void close() { fd_.reset(); }

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] bool is_open() const { return static_cast<bool>(fd_); }
  /// Whether what was written last stands in the file that the path names.
  [[nodiscard]] bool stands() const;
  /// Where the last line that was written ends.
  [[nodiscard]] std::uint64_t end() const { return static_cast<std::uint64_t>(end_); }

 private:
  Trouble open();
  FileDescriptor make_or_open() const;
  Trouble mend_end(off_t size);
  void take_back(ssize_t written);

  std::filesystem::path path_;
  FileDescriptor fd_;
  dev_t device_ = 0;
  ino_t inode_ = 0;
  off_t end_ = 0;
  bool torn_ = false;  // the last line has no newline
  bool dirty_ = false;
};

}  // namespace gnatter::base

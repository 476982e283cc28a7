// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/event_loop.h"

namespace gnatter::base {

class AppendWriter;

/// Files that grow by whole lines. One thread of its own writes them all, so that a slow disk stops nobody;
/// everything here is called, and calls back, on the loop's thread, never from inside a call.
///
/// A line is handed to write(2) at once, with its newline and in one call, so that two programs on one file
/// do not tear each other's lines. Directories are made with mode 0700 and files with 0600, whatever the
/// umask; a file that stands already keeps its mode. A symbolic link or anything else but a regular file in
/// a file's place is trouble and left alone.
class AppendFiles {
 public:
  /// What may wait in memory, for each File; of all together 64 MiB. One line larger than `bytes` is taken
  /// when nothing waits.
  struct Limits {
    std::size_t lines = 10'000;
    std::size_t bytes = std::size_t{8} << 20;
  };

  /// Each may be empty. None is called once the File is destroyed.
  struct Events {
    /// Lines cannot be written and wait; they are tried again every second. Once, until `recovered`. `why`:
    /// a few words for a sentence, without a full stop: "disk full", "no right to write there".
    std::function<void(const std::string& why)> failed;
    /// After `failed`: everything that waited is written.
    std::function<void()> recovered;
    /// The file is on the disk, up to `size` bytes; `mark` is that of this File's last line in it. A second
    /// after a line, at most once a second.
    std::function<void(std::uint64_t size, std::uint64_t mark)> synced;
  };

  /// One that adds lines to a file; what waits when it is destroyed is still written.
  class File {
   public:
    virtual ~File() = default;
    /// `line` without its newline; one inside is written as `\n`, backslash and n. `mark`: see synced.
    virtual void add(std::string line, std::uint64_t mark = 0) = 0;
    /// Lines of this File that are not written yet, the oldest first, as the file will have them.
    [[nodiscard]] virtual std::vector<std::string> unwritten() const = 0;
    [[nodiscard]] virtual std::size_t waiting() const = 0;
    /// Lines that did not fit into Limits, in all. The oldest are kept, those that come when it is full are
    /// counted here.
    [[nodiscard]] virtual std::size_t lost() const = 0;
  };

  /// How long things take; the defaults are what everybody uses but tests.
  struct Pace {
    std::chrono::milliseconds retry{1000};  ///< from a failure to the next try
    std::chrono::milliseconds look{1000};   ///< whether the file still stands at its path: once in so long
    std::chrono::milliseconds sync{1000};   ///< from a line to its fdatasync(2)
    std::chrono::milliseconds idle{5000};   ///< from the last line to the end of the descriptor
    std::chrono::milliseconds leave{2000};  ///< the destructor's patience
    std::size_t descriptors = 32;           ///< open at once
  };

  explicit AppendFiles(EventLoop& loop);
  AppendFiles(EventLoop& loop, Pace pace);
  AppendFiles(const AppendFiles&) = delete;
  AppendFiles& operator=(const AppendFiles&) = delete;
  ~AppendFiles() { finish(); }

  /// Lines that will not be written any more.
  struct Unwritten {
    std::size_t lines = 0;
    std::filesystem::path file;  ///< of the last ones
    std::string why;             ///< as Events::failed has it
  };
  /// Writes what can still be written, 2 s at most: a disk that hangs in a system call keeps its thread, and
  /// what that needs, but not the program. Files that are left do nothing any more. The first call tells.
  Unwritten finish();

  /// `path` is absolute. Nothing is touched before the first line. Files of one path share its order. A file
  /// that was renamed, removed or cut short (logrotate) is begun anew with the next line, a second later at
  /// most. A torn last line (a kill or a power loss in the middle of a write) is closed by a newline before
  /// the next one, zeros behind it are cut off.
  [[nodiscard]] std::unique_ptr<File> open(const std::filesystem::path& path, Limits limits, Events events);

 private:
  std::shared_ptr<AppendWriter> writer_;
};

}  // namespace gnatter::base

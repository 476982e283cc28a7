// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/growing_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

#include "base/paths.h"

namespace gnatter::base {
namespace {

std::string words_for(int code) {
  switch (code) {
    case ENOSPC:
      return "disk full";
    case EDQUOT:
      return "the quota is used up";
    case EACCES:
    case EPERM:
      return "no right to write there";
    case EROFS:
      return "the disk is read-only";
    case EFBIG:
      return "the file has the largest size that is allowed";
    case ELOOP:
      return "a symbolic link stands in its place";
    case EISDIR:
      return "a directory stands in its place";
    case ENOTDIR:
      return "a file stands where its directory should be";
    case ENAMETOOLONG:
      return "its name is too long";
    default:
      return std::generic_category().message(code);
  }
}

/// O_NONBLOCK: a pipe in the file's place must not hold the thread up. A regular file knows no difference.
constexpr int always = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;

}  // namespace

GrowingFile::Trouble GrowingFile::write(const std::string& line) {
  if (!fd_) {
    if (auto trouble = open()) {
      close();
      return trouble;
    }
  }
  const std::string bytes = (torn_ ? "\n" : "") + line + '\n';
  ssize_t written;
  do written = ::write(fd_.get(), bytes.data(), bytes.size());
  while (written < 0 && errno == EINTR);
  if (written == static_cast<ssize_t>(bytes.size())) {
    end_ = ::lseek(fd_.get(), 0, SEEK_CUR);
    torn_ = false;
    dirty_ = true;
    return std::nullopt;
  }
  const int code = written < 0 ? errno : ENOSPC;
  if (written > 0) take_back(written);
  // Opened anew at the next try, which looks at its end, too.
  close();
  return words_for(code);
}

void GrowingFile::take_back(ssize_t written) {
  const off_t end = ::lseek(fd_.get(), 0, SEEK_CUR);
  struct stat status {};
  if (::fstat(fd_.get(), &status) != 0 || status.st_size != end) return;
  // Without success the end is torn, as mend_end() finds it.
  [[maybe_unused]] const int ignored = ::ftruncate(fd_.get(), end - written);
}

FileDescriptor GrowingFile::make_or_open() const {
  constexpr int mode = O_RDWR | O_APPEND | always;
  // Again when it goes away between the two.
  for (int attempt = 0; attempt < 3; ++attempt) {
    if (FileDescriptor made(::open(path_.c_str(), mode | O_CREAT | O_EXCL, 0600)); made) {
      ::fchmod(made.get(), 0600);  // a umask may have taken the owner's bits, too
      return made;
    }
    if (errno != EEXIST) break;
    if (FileDescriptor found(::open(path_.c_str(), mode)); found) return found;
    if (errno != ENOENT) break;
  }
  return FileDescriptor();
}

GrowingFile::Trouble GrowingFile::open() {
  try {
    make_private_directory(path_.parent_path());
  } catch (const std::system_error& error) {
    return words_for(error.code().value());
  }
  fd_ = make_or_open();
  if (!fd_) return words_for(errno);
  struct stat status {};
  if (::fstat(fd_.get(), &status) != 0) return words_for(errno);
  if (!S_ISREG(status.st_mode)) return "something that is no file stands in its place";
  if (status.st_dev != device_ || status.st_ino != inode_) dirty_ = false;
  device_ = status.st_dev;
  inode_ = status.st_ino;
  end_ = status.st_size;
  return mend_end(status.st_size);
}

GrowingFile::Trouble GrowingFile::mend_end(off_t size) {
  std::vector<char> block(std::size_t{64} << 10);
  off_t keep = size;
  torn_ = false;
  while (keep > 0) {
    const off_t from = std::max<off_t>(0, keep - static_cast<off_t>(block.size()));
    const ssize_t got = ::pread(fd_.get(), block.data(), static_cast<std::size_t>(keep - from), from);
    if (got < 0) return words_for(errno);
    if (got != keep - from)
      return std::nullopt;  // it shrinks at this moment: whoever does that looks after it
    const auto last = std::find_if(block.rend() - got, block.rend(), [](char c) { return c != '\0'; });
    keep = from + (block.rend() - last);
    if (last == block.rend()) continue;
    torn_ = *last != '\n';
    break;
  }
  if (keep == size) return std::nullopt;
  struct stat status {};
  if (::fstat(fd_.get(), &status) != 0) return words_for(errno);
  // Another program has written behind the zeros: they stay.
  if (status.st_size != size) return std::nullopt;
  if (::ftruncate(fd_.get(), keep) != 0) return words_for(errno);
  end_ = keep;
  return std::nullopt;
}

bool GrowingFile::stands() const {
  struct stat status {};
  return ::lstat(path_.c_str(), &status) == 0 && status.st_dev == device_ && status.st_ino == inode_ &&
         status.st_size >= end_;
}

void GrowingFile::look() {
  if (!fd_ || stands()) return;
  sync();
  close();
}

GrowingFile::Trouble GrowingFile::sync() {
  if (!dirty_) return std::nullopt;
  FileDescriptor own;
  if (!fd_) {
    own = FileDescriptor(stands() ? ::open(path_.c_str(), O_RDONLY | always) : -1);
    if (!own) {
      dirty_ = false;  // it was moved or removed: nothing of ours to look after
      return std::nullopt;
    }
  }
  const int result = ::fdatasync(fd_ ? fd_.get() : own.get());
  // Some file systems cannot: then the system's own pace must do.
  if (result != 0 && errno != EINVAL && errno != ENOSYS && errno != EROFS) return words_for(errno);
  dirty_ = false;
  return std::nullopt;
}

}  // namespace gnatter::base

// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/whole_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/file_descriptor.h"

namespace gnatter::base {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file, int error = errno) {
  throw std::system_error(error, std::generic_category(), file.string());
}

void write_all(int fd, std::string_view text, const std::filesystem::path& file) {
  while (!text.empty()) {
    const ssize_t count = ::write(fd, text.data(), text.size());
    if (count < 0 && errno != EINTR) fail(file);
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
  }
}

/// The name is on the disk only with its directory. Some file systems cannot be asked for that.
void sync_directory(const std::filesystem::path& directory) {
  const FileDescriptor fd(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd) ::fsync(fd.get());
}

}  // namespace

void write_whole_file(const std::filesystem::path& file, std::string_view text) {
  const std::filesystem::path fresh = file.string() + ".new";
  ::unlink(fresh.c_str());
  FileDescriptor out(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!out || ::fchmod(out.get(), 0600) != 0) fail(fresh);
  try {
    write_all(out.get(), text, fresh);
    if (::fsync(out.get()) != 0) fail(fresh);
    out.reset();
    if (::rename(fresh.c_str(), file.c_str()) != 0) fail(file);
  } catch (const std::system_error&) {
    ::unlink(fresh.c_str());
    throw;
  }
  sync_directory(file.has_parent_path() ? file.parent_path() : std::filesystem::path("."));
}

std::optional<std::string> read_whole_file(const std::filesystem::path& file, std::size_t most) {
  // Not blocking: a FIFO would wait for its writer.
  const FileDescriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!in && errno == ENOENT) return std::nullopt;
  struct stat status {};
  if (!in || ::fstat(in.get(), &status) != 0) fail(file);
  if (!S_ISREG(status.st_mode)) fail(file, EINVAL);
  std::string text(most + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t count = ::read(in.get(), text.data() + size, text.size() - size);
    if (count < 0 && errno != EINTR) fail(file);
    if (count == 0) break;
    if (count > 0) size += static_cast<std::size_t>(count);
  }
  if (size > most) fail(file, EFBIG);
  text.resize(size);
  return text;
}

}  // namespace gnatter::base

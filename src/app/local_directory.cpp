// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local_directory.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include "base/file_descriptor.h"

namespace gnatter::app {
namespace {

namespace fs = std::filesystem;

constexpr mode_t permissions = 07777, others = 077, others_write = 022;

bool ours_alone(const fs::path& directory) {
  struct stat status {};
  return ::stat(directory.c_str(), &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == geteuid() &&
         (status.st_mode & others_write) == 0;
}

fs::path absolute(const char* variable) {
  const char* set = std::getenv(variable);
  return set && *set == '/' ? fs::path(set) : fs::path();
}

fs::path place() {
  const fs::path runtime = absolute("XDG_RUNTIME_DIR");
  if (!runtime.empty() && ours_alone(runtime)) return runtime / "gnatter";
  const fs::path temporary = absolute("TMPDIR");
  return (temporary.empty() ? fs::path("/tmp") : temporary) / ("gnatter-" + std::to_string(geteuid()));
}

[[noreturn]] void refuse(const fs::path& directory, const std::string& why) {
  throw std::runtime_error("The private broker's directory " + directory.string() + ' ' + why);
}

/// Looked at through a descriptor, so that what was checked is what is there, and not the end of a link.
void check(const fs::path& directory) {
  const base::FileDescriptor opened(
      ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  struct stat status {};
  if (!opened && (errno == ELOOP || errno == ENOTDIR))
    refuse(directory, "is a link or a file, so it was not used. Remove it, or set XDG_RUNTIME_DIR.");
  if (!opened || ::fstat(opened.get(), &status) != 0)
    refuse(directory, std::string("cannot be opened: ") + std::strerror(errno) + '.');
  if (status.st_uid != geteuid())
    refuse(directory,
           "belongs to somebody else, so it was not used. Set XDG_RUNTIME_DIR to one of your own.");
  if ((status.st_mode & others) != 0)
    refuse(directory, "is open to others, so it was not used. Look at what is in it, then: chmod 700 " +
                          directory.string());
  if ((status.st_mode & permissions) != 0700 && ::fchmod(opened.get(), 0700) != 0)
    refuse(directory, std::string("cannot be made private: ") + std::strerror(errno) + '.');
}

[[noreturn]] void fail(const fs::path& file) {
  throw std::system_error(errno, std::generic_category(), file.string());
}

void write_all(int fd, std::string_view text, const fs::path& file) {
  while (!text.empty()) {
    const ssize_t count = ::write(fd, text.data(), text.size());
    if (count < 0 && errno != EINTR) fail(file);
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
  }
}

}  // namespace

fs::path local_directory() {
  const fs::path directory = place();
  if (::mkdir(directory.c_str(), 0700) == 0) {
    // A umask may have taken the owner's bits, too.
    if (::chmod(directory.c_str(), 0700) != 0)
      refuse(directory, std::string("cannot be made private: ") + std::strerror(errno) + '.');
  } else if (errno != EEXIST) {
    refuse(directory, std::string("cannot be made: ") + std::strerror(errno) + '.');
  }
  check(directory);
  return directory;
}

void write_private_file(const fs::path& file, std::string_view text) {
  const fs::path fresh = file.string() + ".new";
  base::FileDescriptor out(
      ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!out || ::fchmod(out.get(), 0600) != 0) fail(fresh);
  write_all(out.get(), text, fresh);
  out.reset();
  if (::rename(fresh.c_str(), file.c_str()) != 0) fail(file);
}

std::string text_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace gnatter::app

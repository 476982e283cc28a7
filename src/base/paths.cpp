// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/paths.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <system_error>

namespace gnatter::base {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path) {
  throw std::system_error(errno, std::generic_category(), path.string());
}

std::filesystem::path xdg(const char* variable, const char* below_home) {
  if (const char* set = std::getenv(variable); set && *set == '/')
    return std::filesystem::path(set) / "gnatter";
  return home_directory() / below_home / "gnatter";
}

/// Room for a suffix within the 255 bytes of a file name.
constexpr std::size_t longest_plain = 200;

/// FNV-1a, 64 bits: the same in every build, since it stands in names of files.
std::string hash_of(std::string_view name) {
  std::uint64_t hash = 14695981039346656037u;
  for (char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(hash));
  return text.data();
}

bool stays(std::string_view name, std::size_t i) {
  const char c = name[i];
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
  return c == '-' || c == '_' || c == '@' || (c == '.' && i > 0);
}

}  // namespace

std::filesystem::path home_directory() {
  if (const char* set = std::getenv("HOME"); set && *set == '/') return set;
  const passwd* entry = getpwuid(getuid());
  return entry && entry->pw_dir ? entry->pw_dir : "/";
}
std::filesystem::path expanded_home(std::string_view given) {
  if (given == "~") return home_directory();
  return given.starts_with("~/") ? home_directory() / given.substr(2) : std::filesystem::path(given);
}
std::string shortened_home(const std::filesystem::path& path) {
  const std::string whole = path.string();
  std::string home = home_directory().string();
  while (home.size() > 1 && home.ends_with('/')) home.pop_back();
  const bool below = home != "/" && whole.starts_with(home + '/');
  return below ? '~' + whole.substr(home.size()) : whole;
}
std::filesystem::path config_directory() {
  return xdg("XDG_CONFIG_HOME", ".config");
}
std::filesystem::path data_directory() {
  return xdg("XDG_DATA_HOME", ".local/share");
}
std::filesystem::path state_directory() {
  return xdg("XDG_STATE_HOME", ".local/state");
}

void make_private_directory(const std::filesystem::path& directory) {
  if (directory.empty() || std::filesystem::is_directory(directory)) return;
  make_private_directory(directory.parent_path());
  if (::mkdir(directory.c_str(), 0700) == 0) {
    // A umask may have taken the owner's bits, too.
    if (::chmod(directory.c_str(), 0700) != 0) fail(directory);
  } else if (errno != EEXIST) {
    fail(directory);
  }
  if (!std::filesystem::is_directory(directory)) {
    errno = ENOTDIR;
    fail(directory);
  }
}

std::string file_name_for(std::string_view name) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (stays(name, i)) {
      out += name[i];
      continue;
    }
    const auto byte = static_cast<unsigned char>(name[i]);
    out += '%';
    out += digits[byte >> 4];
    out += digits[byte & 0xF];
  }
  if (out.size() > longest_plain) return out.substr(0, longest_plain) + "%-" + hash_of(name);
  return out.empty() ? "%" : out;
}

std::optional<FileDescriptor> try_lock(const std::filesystem::path& file, Lock kind) {
  FileDescriptor descriptor(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!descriptor) fail(file);
  struct stat status {};
  if (::fstat(descriptor.get(), &status) == 0 && (status.st_mode & 07777) != 0600)
    ::fchmod(descriptor.get(), 0600);
  if (::flock(descriptor.get(), (kind == Lock::shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0) return descriptor;
  if (errno != EWOULDBLOCK) fail(file);
  return std::nullopt;
}

}  // namespace gnatter::base

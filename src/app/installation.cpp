// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/installation.h"

#include <sys/stat.h>
#include <unistd.h>

#include "app/build_info.h"

namespace gnatter::app {
Installation Installation::own() {
  std::error_code error;
  return Installation(std::filesystem::read_symlink("/proc/self/exe", error));
}

/// The prefix of an installation, the top of a build tree.
std::filesystem::path Installation::above() const {
  return program_.parent_path().parent_path();
}

std::vector<std::filesystem::path> Installation::plugin_directories() const {
  if (program_.empty()) return {};
  return {above() / installed_plugins, above() / built_plugins};
}

std::filesystem::path Installation::installed_ca_file() const {
  return program_.empty() ? program_ : above() / installed_certificates / ca_file_name;
}

std::optional<std::filesystem::path> Installation::ca_file() const {
  if (program_.empty()) return std::nullopt;
  if (is_guarded(installed_ca_file(), above())) return installed_ca_file();
  if (is_built() && is_guarded(source_ca_file(), above().parent_path())) return source_ca_file();
  return std::nullopt;
}

std::optional<std::filesystem::path> Installation::unguarded_ca_file() const {
  if (program_.empty() || ca_file()) return std::nullopt;
  std::error_code ignored;
  if (std::filesystem::exists(installed_ca_file(), ignored)) return installed_ca_file();
  if (is_built() && std::filesystem::exists(source_ca_file(), ignored)) return source_ca_file();
  return std::nullopt;
}

std::filesystem::path Installation::source_ca_file() const {
  return above().parent_path() / built_certificates / ca_file_name;
}

/// What stands beside an installation's prefix is none of ours.
bool Installation::is_built() const {
  return program_.parent_path().filename() == "src" && is_guarded(above() / "CMakeCache.txt", above());
}

/// Whether `file` is there, and it and the folders up to `top` belong to root, to us or to the program's
/// owner, with no right to write for everybody.
bool Installation::is_guarded(std::filesystem::path file, const std::filesystem::path& top) const {
  struct stat program {};
  if (::stat(program_.c_str(), &program) != 0) return false;
  for (;; file = file.parent_path()) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) return false;
    const bool known = status.st_uid == 0 || status.st_uid == ::geteuid() || status.st_uid == program.st_uid;
    if (!known || (status.st_mode & S_IWOTH) != 0) return false;
    if (file == top || file == file.root_path()) return true;
  }
}

}  // namespace gnatter::app

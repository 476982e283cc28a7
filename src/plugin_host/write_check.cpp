// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugin_host/write_check.h"

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>

namespace gnatter::plugin_host {
namespace {

/// Who could have changed the program itself needs no plugin to do harm.
bool is_trusted(uid_t owner) {
  struct stat program {};
  return owner == 0 || owner == ::geteuid() ||
         (::stat("/proc/self/exe", &program) == 0 && owner == program.st_uid);
}

/// As Debian gives one to every user.
bool is_private_group(gid_t group, uid_t owner) {
  const passwd* user = ::getpwuid(owner);
  if (!user || user->pw_gid != group) return false;
  const std::string name = user->pw_name;
  const struct group* found = ::getgrgid(group);
  if (!found || name != found->gr_name) return false;
  for (char** member = found->gr_mem; *member; ++member)
    if (name != *member) return false;
  return true;
}

/// The sticky bit does not help: it lets nobody remove, but everybody add.
std::string fault_at(const std::filesystem::path& place, const char* by_others) {
  struct stat status {};
  if (::stat(place.c_str(), &status) != 0) return {};  // who opens it says why
  if (!is_trusted(status.st_uid)) {
    const passwd* owner = ::getpwuid(status.st_uid);
    return std::string(by_others) + " by " +
           (owner ? owner->pw_name : "user " + std::to_string(status.st_uid)) + ", to whom " +
           place.string() + " belongs";
  }
  const bool group_writes =
      (status.st_mode & S_IWGRP) != 0 && !is_private_group(status.st_gid, status.st_uid);
  if (!group_writes && (status.st_mode & S_IWOTH) == 0) return {};
  return std::string(by_others) + " by others (chmod go-w " + place.string() + ')';
}

}  // namespace

std::string write_fault(const std::filesystem::path& file) {
  std::error_code error;
  const auto target = std::filesystem::canonical(file, error);
  for (const auto& one : {file, error ? file : target}) {
    if (auto fault = fault_at(one, "can be changed"); !fault.empty()) return fault;
    const auto folder = one.parent_path();
    if (auto fault = fault_at(folder.empty() ? "." : folder, "can be replaced"); !fault.empty()) return fault;
  }
  return {};
}

}  // namespace gnatter::plugin_host

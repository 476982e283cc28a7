// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/file_descriptor.h"

namespace gnatter::base {

/// Our folders by the XDG base directory rules: $XDG_CONFIG_HOME/gnatter (~/.config/gnatter),
/// $XDG_DATA_HOME/gnatter (~/.local/share/gnatter) and $XDG_STATE_HOME/gnatter (~/.local/state/gnatter). A
/// relative value in the environment is ignored, as the rules have it; without $HOME the password database is
/// asked. Nothing is created.
std::filesystem::path config_directory();
std::filesystem::path data_directory();
std::filesystem::path state_directory();
/// $HOME, else what the password database says.
std::filesystem::path home_directory();
/// "~" and what begins with "~/" from there, as a shell has it; anything else as it is.
std::filesystem::path expanded_home(std::string_view given);
/// The way back, to be shown: a path below home_directory() begins with "~/".
std::string shortened_home(const std::filesystem::path& path);

/// Makes `directory` and its parents; those made get mode 0700, whatever the umask. Throws std::system_error
/// naming the path.
void make_private_directory(const std::filesystem::path& directory);

/// `name` as one file name: letters, digits, `-`, `_`, `@` and inner dots stay, every other byte is written
/// `%XX`. None gives `.`, `..` or an empty one. What would pass 200 bytes is cut there and ends in a hash
/// of the whole name; shorter names never give the same file name.
std::string file_name_for(std::string_view name);

enum class Lock { exclusive, shared };

/// An advisory lock (flock) on `file`, which is made when missing and gets mode 0600, whatever the umask.
/// Nothing when another process, or another holder in this one, has one that forbids it. Ends with the
/// descriptor, which is closed on exec. Throws std::system_error when the file cannot be opened.
std::optional<FileDescriptor> try_lock(const std::filesystem::path& file, Lock kind = Lock::exclusive);

}  // namespace gnatter::base

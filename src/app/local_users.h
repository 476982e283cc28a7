// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace gnatter::app {

/// Names with their passwords, as the file `passwords` has them: a line each, "NAME<tab>PASSWORD". What is no
/// such line is left out.
using LocalUsers = std::map<std::string, std::string>;
LocalUsers parse_local_users(std::string_view text);
std::string to_text(const LocalUsers& users);

/// What mosquitto_passwd -U takes: a line each, "NAME:PASSWORD".
std::string to_plain_passwd(const LocalUsers& users);

/// Whether every line of what mosquitto_passwd made is a name and a hash.
bool all_hashed(std::string_view passwd);

/// The password of `user` (P11) at the private broker in `directory`: the one that stands there, else a new
/// one of 128 random bits, which is written down. For the holder of the start lock alone. Throws
/// std::system_error.
std::string local_password(const std::filesystem::path& directory, const std::string& user);

}  // namespace gnatter::app

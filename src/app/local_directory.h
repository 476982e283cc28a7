// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace gnatter::app {

/// Where the private broker of this Unix user keeps its files: $XDG_RUNTIME_DIR/gnatter when that variable
/// names a directory of ours into which nobody else writes, else gnatter-UID in $TMPDIR or /tmp. It is made
/// (0700, whatever the umask) when missing. Throws std::runtime_error with a sentence when what stands there
/// is not a directory of ours that is closed to everybody else.
std::filesystem::path local_directory();

/// The names of the files in it.
namespace local_files {
inline constexpr const char* start_lock = "start.lock";      ///< who starts, joins or ends the broker
inline constexpr const char* clients_lock = "clients.lock";  ///< shared by all clients for their lives
inline constexpr const char* watcher_lock = "watcher.lock";  ///< the watcher, for its life
inline constexpr const char* broker_lock = "broker.lock";  ///< the watcher and mosquitto, until both are gone
inline constexpr const char* port = "port";                ///< there as long as the broker runs
inline constexpr const char* last_port = "last-port";      ///< to be taken again, so that clients find it
inline constexpr const char* passwords = "passwords";      ///< the clients': in clear
inline constexpr const char* users = "users";              ///< mosquitto's: hashes
inline constexpr const char* acl = "acl";
inline constexpr const char* configuration = "mosquitto.conf";
inline constexpr const char* log = "log";
}  // namespace local_files

/// Puts `text` where `file` is, whole or not at all, with mode 0600 whatever the umask. Throws
/// std::system_error naming the file.
void write_private_file(const std::filesystem::path& file, std::string_view text);

/// Everything in it; nothing when it is not there.
std::string text_of(const std::filesystem::path& file);

}  // namespace gnatter::app

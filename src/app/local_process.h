// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace gnatter::app {

/// Starts a child of the watcher: `words`, the first one the program's path; standard streams as ours. It
/// gets SIGTERM when the thread that calls this ends, kill -9 of the watcher included. `keep`: a descriptor
/// that it inherits, or -1. Until it wants another, it ignores SIGHUP. Throws std::system_error.
pid_t start_local_child(const std::vector<std::string>& words, int keep = -1);

/// Its wait status once it has ended; nothing when it goes on after `patience`.
std::optional<int> wait_for_local_child(pid_t child, std::chrono::milliseconds patience);

/// SIGTERM, and SIGKILL after 5 s; returns when it has gone.
void end_local_child(pid_t child);

/// Starts our own program anew as the watcher of the private broker in `directory` (local_watcher.h), in a
/// session of its own, as nobody's child, with nothing of ours but the environment and the `lock`, which it
/// holds from now on. Throws std::system_error.
void start_local_watcher(const std::string& directory, const std::string& mosquitto,
                         const std::string& mosquitto_passwd, int lock);

/// The descriptor on which the watcher finds its lock.
inline constexpr int local_watcher_lock_fd = 3;

}  // namespace gnatter::app

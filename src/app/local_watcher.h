// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace gnatter::app {

/// The hidden first argument that makes the program the watcher:
///   gnatter --local-watcher DIRECTORY MOSQUITTO MOSQUITTO_PASSWD
inline constexpr const char* local_watcher_word = "--local-watcher";

/// Whether this process was started as the watcher (start_local_watcher).
bool is_local_watcher(int argc, char** argv);

/// The watcher of a private broker: starts mosquitto, starts it again when it ends by itself, lets it know of
/// new users, and ends it when no client holds the clients' lock any more, however the clients ended. Returns
/// the exit code. To be called before any thread or descriptor is made.
int watch_local_broker(char** argv);

}  // namespace gnatter::app

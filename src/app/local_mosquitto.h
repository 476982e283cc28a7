// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>

namespace gnatter::app {

/// What mosquitto reads; the files it names are relative to its working directory.
std::string local_configuration(std::uint16_t port, const std::string& user);

/// The one mosquitto of a private broker, in the current directory. One thread: it gets SIGTERM with the
/// thread that started it.
class LocalMosquitto {
 public:
  /// `lock`: a descriptor that mosquitto inherits and so keeps locked as long as it lives.
  LocalMosquitto(std::string program, std::string passwd_program, int lock);
  LocalMosquitto(const LocalMosquitto&) = delete;
  LocalMosquitto& operator=(const LocalMosquitto&) = delete;
  ~LocalMosquitto() { end(); }

  /// On the last port, if it can be had; writes the port down. Returns once it listens. Throws
  /// std::runtime_error when it does not.
  void start();
  /// SIGTERM, so that it saves what it holds, and SIGKILL after 5 s. The port is no longer written down.
  void end();
  /// Whether it has ended by itself since start().
  bool has_ended();

  /// Hashes the passwords into the file that mosquitto reads, and has it read again. Throws
  /// std::runtime_error.
  void take_users();

 private:
  bool start_on(std::uint16_t port);

  const std::string program_;
  const std::string passwd_program_;
  const int lock_;
  pid_t child_ = 0;
};

}  // namespace gnatter::app

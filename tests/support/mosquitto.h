// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "support/tcp.h"
#include "support/temporary_directory.h"

namespace gnatter::testing {

/// A real broker of the test's own: a free port on loopback, files in a folder that goes with it, ended by
/// its process id.
class Mosquitto {
 public:
  /// `configuration` is added to the listener's lines; `@DIR@` in it stands for folder(). Write files that it
  /// names before start().
  explicit Mosquitto(std::string configuration = "allow_anonymous true\n")
      : configuration_(std::move(configuration)), port_(free_port()) {}
  Mosquitto(const Mosquitto&) = delete;
  Mosquitto& operator=(const Mosquitto&) = delete;
  ~Mosquitto() { end(SIGKILL); }

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
  void write_file(const std::string& name, const std::string& text) const {
    const auto path = folder() / name;
    std::ofstream(path) << text;
    std::filesystem::permissions(path, static_cast<std::filesystem::perms>(0600));
  }

  /// On the same port each time; returns once it accepts connections.
  void start() {
    write_file("mosquitto.conf", whole_configuration());
    spawn();
    for (int tries = 0; tries < 1000; ++tries) {
      if (connect_to(port_)) return;
      if (::waitpid(pid_, nullptr, WNOHANG) == pid_) {
        pid_ = 0;
        throw std::runtime_error("mosquitto ended at once: " + log());
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    throw std::runtime_error("mosquitto does not accept connections: " + log());
  }

  void stop() { end(SIGTERM); }
  void kill9() { end(SIGKILL); }

  [[nodiscard]] std::string log() const {
    std::ostringstream text;
    text << std::ifstream(folder() / "log").rdbuf();
    return text.str();
  }

 private:
  std::string whole_configuration() const {
    const passwd* user = ::getpwuid(::geteuid());
    std::string text = "listener " + std::to_string(port_) + " 127.0.0.1\n" + "user " +
                       (user ? user->pw_name : "root") + "\nlog_type all\n" + configuration_;
    const std::string mark = "@DIR@";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
      text.replace(at, mark.size(), folder().string());
    return text;
  }

  void spawn() {
    const std::string configuration = (folder() / "mosquitto.conf").string();
    const std::string log_file = (folder() / "log").string();
    pid_ = ::fork();
    if (pid_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (pid_ > 0) return;
    sigset_t none;  // the loop blocks signals, and a child would inherit that
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int log_fd = ::open(log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(log_fd, STDOUT_FILENO);
    ::dup2(log_fd, STDERR_FILENO);
    for (const char* program : {"/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto"})
      ::execl(program, "mosquitto", "-c", configuration.c_str(), nullptr);
    ::_exit(127);
  }

  void end(int signal) {
    if (pid_ == 0) return;
    ::kill(pid_, signal);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }

  const TemporaryDirectory folder_;
  const std::string configuration_;
  const std::uint16_t port_;
  pid_t pid_ = 0;
};

}  // namespace gnatter::testing

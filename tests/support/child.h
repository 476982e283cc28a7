// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "base/file_descriptor.h"

namespace gnatter::testing {

/// A program of the test's own, ended with the object by its process id. Its standard input stays open and
/// says nothing.
class Child {
 public:
  struct Place {
    std::filesystem::path folder;           ///< where it runs
    std::filesystem::path output;           ///< where its standard output goes
    std::filesystem::path errors = output;  ///< and its standard error
  };

  /// `words` begins with the program, which is looked for on the PATH.
  Child(const std::vector<std::string>& words, const Place& place) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    const base::FileDescriptor input(ends[0]);
    input_ = base::FileDescriptor(ends[1]);
    std::vector<char*> arguments;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (pid_ == 0) become(arguments.data(), place, input.get());
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (pid_ == 0) return;
    ::kill(pid_, SIGKILL);
    wait();
  }

  /// Until it ends; its exit code, or -1 for a signal.
  int wait() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  /// Whether it has ended by itself.
  bool has_ended() {
    if (pid_ != 0 && ::waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = 0;
    return pid_ == 0;
  }

 private:
  [[noreturn]] static void become(char** arguments, const Place& place, int input) {
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(input, STDIN_FILENO);
    ::dup2(::open(place.output.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600),
           STDOUT_FILENO);
    ::dup2(::open(place.errors.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600), STDERR_FILENO);
    if (::chdir(place.folder.c_str()) == 0) ::execvp(arguments[0], arguments);
    ::_exit(127);
  }

  pid_t pid_ = 0;
  base::FileDescriptor input_;
};

}  // namespace gnatter::testing

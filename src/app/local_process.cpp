// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <system_error>

#include "app/local_directory.h"
#include "app/local_watcher.h"
#include "base/file_descriptor.h"

extern char** environ;

namespace gnatter::app {
namespace {

using std::chrono::milliseconds;

constexpr std::chrono::seconds patience_at_end{5};

std::vector<char*> pointers(const std::vector<std::string>& words) {
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  return argv;
}

/// Between fork and exec, beside other threads: system calls alone.
[[noreturn]] void become(char* const* argv, int keep, pid_t watcher) {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != watcher) ::_exit(127);
  if (keep >= 0) ::fcntl(keep, F_SETFD, 0);
  // One that comes before mosquitto listens to it must not end it.
  ::signal(SIGHUP, SIG_IGN);
  ::signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::execv(argv[0], argv);
  ::_exit(127);
}

/// The way to posix_spawn, taken down again however it ends.
struct Spawn {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  Spawn() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
  }
  Spawn(const Spawn&) = delete;
  Spawn& operator=(const Spawn&) = delete;
  ~Spawn() {
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
  }
};

void use_signals_of_a_program(posix_spawnattr_t& attributes) {
  sigset_t none, to_default;
  sigemptyset(&none);
  sigemptyset(&to_default);
  for (int number : {SIGPIPE, SIGCHLD, SIGHUP, SIGINT, SIGTERM}) sigaddset(&to_default, number);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &to_default);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

}  // namespace

pid_t start_local_child(const std::vector<std::string>& words, int keep) {
  const auto argv = pointers(words);
  const pid_t watcher = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), words.front());
  if (child == 0) become(argv.data(), keep, watcher);
  return child;
}

std::optional<int> wait_for_local_child(pid_t child, milliseconds patience) {
  const base::FileDescriptor process(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
  pollfd ended{process.get(), POLLIN, 0};
  ::poll(&ended, 1, static_cast<int>(patience.count()));
  int status = 0;
  if (::waitpid(child, &status, WNOHANG) == 0) return std::nullopt;
  return status;
}

void end_local_child(pid_t child) {
  ::kill(child, SIGTERM);
  if (wait_for_local_child(child, patience_at_end)) return;
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
}

void start_local_watcher(const std::string& directory, const std::string& mosquitto,
                         const std::string& mosquitto_passwd, int lock) {
  const std::vector<std::string> words{"gnatter", local_watcher_word, directory, mosquitto, mosquitto_passwd};
  const auto argv = pointers(words);
  const std::string log = directory + '/' + local_files::log;
  Spawn spawn;
  posix_spawn_file_actions_addopen(&spawn.actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&spawn.actions, STDOUT_FILENO, log.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW, 0600);
  posix_spawn_file_actions_adddup2(&spawn.actions, STDOUT_FILENO, STDERR_FILENO);
  posix_spawn_file_actions_adddup2(&spawn.actions, lock, local_watcher_lock_fd);
  use_signals_of_a_program(spawn.attributes);
  pid_t starter = 0;
  const int error =
      posix_spawn(&starter, "/proc/self/exe", &spawn.actions, &spawn.attributes, argv.data(), environ);
  if (error != 0) throw std::system_error(error, std::generic_category(), "/proc/self/exe");
  ::waitpid(starter, nullptr, 0);  // it goes at once: the watcher is its child, and so nobody's
}

}  // namespace gnatter::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/child_output.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <optional>

#include "base/file_descriptor.h"
#include "base/user_error.h"

extern char** environ;

namespace gnatter::app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds patience{30};
constexpr std::size_t longest = 4096;

/// Starts it with the signals as a program expects them; 0 for success, else an errno.
int spawn(const std::vector<std::string>& words, int output, pid_t& child) {
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, pipe;
  sigemptyset(&none);
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &pipe);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  const int error = posix_spawnp(&child, argv[0], &actions, &attributes, argv.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

int milliseconds_until(Clock::time_point end) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
  return static_cast<int>(std::max<long long>(left, 0));
}

bool wait_readable(int fd, Clock::time_point end) {
  pollfd waiting{fd, POLLIN, 0};
  return ::poll(&waiting, 1, milliseconds_until(end)) == 1;
}

/// Everything until the end, of which the first bytes are kept; false: the time was up.
bool read_all(int fd, Clock::time_point end, std::string& kept) {
  std::array<char, 512> bytes{};
  while (wait_readable(fd, end)) {
    const ssize_t count = ::read(fd, bytes.data(), bytes.size());
    if (count <= 0) return true;
    if (kept.size() < longest) kept.append(bytes.data(), static_cast<std::size_t>(count));
  }
  return false;
}

/// Its wait status; one that does not end in time is killed, and there is none.
std::optional<int> wait_for(pid_t child, Clock::time_point end) {
  const base::FileDescriptor process(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
  const bool in_time = process && wait_readable(process.get(), end);
  if (!in_time) ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  return in_time ? std::optional(status) : std::nullopt;
}

}  // namespace

std::string first_line_of(const std::vector<std::string>& words, std::string_view name) {
  const std::string what = std::string(name) + " (" + words.front() + ")";
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0)
    throw base::UserError(what + " could not be run: " + std::strerror(errno) + '.');
  const base::FileDescriptor read_end(ends[0]);
  base::FileDescriptor write_end(ends[1]);
  pid_t child = 0;
  if (const int error = spawn(words, write_end.get(), child); error != 0)
    throw base::UserError(what + " could not be run: " + std::strerror(error) + '.');
  write_end.reset();
  std::string line;
  const auto end = Clock::now() + patience;
  const bool read = read_all(read_end.get(), end, line);
  const auto status = wait_for(child, read ? end : Clock::now());
  if (!read || !status) throw base::UserError(what + " did not end within 30 s.");
  if (*status != 0) {
    const bool exited = WIFEXITED(*status);
    throw base::UserError(what + " failed, with " + (exited ? "exit status " : "signal ") +
                          std::to_string(exited ? WEXITSTATUS(*status) : WTERMSIG(*status)) + '.');
  }
  line = line.substr(0, line.find('\n'));
  if (line.empty()) throw base::UserError(what + " printed no password.");
  return line;
}

}  // namespace gnatter::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/spawn.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>

extern char** environ;

namespace gnatter::base {
namespace {

constexpr int patience_of_the_kernel_ms = 1000;

struct Pipe {
  FileDescriptor read_end, write_end;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  return {FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

FileDescriptor not_blocking(FileDescriptor descriptor) {
  ::fcntl(descriptor.get(), F_SETFL, ::fcntl(descriptor.get(), F_GETFL) | O_NONBLOCK);
  return descriptor;
}

std::vector<char*> pointers(const std::vector<std::string>& words) {
  std::vector<char*> result;
  result.reserve(words.size() + 1);
  for (const std::string& word : words) result.push_back(const_cast<char*>(word.c_str()));
  result.push_back(nullptr);
  return result;
}

std::vector<std::string> environment_with(const std::vector<std::pair<std::string, std::string>>& more) {
  const auto replaced = [&](std::string_view entry) {
    const std::string_view name = entry.substr(0, entry.find('='));
    return std::any_of(more.begin(), more.end(), [&](const auto& pair) { return pair.first == name; });
  };
  std::vector<std::string> all;
  for (char** entry = environ; entry && *entry; ++entry)
    if (!replaced(*entry)) all.emplace_back(*entry);
  for (const auto& [name, value] : more) all.push_back(name + '=' + value);
  return all;
}

/// How the program is to find itself; taken down again however that ends.
struct Setting {
  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};

  Setting(int input, int output, int error) {
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, error, STDERR_FILENO);
    // Not every library's descriptor is close-on-exec.
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    posix_spawnattr_init(&attributes);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  Setting(const Setting&) = delete;
  Setting& operator=(const Setting&) = delete;
  ~Setting() {
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
  }
};

}  // namespace

Process::Process(pid_t id) : id_(id), descriptor_(static_cast<int>(::syscall(SYS_pidfd_open, id, 0))) {
  if (descriptor_) return;
  const int error = errno;
  signal(SIGKILL);
  ::waitpid(id_, nullptr, 0);
  throw std::system_error(error, std::generic_category(), "pidfd_open");
}

Process::~Process() {
  if (id_ == 0) return;
  signal(SIGKILL);
  pollfd ended{descriptor_.get(), POLLIN, 0};
  ::poll(&ended, 1, patience_of_the_kernel_ms);
  ::waitpid(id_, nullptr, WNOHANG);
}

void Process::signal(int number) const {
  if (id_ != 0) ::kill(-id_, number);
}

std::optional<int> Process::reap() {
  int status = 0;
  if (id_ == 0 || ::waitpid(id_, &status, WNOHANG) != id_) return std::nullopt;
  id_ = 0;
  return status;
}

Spawned spawn(const std::vector<std::string>& words,
              const std::vector<std::pair<std::string, std::string>>& environment) {
  if (words.empty()) throw std::system_error(EINVAL, std::generic_category(), "no program named");
  Pipe input = make_pipe(), output = make_pipe(), error = make_pipe();
  const Setting setting(input.read_end.get(), output.write_end.get(), error.write_end.get());
  const auto variables = environment_with(environment);
  const auto arguments = pointers(words), values = pointers(variables);
  pid_t id = 0;
  const int failure = ::posix_spawnp(&id, arguments[0], &setting.actions, &setting.attributes,
                                     arguments.data(), values.data());
  if (failure != 0) throw std::system_error(failure, std::generic_category(), words.front());
  return {std::make_unique<Process>(id), not_blocking(std::move(input.write_end)),
          not_blocking(std::move(output.read_end)), not_blocking(std::move(error.read_end))};
}

}  // namespace gnatter::base

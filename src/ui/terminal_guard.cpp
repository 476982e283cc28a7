// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal_guard.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "base/last_words.h"

namespace gnatter::ui {
namespace {

/// What ends a process by default and is nobody's here.
constexpr int deaths[] = {SIGABRT, SIGSEGV, SIGBUS,  SIGFPE,    SIGILL,  SIGSYS,  SIGTRAP, SIGQUIT,
                          SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGXFSZ, SIGIO};

/// Async-signal-safe.
void write_all(int fd, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t written = ::write(fd, bytes, size);
    if (written <= 0) return;
    bytes += written;
    size -= static_cast<std::size_t>(written);
  }
}

}  // namespace

TerminalGuard* TerminalGuard::standing = nullptr;

TerminalGuard::TerminalGuard(int fd, std::string restore)
    : process_(::getpid()), fd_(fd), restore_(std::move(restore)) {
  [[maybe_unused]] static const int registered = std::atexit(&TerminalGuard::on_exit);
  has_modes_ = ::tcgetattr(fd_, &modes_) == 0;
  hold_standard_error();
  use_own_stack();
  standing = this;
  for (const int number : deaths) {
    struct sigaction before {};
    ::sigaction(number, nullptr, &before);
    // A sanitizer's, or one that the parent ignores.
    if (before.sa_handler != SIG_DFL && !base::LastWords::listens_by(before.sa_handler)) continue;
    struct sigaction action {};
    action.sa_handler = &TerminalGuard::on_crash;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER | SA_ONSTACK);
    ::sigaction(number, &action, nullptr);
    handled_.emplace_back(number, before);
  }
}

TerminalGuard::~TerminalGuard() {
  for (const auto& [number, before] : handled_) ::sigaction(number, &before, nullptr);
  standing = nullptr;
  release_standard_error();
  if (stack_.empty()) return;
  stack_t none{};
  none.ss_flags = SS_DISABLE;
  ::sigaltstack(&none, nullptr);
}

/// For a handler that comes because there is no stack left.
void TerminalGuard::use_own_stack() {
  stack_t own{};
  if (::sigaltstack(nullptr, &own) != 0 || (own.ss_flags & SS_DISABLE) == 0) return;
  stack_.resize(std::size_t{64} << 10);
  own = {};
  own.ss_sp = stack_.data();
  own.ss_size = stack_.size();
  ::sigaltstack(&own, nullptr);
}

void TerminalGuard::hold_standard_error() {
  if (!::isatty(STDERR_FILENO)) return;
  held_ = base::FileDescriptor(::memfd_create("standard error", MFD_CLOEXEC));
  standard_error_ = base::FileDescriptor(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3));
  if (held_ && standard_error_) ::dup2(held_.get(), STDERR_FILENO);
}

void TerminalGuard::put_back() const {
  write_all(fd_, restore_.data(), restore_.size());
  if (has_modes_) ::tcsetattr(fd_, TCSANOW, &modes_);
}

void TerminalGuard::release_standard_error() const {
  if (!held_ || !standard_error_) return;
  ::dup2(standard_error_.get(), STDERR_FILENO);
  char bytes[4096];
  off_t offset = 0;
  for (ssize_t size = 0; (size = ::pread(held_.get(), bytes, sizeof bytes, offset)) > 0; offset += size)
    write_all(STDERR_FILENO, bytes, static_cast<std::size_t>(size));
}

/// Async-signal-safe.
void TerminalGuard::give_back() {
  const TerminalGuard* guard = standing;
  if (!guard || guard->process_ != ::getpid()) return;
  standing = nullptr;
  guard->put_back();
  guard->release_standard_error();
  base::LastWords::say();
}

/// The handler is the default again (SA_RESETHAND), and so is what the signal does when it is raised once
/// more.
void TerminalGuard::on_crash(int number) {
  give_back();
  ::raise(number);
}

/// Not as it was asked: no code of ours does it. Nothing is destroyed beside the threads that go on.
void TerminalGuard::on_exit() {
  if (!standing || standing->process_ != ::getpid()) return;
  give_back();
  ::_exit(EXIT_FAILURE);
}

}  // namespace gnatter::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/last_words.h"

#include <signal.h>
#include <unistd.h>

#include <cstdlib>

namespace gnatter::base {
namespace {

/// Those that a mistake in code ends in.
constexpr int deaths[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGSYS, SIGTRAP};
constexpr int not_as_asked = 1;

void write_text(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// The handler is the default again (SA_RESETHAND).
void on_death(int number) {
  LastWords::say();
  ::raise(number);
}

/// What is not ours does not decide that the client ended as asked, and the destructors of static objects do
/// not run beside threads that go on.
void on_exit() {
  if (LastWords::say()) ::_exit(not_as_asked);
}

}  // namespace

thread_local const LastWords* LastWords::innermost = nullptr;

LastWords::LastWords(std::string_view who, std::string_view how, std::string_view where)
    : who_(who), how_(how), where_(where), around_(innermost) {
  innermost = this;
}

LastWords::~LastWords() {
  innermost = around_;
}

bool LastWords::say() {
  const LastWords* words = innermost;
  if (!words) return false;
  for (const std::string_view text :
       {std::string_view("gnatter: "), words->who_, std::string_view(" ended the program "), words->how_,
        words->where_, std::string_view("\n")})
    write_text(text);
  return true;
}

bool LastWords::listens_by(void (*handler)(int)) {
  return handler == &on_death;
}

void LastWords::listen() {
  [[maybe_unused]] static const int registered = std::atexit(&on_exit);
  for (const int number : deaths) {
    struct sigaction before {};
    ::sigaction(number, nullptr, &before);
    if (before.sa_handler != SIG_DFL) continue;
    struct sigaction action {};
    action.sa_handler = &on_death;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
    ::sigaction(number, &action, nullptr);
  }
}

}  // namespace gnatter::base

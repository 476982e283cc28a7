// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/password_prompt.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include "base/file_descriptor.h"
#include "base/user_error.h"

namespace gnatter::app {
namespace {

/// Echo, line editing and the signal keys off, until it is destroyed.
class QuietTerminal {
 public:
  explicit QuietTerminal(int fd) : fd_(fd), works_(tcgetattr(fd, &before_) == 0) {
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | ISIG);
    quiet.c_cc[VMIN] = 1;
    quiet.c_cc[VTIME] = 0;
    if (works_) tcsetattr(fd_, TCSAFLUSH, &quiet);
  }
  QuietTerminal(const QuietTerminal&) = delete;
  QuietTerminal& operator=(const QuietTerminal&) = delete;
  ~QuietTerminal() {
    if (works_) tcsetattr(fd_, TCSAFLUSH, &before_);
  }

 private:
  const int fd_;
  termios before_{};
  const bool works_;
};

bool told_to_stop() {
  sigset_t pending;
  sigpending(&pending);
  return sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGHUP) == 1 ||
         sigismember(&pending, SIGINT) == 1;
}

/// The next key; nothing when there will be none.
std::optional<char> read_key(int fd) {
  while (!told_to_stop()) {
    pollfd waiting{fd, POLLIN, 0};
    if (::poll(&waiting, 1, 100) <= 0) continue;
    char key = 0;
    if (::read(fd, &key, 1) != 1) return std::nullopt;
    return key;
  }
  return std::nullopt;
}

void say(int fd, std::string_view text) {
  if (::write(fd, text.data(), text.size()) < 0) return;  // the answer will tell that the terminal has gone
}

std::string read_answer(int fd) {
  constexpr char ctrl_c = 3, ctrl_d = 4, backspace = 8, ctrl_u = 21, del = 127;
  std::string answer;
  for (;;) {
    const auto key = read_key(fd);
    if (!key || *key == ctrl_c || *key == ctrl_d) throw base::UserError("No password was given.");
    if (*key == '\n' || *key == '\r') return answer;
    if (*key == ctrl_u)
      answer.clear();
    else if (*key != backspace && *key != del)
      answer += *key;
    else if (!answer.empty())
      answer.pop_back();
  }
}

}  // namespace

std::optional<std::string> ask_password(std::string_view prompt) {
  const base::FileDescriptor terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
  if (!terminal) return std::nullopt;
  const QuietTerminal quiet(terminal.get());
  say(terminal.get(), prompt);
  struct Newline {
    int fd;
    ~Newline() { say(fd, "\r\n"); }
  } newline{terminal.get()};
  return read_answer(terminal.get());
}

}  // namespace gnatter::app

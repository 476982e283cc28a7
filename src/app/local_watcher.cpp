// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local_watcher.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <climits>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

#include "app/local_directory.h"
#include "app/local_mosquitto.h"
#include "app/local_process.h"
#include "base/event_loop.h"
#include "base/paths.h"

namespace gnatter::app {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto short_life = 10s;
constexpr int most_short_lives = 5;

void say(std::string_view sentence) {
  std::cerr << "gnatter: " << sentence << std::endl;
}

/// The lock that a mosquitto of a watcher killed before may still hold while it saves.
base::FileDescriptor broker_lock() {
  for (const auto end = Clock::now() + 8s; Clock::now() < end; std::this_thread::sleep_for(10ms))
    if (auto lock = base::try_lock(local_files::broker_lock)) return std::move(*lock);
  throw std::runtime_error("the mosquitto that ran before does not end");
}

base::FileDescriptor open_here(const char* name) {
  base::FileDescriptor file(::open(name, O_RDONLY | O_CLOEXEC));
  if (!file) throw std::system_error(errno, std::generic_category(), name);
  return file;
}

/// Waits until nobody else has the lock, and gives it up again.
void wait_for_no_holder(int lock) {
  while (::flock(lock, LOCK_EX) != 0)
    if (errno != EINTR) return;
  ::flock(lock, LOCK_UN);
}

class Watcher {
 public:
  Watcher(std::string mosquitto, std::string mosquitto_passwd)
      : broker_lock_(broker_lock()),
        mosquitto_(std::move(mosquitto), std::move(mosquitto_passwd), broker_lock_.get()),
        clients_(open_here(local_files::clients_lock)),
        directory_(open_here(".")),
        changes_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
    ::flock(directory_.get(),
            LOCK_SH);  // systemd-tmpfiles then removes nothing of a broker that runs for long
    if (!changes_ || ::inotify_add_watch(changes_.get(), ".", IN_MOVED_TO | IN_ATTRIB) < 0)
      throw std::system_error(errno, std::generic_category(), "inotify");
  }

  int run() {
    mosquitto_.take_users();
    start();
    listening_.push_back(loop_.watch(changes_.get(), POLLIN, [this](short) { on_changes(); }));
    listening_.push_back(loop_.on_signal(SIGCHLD, [this] { on_child(); }));
    for (int number : {SIGTERM, SIGINT})
      listening_.push_back(loop_.on_signal(number, [this] { loop_.quit(0); }));
    await_no_clients();
    on_child();  // what ended before the signal was listened to
    const int code = loop_.run();
    mosquitto_.end();
    return code;
  }

 private:
  void start() {
    mosquitto_.start();
    started_ = Clock::now();
  }

  void on_child() {
    if (restart_ || !mosquitto_.has_ended()) return;
    short_lives_ = Clock::now() - started_ < short_life ? short_lives_ + 1 : 0;
    if (short_lives_ > most_short_lives) {
      say("mosquitto ends again and again; given up");
      return loop_.quit(1);
    }
    say("mosquitto has ended; started again");
    restart_ = loop_.after(short_lives_ > 1 ? 1s : 0s, [this] { restart(); });
  }

  void restart() {
    restart_ = {};
    try {
      start();
    } catch (const std::exception& error) {
      say(error.what());
      loop_.quit(1);
    }
  }

  /// A client has put a new name among the passwords, or asks (by touching them) for another look at them.
  void on_changes() {
    bool changed = false;
    alignas(inotify_event) std::array<char, 16 * (sizeof(inotify_event) + NAME_MAX + 1)> bytes{};
    ssize_t count = 0;
    while ((count = ::read(changes_.get(), bytes.data(), bytes.size())) > 0)
      for (ssize_t at = 0; at < count;) {
        inotify_event event{};
        std::memcpy(&event, bytes.data() + at, sizeof event);
        const char* name = bytes.data() + at + sizeof event;
        changed = changed || (event.len > 0 && std::string_view(name) == local_files::passwords);
        at += static_cast<ssize_t>(sizeof event + event.len);
      }
    if (changed) try {
        mosquitto_.take_users();
      } catch (const std::exception& error) {
        say(error.what());
      }
  }

  void await_no_clients() {
    // flock() has no descriptor to wait for.
    std::thread([post = loop_.poster(), this, lock = clients_.get()] {
      wait_for_no_holder(lock);
      post([this] { on_no_clients(); });
    }).detach();
  }

  /// Nobody may join while the broker ends: joining needs the start lock.
  void on_no_clients() {
    start_lock_ = base::try_lock(local_files::start_lock);
    if (start_lock_ && base::try_lock(local_files::clients_lock)) return loop_.quit(0);
    start_lock_.reset();
    again_ = loop_.after(100ms, [this] { await_no_clients(); });
  }

  // Destroyed last to first; the locks go when the process does, with mosquitto gone before.
  std::optional<base::FileDescriptor> start_lock_;
  base::FileDescriptor broker_lock_;
  base::EventLoop loop_;
  LocalMosquitto mosquitto_;
  base::FileDescriptor clients_, directory_, changes_;
  Subscription restart_, again_;
  Clock::time_point started_;
  int short_lives_ = 0;
  std::vector<Subscription> listening_;
};

/// The lock aside nothing is kept: no terminal, no directory, nothing that a client's parent left open.
void cut_loose(const char* directory) {
  ::umask(077);
  ::syscall(SYS_close_range, local_watcher_lock_fd + 1, ~0u, 0);
  ::fcntl(local_watcher_lock_fd, F_SETFD, FD_CLOEXEC);
  ::fchmod(STDERR_FILENO, 0600);
  ::prctl(PR_SET_NAME, "gnatter-local");  // it would be called "exe"
  std::filesystem::current_path(directory);
}

}  // namespace

bool is_local_watcher(int argc, char** argv) {
  return argc == 5 && std::string_view(argv[1]) == local_watcher_word &&
         ::fcntl(local_watcher_lock_fd, F_GETFD) >= 0;
}

int watch_local_broker(char** argv) {
  if (const pid_t child = ::fork(); child != 0) ::_exit(child < 0 ? 1 : 0);
  try {
    cut_loose(argv[2]);
    return Watcher(argv[3], argv[4]).run();
  } catch (const std::exception& error) {
    say(error.what());
    return 1;
  }
}

}  // namespace gnatter::app

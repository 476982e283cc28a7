// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local_broker.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <thread>

#include "app/local_directory.h"
#include "app/local_probe.h"
#include "app/local_process.h"
#include "app/local_users.h"
#include "base/paths.h"
#include "base/text.h"

namespace gnatter::app {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto patience = 20s;
constexpr auto pause = 10ms;
/// A new user is known after some ms; one whose announcement got lost in mosquitto's start is announced
/// again.
constexpr auto patience_with_refusal = 300ms;
constexpr int most_starts = 2;

bool runs(const std::filesystem::path& program) {
  struct stat status {};
  return ::stat(program.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         ::access(program.c_str(), X_OK) == 0;
}

/// Debian keeps mosquitto in /usr/sbin, which is not on everybody's PATH.
std::string find_program(const char* name) {
  const char* path = std::getenv("PATH");
  std::string places = std::string(path ? path : "/usr/bin:/bin") + ":/usr/sbin:/usr/local/sbin";
  for (std::size_t at = 0; at < places.size();) {
    const std::size_t end = std::min(places.find(':', at), places.size());
    const auto program = std::filesystem::path(places.substr(at, end - at)) / name;
    if (program.is_absolute() && runs(program)) return program.string();
    at = end + 1;
  }
  throw std::runtime_error("--local needs mosquitto, which is not installed: sudo apt-get install mosquitto");
}

base::FileDescriptor wait_for_lock(const std::filesystem::path& file, base::Lock kind,
                                   Clock::time_point end) {
  for (; Clock::now() < end; std::this_thread::sleep_for(pause))
    if (auto lock = base::try_lock(file, kind)) return std::move(*lock);
  throw std::runtime_error("Another gnatter has held " + file.string() +
                           " for too long, so the private broker could not be joined. End it and try again.");
}

std::uint16_t written_port(const std::filesystem::path& directory) {
  const std::string text = text_of(directory / local_files::port);
  std::uint16_t port = 0;
  std::from_chars(text.data(), text.data() + text.size(), port);
  return port;
}

/// The last three lines of the broker's log, and where all of it is.
std::string last_words(const std::filesystem::path& directory) {
  const auto file = directory / local_files::log;
  std::istringstream log(text_of(file));
  std::array<std::string, 3> last;
  for (std::string line; std::getline(log, line);) {
    std::rotate(last.begin(), last.begin() + 1, last.end());
    last.back() = base::safe_text(line);
  }
  std::string words;
  for (const std::string& line : last) words += line.empty() ? "" : (words.empty() ? "" : " / ") + line;
  return (words.empty() ? "" : " Its last words: " + words + '.') + " All of its log: " + file.string();
}

/// One broker as one user sees it, until it takes the password.
class Joining {
 public:
  Joining(const LocalPlace& place, std::string user, std::string password)
      : place_(place), user_(std::move(user)), password_(std::move(password)) {}

  std::uint16_t port(Clock::time_point end) {
    for (; Clock::now() < end; std::this_thread::sleep_for(pause)) {
      see_to_the_watcher();
      const std::uint16_t port = written_port(place_.directory);
      if (port != 0 && accepts(port) && has_watcher()) return port;
    }
    throw std::runtime_error("The private broker does not answer." + last_words(place_.directory));
  }

 private:
  /// Whoever can have its lock knows that there is none, and hands the lock to the one it starts.
  void see_to_the_watcher() {
    const auto lock = base::try_lock(place_.directory / local_files::watcher_lock);
    if (!lock) return;
    if (++starts_ > most_starts)
      throw std::runtime_error("The private broker could not be started." + last_words(place_.directory));
    ::unlink((place_.directory / local_files::port).c_str());  // of one that has not ended in order
    start_local_watcher(place_.directory.string(), place_.mosquitto, place_.mosquitto_passwd, lock->get());
  }

  /// A broker whose watcher has died answers to its last moment.
  bool has_watcher() const { return !base::try_lock(place_.directory / local_files::watcher_lock); }

  bool accepts(std::uint16_t port) {
    const LocalAnswer answer = try_local_login(port, user_, password_);
    if (answer != LocalAnswer::refused) return answer == LocalAnswer::accepted;
    if (Clock::now() - asked_ > patience_with_refusal) {
      ::utimensat(AT_FDCWD, (place_.directory / local_files::passwords).c_str(), nullptr, 0);
      asked_ = Clock::now();
    }
    return false;
  }

  const LocalPlace& place_;
  const std::string user_, password_;
  Clock::time_point asked_ = Clock::now();
  int starts_ = 0;
};

}  // namespace

LocalPlace find_local_place() {
  const std::string mosquitto = find_program("mosquitto");
  const std::string mosquitto_passwd = find_program("mosquitto_passwd");
  return {local_directory(), mosquitto, mosquitto_passwd};
}

LocalSeat join_local_broker(const LocalPlace& place, const std::string& user) {
  const auto end = Clock::now() + patience;
  const auto start_lock =
      wait_for_lock(place.directory / local_files::start_lock, base::Lock::exclusive, end);
  LocalSeat seat;
  seat.lock = wait_for_lock(place.directory / local_files::clients_lock, base::Lock::shared, end);
  seat.account.name = "local";
  seat.account.host = "127.0.0.1";
  seat.account.user = user;
  seat.account.password = local_password(place.directory, user);
  seat.account.port = Joining(place, user, seat.account.password).port(end);
  return seat;
}

}  // namespace gnatter::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/paths.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <system_error>

using namespace gnatter::base;
namespace fs = std::filesystem;
using namespace std::string_literals;

namespace {

/// A directory of its own, and the environment and umask put back at the end.
struct Fixture {
  fs::path directory;
  std::map<std::string, const char*> kept;
  std::map<std::string, std::string> values;
  mode_t mask = ::umask(022);

  Fixture() {
    std::string name = (fs::temp_directory_path() / "gnatter-paths-XXXXXX").string();
    BOOST_REQUIRE(::mkdtemp(name.data()));
    directory = name;
    for (const char* variable : {"HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"})
      if (const char* set = std::getenv(variable)) values[variable] = set;
  }
  ~Fixture() {
    ::umask(mask);
    for (const char* variable : {"HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"})
      if (values.contains(variable))
        ::setenv(variable, values[variable].c_str(), 1);
      else
        ::unsetenv(variable);
    fs::remove_all(directory);
  }
  static mode_t mode(const fs::path& path) {
    struct stat status {};
    BOOST_REQUIRE_EQUAL(::stat(path.c_str(), &status), 0);
    return status.st_mode & 07777;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(paths, Fixture)

BOOST_AUTO_TEST_CASE(folders_follow_the_xdg_variables) {
  ::setenv("XDG_CONFIG_HOME", "/somewhere/config", 1);
  ::setenv("XDG_STATE_HOME", "/somewhere/state", 1);
  BOOST_TEST(config_directory() == "/somewhere/config/gnatter");
  BOOST_TEST(state_directory() == "/somewhere/state/gnatter");
}

BOOST_AUTO_TEST_CASE(unset_empty_and_relative_variables_mean_home) {
  ::setenv("HOME", "/home/alice", 1);
  ::unsetenv("XDG_STATE_HOME");
  for (const char* value : {"", "config", "./config", "~/config"}) {
    ::setenv("XDG_CONFIG_HOME", value, 1);
    BOOST_TEST(config_directory() == "/home/alice/.config/gnatter");
  }
  BOOST_TEST(state_directory() == "/home/alice/.local/state/gnatter");
}

BOOST_AUTO_TEST_CASE(without_home_the_password_database_is_asked) {
  ::unsetenv("HOME");
  ::unsetenv("XDG_CONFIG_HOME");
  BOOST_TEST(config_directory().is_absolute());
  BOOST_TEST(config_directory().filename() == "gnatter");
}

BOOST_AUTO_TEST_CASE(a_path_below_home_is_shortened_and_expanded_again) {
  for (const char* home : {"/home/alice", "/home/alice/"}) {
    ::setenv("HOME", home, 1);
    BOOST_TEST(shortened_home("/home/alice/.config/gnatter.toml") == "~/.config/gnatter.toml");
    BOOST_TEST(shortened_home("/home/alicex/f") == "/home/alicex/f");
    BOOST_TEST(shortened_home("/etc/gnatter.toml") == "/etc/gnatter.toml");
    BOOST_TEST(expanded_home(shortened_home("/home/alice/a b")).lexically_normal() == "/home/alice/a b");
  }
  ::setenv("HOME", "/", 1);
  BOOST_TEST(shortened_home("/etc/gnatter.toml") == "/etc/gnatter.toml");
}

BOOST_AUTO_TEST_CASE(asking_for_folders_creates_nothing) {
  ::setenv("XDG_STATE_HOME", directory.c_str(), 1);
  BOOST_TEST(!fs::exists(state_directory()));
}

BOOST_AUTO_TEST_CASE(directories_made_are_private_whatever_the_umask) {
  for (mode_t mask_now : {0u, 022u, 077u, 0777u}) {
    ::umask(mask_now);
    const fs::path made = directory / std::to_string(mask_now) / "b" / "c";
    make_private_directory(made);
    for (const fs::path& each : {made, made.parent_path(), made.parent_path().parent_path()})
      BOOST_TEST(mode(each) == 0700u);
    ::umask(022);
  }
}

BOOST_AUTO_TEST_CASE(directories_that_stand_keep_their_mode) {
  fs::create_directory(directory / "open");
  ::chmod((directory / "open").c_str(), 0755);
  make_private_directory(directory / "open" / "inner");
  BOOST_TEST(mode(directory / "open") == 0755u);
  make_private_directory(directory / "open");
  BOOST_TEST(mode(directory / "open") == 0755u);
}

BOOST_AUTO_TEST_CASE(a_trailing_slash_and_a_relative_path_are_paths_too) {
  make_private_directory(directory / "slash" / "");
  BOOST_TEST(mode(directory / "slash") == 0700u);
  const fs::path before = fs::current_path();
  fs::current_path(directory);
  make_private_directory("relative/inner");
  fs::current_path(before);
  BOOST_TEST(mode(directory / "relative" / "inner") == 0700u);
}

BOOST_AUTO_TEST_CASE(a_directory_through_a_link_is_a_directory) {
  fs::create_directory(directory / "real");
  fs::create_directory_symlink(directory / "real", directory / "link");
  make_private_directory(directory / "link" / "inner");
  BOOST_TEST(fs::is_directory(directory / "real" / "inner"));
}

BOOST_AUTO_TEST_CASE(a_file_in_the_way_is_an_error_that_names_it) {
  std::ofstream(directory / "file") << "x";
  for (const fs::path& bad : {directory / "file", directory / "file" / "inner"})
    BOOST_CHECK_EXCEPTION(
        make_private_directory(bad), std::system_error, [&](const std::system_error& error) {
          return std::string(error.what()).find((directory / "file").string()) != std::string::npos;
        });
}

BOOST_AUTO_TEST_CASE(plain_names_stay_as_file_names) {
  for (const char* name : {"alice", "Anna-Lena_2", "a.b", "alice@example", "0"})
    BOOST_TEST(file_name_for(name) == name);
}

BOOST_AUTO_TEST_CASE(names_that_mean_something_to_the_file_system_do_not_get_through) {
  BOOST_TEST(file_name_for("") == "%");
  BOOST_TEST(file_name_for(".") == "%2E");
  BOOST_TEST(file_name_for("..") == "%2E.");
  BOOST_TEST(file_name_for("../x") == "%2E.%2Fx");
  BOOST_TEST(file_name_for(".hidden") == "%2Ehidden");
  BOOST_TEST(file_name_for("a b") == "a%20b");
  BOOST_TEST(file_name_for("\u00FC") == "%C3%BC");
  BOOST_TEST(file_name_for("%") == "%25");
  BOOST_TEST(file_name_for("a\0b"s) == "a%00b");
}

BOOST_AUTO_TEST_CASE(no_two_names_share_a_file_name) {
  std::mt19937 random(3);
  std::map<std::string, std::string> seen;
  constexpr std::string_view letters = "a.%/2EF\xC3 ";
  for (int i = 0; i < 20'000; ++i) {
    std::string name;
    for (auto left = random() % 6; left > 0; --left) name += letters[random() % letters.size()];
    const auto [place, fresh] = seen.emplace(file_name_for(name), name);
    BOOST_REQUIRE_EQUAL(place->second, name);
    BOOST_REQUIRE(place->first.find('/') == std::string::npos && !place->first.starts_with('.'));
  }
}

BOOST_AUTO_TEST_CASE(a_lock_has_one_holder_at_a_time) {
  auto held = try_lock(directory / "lock");
  BOOST_REQUIRE(held);
  BOOST_TEST(!try_lock(directory / "lock"));
  held.reset();
  BOOST_TEST(try_lock(directory / "lock").has_value());
}

BOOST_AUTO_TEST_CASE(a_lock_holds_against_another_process) {
  const auto held = try_lock(directory / "lock");
  const pid_t child = ::fork();
  if (child == 0) ::_exit(try_lock(directory / "lock") ? 1 : 0);
  int status = -1;
  BOOST_REQUIRE_EQUAL(::waitpid(child, &status, 0), child);
  BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(a_lock_ends_with_its_process_however_that_ends) {
  std::array<int, 2> ready{};
  BOOST_REQUIRE_EQUAL(::pipe(ready.data()), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto held = try_lock(directory / "lock");
    if (::write(ready[1], held ? "y" : "n", 1) != 1) ::_exit(1);
    for (;;) ::pause();
  }
  char answer = '\0';
  BOOST_REQUIRE_EQUAL(::read(ready[0], &answer, 1), 1);
  BOOST_TEST(answer == 'y');
  BOOST_TEST(!try_lock(directory / "lock"));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ::close(ready[0]);
  ::close(ready[1]);
  BOOST_TEST(try_lock(directory / "lock").has_value());
}

BOOST_AUTO_TEST_CASE(a_lock_file_is_private_and_keeps_what_stands_in_it) {
  BOOST_TEST(try_lock(directory / "new").has_value());
  BOOST_TEST(mode(directory / "new") == 0600u);
  std::ofstream(directory / "old") << "kept";
  BOOST_TEST(try_lock(directory / "old").has_value());
  BOOST_TEST(fs::file_size(directory / "old") == 4u);
}

BOOST_AUTO_TEST_CASE(a_lock_that_cannot_be_opened_is_an_error_that_names_the_file) {
  fs::create_symlink(directory / "elsewhere", directory / "link");
  for (const fs::path& bad : {directory / "missing" / "lock", directory / "link"})
    BOOST_CHECK_EXCEPTION(static_cast<void>(try_lock(bad)), std::system_error,
                          [&](const std::system_error& error) {
                            return std::string(error.what()).find(bad.string()) != std::string::npos;
                          });
}

BOOST_AUTO_TEST_CASE(a_shared_lock_keeps_an_exclusive_one_out_and_no_shared_one) {
  const auto file = directory / "lock";
  auto one = try_lock(file, Lock::shared);
  auto other = try_lock(file, Lock::shared);
  BOOST_TEST((one && other));
  BOOST_TEST(!try_lock(file));
  one.reset();
  BOOST_TEST(!try_lock(file));
  other.reset();
  const auto alone = try_lock(file);
  BOOST_TEST(alone.has_value());
  BOOST_TEST(!try_lock(file, Lock::shared));
}

BOOST_AUTO_TEST_CASE(a_lock_file_can_be_opened_again_whatever_the_umask) {
  const mode_t before = ::umask(0777);
  BOOST_TEST(try_lock(directory / "lock").has_value());
  ::umask(before);
  struct stat status {};
  BOOST_REQUIRE(::stat((directory / "lock").c_str(), &status) == 0);
  BOOST_TEST((status.st_mode & 07777) == 0600u);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/growing_file.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <system_error>

#include "support/temporary_directory.h"

using gnatter::base::GrowingFile;
using gnatter::testing::TemporaryDirectory;

namespace {

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

unsigned mode(const std::filesystem::path& path) {
  struct stat status {};
  BOOST_REQUIRE(::lstat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

/// Files may not grow beyond so many bytes, as on a disk that is nearly full.
class LargestFile {
 public:
  explicit LargestFile(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit smaller{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &smaller);
    handler_ = ::signal(SIGXFSZ, SIG_IGN);
  }
  LargestFile(const LargestFile&) = delete;
  LargestFile& operator=(const LargestFile&) = delete;
  ~LargestFile() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int);
};

/// Runs `function` in a process of its own, which has no more rights than anybody; whether it gave true.
bool as_nobody(const std::function<bool()>& function) {
  const pid_t child = ::fork();
  if (child == 0) {
    const bool may = ::geteuid() != 0 || (::setgid(65534) == 0 && ::setuid(65534) == 0);
    ::_exit(may && function() ? 0 : 1);
  }
  int status = 0;
  return ::waitpid(child, &status, 0) == child && status == 0;
}

struct Fixture {
  TemporaryDirectory directory;
  std::filesystem::path path = directory.path() / "network" / "bob.log";
  GrowingFile file{path};
  void exists_with(const std::string& text) {
    std::filesystem::create_directories(path.parent_path());
    write_file(path, text);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(growing_file, Fixture)

BOOST_AUTO_TEST_CASE(nothing_is_touched_before_the_first_line) {
  BOOST_TEST(!file.sync());
  file.look();
  BOOST_TEST(!std::filesystem::exists(path.parent_path()));
}

BOOST_AUTO_TEST_CASE(directories_and_files_are_the_users_alone_whatever_the_umask) {
  for (const mode_t mask : {0000u, 0777u}) {
    const auto before = ::umask(mask);
    GrowingFile own(directory.path() / std::to_string(mask) / "a" / "b.log");
    const auto trouble = own.write("hello");
    ::umask(before);
    BOOST_TEST(!trouble);
    const auto top = directory.path() / std::to_string(mask);
    BOOST_TEST(mode(top) == 0700u);
    BOOST_TEST(mode(top / "a") == 0700u);
    BOOST_TEST(mode(top / "a" / "b.log") == 0600u);
  }
}

BOOST_AUTO_TEST_CASE(a_file_that_stands_keeps_its_mode_and_grows) {
  exists_with("one\n");
  ::chmod(path.c_str(), 0640);
  BOOST_TEST(!file.write("two"));
  BOOST_TEST(content(path) == "one\ntwo\n");
  BOOST_TEST(mode(path) == 0640u);
}

BOOST_AUTO_TEST_CASE(a_symbolic_link_is_not_followed) {
  std::filesystem::create_directories(path.parent_path());
  write_file(directory.path() / "elsewhere", "mine\n");
  std::filesystem::create_symlink(directory.path() / "elsewhere", path);
  BOOST_TEST(file.write("hello").value_or("") == "a symbolic link stands in its place");
  BOOST_TEST(content(directory.path() / "elsewhere") == "mine\n");
  std::filesystem::remove(path);
  std::filesystem::create_symlink(directory.path() / "nothing", path);
  BOOST_TEST(file.write("hello").has_value());
  BOOST_TEST(!std::filesystem::exists(directory.path() / "nothing"));
}

BOOST_AUTO_TEST_CASE(what_is_no_regular_file_is_left_alone) {
  std::filesystem::create_directories(path);
  BOOST_TEST(file.write("hello").value_or("") == "a directory stands in its place");
  std::filesystem::remove(path);
  BOOST_REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  BOOST_TEST(file.write("hello").value_or("") == "something that is no file stands in its place");
  GrowingFile below(directory.path() / "file" / "b.log");
  write_file(directory.path() / "file", "");
  BOOST_TEST(below.write("hello").value_or("") == "a file stands where its directory should be");
  GrowingFile full("/dev/full");
  BOOST_TEST(full.write("hello").value_or("") == "something that is no file stands in its place");
}

BOOST_AUTO_TEST_CASE(a_directory_without_rights_is_told_and_works_again_with_them) {
  std::filesystem::create_directories(path.parent_path());
  ::chmod(directory.path().c_str(), 0755);
  ::chmod(path.parent_path().c_str(), 0555);
  BOOST_TEST(as_nobody([&] { return file.write("hello").value_or("") == "no right to write there"; }));
  ::chmod(path.parent_path().c_str(), 0777);
  BOOST_TEST(as_nobody([&] { return !file.write("hello"); }));
  BOOST_TEST(content(path) == "hello\n");
}

BOOST_AUTO_TEST_CASE(programs_that_are_started_do_not_get_the_file) {
  BOOST_TEST(!file.write("hello"));
  int found = 0;
  for (int fd = 3; fd < 256; ++fd) {
    std::error_code none;
    if (std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(fd), none) != path) continue;
    ++found;
    BOOST_TEST((::fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
  }
  BOOST_TEST(found == 1);
}

BOOST_AUTO_TEST_CASE(a_torn_last_line_stays_and_ends_before_the_next_one) {
  exists_with("one\ntw");
  BOOST_TEST(!file.write("three"));
  BOOST_TEST(!file.write("four"));
  BOOST_TEST(content(path) == "one\ntw\nthree\nfour\n");
  BOOST_TEST(file.end() == content(path).size());
}

BOOST_AUTO_TEST_CASE(zeros_at_the_end_are_cut_off) {
  exists_with("one\n" + std::string(70'000, '\0'));
  BOOST_TEST(!file.write("two"));
  BOOST_TEST(content(path) == "one\ntwo\n");
  file.close();
  write_file(path, "one\ntw" + std::string(65'536, '\0'));
  BOOST_TEST(!file.write("three"));
  BOOST_TEST(content(path) == "one\ntw\nthree\n");
  file.close();
  write_file(path, std::string(100, '\0'));
  BOOST_TEST(!file.write("four"));
  BOOST_TEST(content(path) == "four\n");
}

BOOST_AUTO_TEST_CASE(half_a_line_on_a_full_disk_is_taken_back) {
  BOOST_TEST(!file.write("one"));
  {
    const LargestFile largest(10);
    BOOST_TEST(file.write("a longer line").value_or("") == "disk full");
    BOOST_TEST(content(path) == "one\n");
    BOOST_TEST(!file.write("two"));
    BOOST_TEST(!file.write("3"));
    BOOST_TEST(file.write("4").value_or("") == "the file has the largest size that is allowed");
  }
  BOOST_TEST(!file.write("4"));
  BOOST_TEST(content(path) == "one\ntwo\n3\n4\n");
}

BOOST_AUTO_TEST_CASE(two_programs_on_one_file_do_not_tear_their_lines) {
  constexpr int each = 2'000;
  const pid_t child = ::fork();
  GrowingFile own(path);
  bool good = true;
  for (int i = 0; i < each; ++i) good = !own.write(std::string(5'000, child == 0 ? 'c' : 'p')) && good;
  if (child == 0) ::_exit(good ? 0 : 1);
  int status = 0;
  BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
  BOOST_TEST((good && status == 0));
  std::ifstream lines(path);
  int whole = 0;
  // A last line without an end is closed by whoever opens the file then, which may be an empty line.
  for (std::string line; std::getline(lines, line);)
    if (!line.empty()) whole += line == std::string(5'000, line[0]) ? 1 : -each;
  BOOST_TEST(whole == 2 * each);
}

BOOST_AUTO_TEST_CASE(a_file_that_was_renamed_or_removed_is_begun_anew) {
  BOOST_TEST(!file.write("one"));
  std::filesystem::rename(path, directory.path() / "old");
  file.look();
  BOOST_TEST(!file.write("two"));
  BOOST_TEST(content(directory.path() / "old") == "one\n");
  BOOST_TEST(content(path) == "two\n");
  std::filesystem::remove_all(path.parent_path());
  file.look();
  BOOST_TEST(!file.write("three"));
  BOOST_TEST(content(path) == "three\n");
  BOOST_TEST(mode(path.parent_path()) == 0700u);
}

BOOST_AUTO_TEST_CASE(a_file_that_was_cut_short_goes_on_from_there) {
  BOOST_TEST(!file.write("one"));
  BOOST_TEST(!file.write("two"));
  std::filesystem::resize_file(path, 5);
  BOOST_TEST(!file.stands());
  file.look();
  BOOST_TEST(!file.write("three"));
  BOOST_TEST(content(path) == "one\nt\nthree\n");
  BOOST_TEST(file.end() == 12u);
}

BOOST_AUTO_TEST_CASE(a_closed_file_can_be_synced_and_one_that_went_away_needs_no_sync) {
  BOOST_TEST(!file.write("one"));
  file.close();
  BOOST_TEST(!file.sync());
  BOOST_TEST(!file.is_open());
  BOOST_TEST(file.stands());
  BOOST_TEST(!file.write("two"));
  file.close();
  std::filesystem::remove(path);
  BOOST_TEST(!file.sync());
  BOOST_TEST(!file.stands());
}

BOOST_AUTO_TEST_SUITE_END()

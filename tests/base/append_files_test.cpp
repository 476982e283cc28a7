// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/append_files.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/run_until.h"
#include "support/temporary_directory.h"

using gnatter::base::AppendFiles;
using gnatter::base::EventLoop;
using gnatter::testing::run_for;
using gnatter::testing::run_until;
using gnatter::testing::TemporaryDirectory;
using namespace std::chrono_literals;

namespace {

enum class Disk { good, broken, hangs };
std::atomic<Disk> disk = Disk::good;
std::atomic<int> syncs = 0;

}  // namespace

/// Stands in the C library's place, in this program.
extern "C" int fdatasync(int) {
  ++syncs;
  while (disk == Disk::hangs) std::this_thread::sleep_for(1ms);
  if (disk == Disk::good) return 0;
  errno = EIO;
  return -1;
}

namespace {

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// How many descriptors of this process name files below `directory`.
int descriptors_below(const std::filesystem::path& directory) {
  int count = 0;
  std::error_code gone;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd"))
    if (std::filesystem::read_symlink(entry.path(), gone).string().starts_with(directory.string())) ++count;
  return count;
}

struct Told {
  std::vector<std::string> failed;
  int recovered = 0;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> synced;

  AppendFiles::Events events() {
    return {[this](const std::string& why) { failed.push_back(why); }, [this] { ++recovered; },
            [this](std::uint64_t size, std::uint64_t mark) { synced.emplace_back(size, mark); }};
  }
};

struct Fixture {
  TemporaryDirectory directory;
  std::filesystem::path path = directory.path() / "logs" / "bob.log";
  EventLoop loop;
  AppendFiles::Pace pace{.retry = 30ms, .look = 10ms, .sync = 30ms, .idle = 60ms, .leave = 2s};
  std::unique_ptr<AppendFiles> files = std::make_unique<AppendFiles>(loop, pace);
  Told told;

  std::unique_ptr<AppendFiles::File> open(AppendFiles::Limits limits = {}) {
    return files->open(path, limits, told.events());
  }
  bool written(const std::string& text) {
    return run_until(loop, [&] { return content(path) == text; });
  }
  /// A directory in the file's place: it cannot be written until that is gone.
  void forbid() { std::filesystem::create_directories(path); }
  void allow() { std::filesystem::remove(path); }
  bool has_failed() {
    return run_until(loop, [&] { return !told.failed.empty(); });
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(append_files, Fixture)

BOOST_AUTO_TEST_CASE(lines_are_written_in_their_order_and_at_once) {
  // Neither with the sync, nor when it looks again, nor with a later line.
  AppendFiles unhurried(loop, {.retry = 1h, .look = 1h, .sync = 1h, .idle = 1h});
  const auto file = unhurried.open(path, {}, {});
  BOOST_TEST(!std::filesystem::exists(path.parent_path()));
  std::string all;
  for (int i = 0; i < 1'000; ++i) {
    file->add(std::to_string(i));
    all += std::to_string(i) + '\n';
  }
  BOOST_TEST(written(all));
  BOOST_TEST(file->waiting() == 0u);
  file->add("one more");
  BOOST_TEST(written(all + "one more\n"));
}

BOOST_AUTO_TEST_CASE(a_line_is_one_row_whatever_is_in_it) {
  const auto file = open();
  file->add("a\nb\n");
  file->add("");
  BOOST_TEST(written("a\\nb\\n\n\n"));
}

BOOST_AUTO_TEST_CASE(two_files_of_one_path_share_its_order) {
  const auto one = open();
  const auto other = files->open(path.parent_path() / "." / "bob.log", {}, {});
  std::string all;
  for (int i = 0; i < 100; ++i) {
    (i % 2 ? one : other)->add(std::to_string(i));
    all += std::to_string(i) + '\n';
  }
  BOOST_TEST(written(all));
}

BOOST_AUTO_TEST_CASE(what_waits_is_written_though_its_file_is_destroyed) {
  forbid();
  auto file = open();
  file->add("one");
  BOOST_TEST(has_failed());
  file->add("two");
  file.reset();
  allow();
  BOOST_TEST(written("one\ntwo\n"));
  run_for(loop, 50ms);
  BOOST_TEST(told.recovered == 0);
  BOOST_TEST(told.synced.empty());
}

BOOST_AUTO_TEST_CASE(trouble_is_told_once_and_its_end_too) {
  forbid();
  const auto file = open();
  file->add("one");
  file->add("two");
  BOOST_TEST(has_failed());
  file->add("three");
  run_for(loop, 150ms);
  BOOST_TEST(told.failed == std::vector<std::string>{"a directory stands in its place"},
             boost::test_tools::per_element());
  BOOST_TEST(told.recovered == 0);
  BOOST_TEST(file->waiting() == 3u);
  BOOST_TEST(file->unwritten() == (std::vector<std::string>{"one", "two", "three"}),
             boost::test_tools::per_element());
  allow();
  BOOST_TEST(run_until(loop, [&] { return told.recovered == 1; }));
  BOOST_TEST(content(path) == "one\ntwo\nthree\n");
  BOOST_TEST(file->waiting() == 0u);
  BOOST_TEST(file->lost() == 0u);
  std::filesystem::remove(path);
  forbid();
  run_for(loop, 20ms);
  file->add("four");
  BOOST_TEST(run_until(loop, [&] { return told.failed.size() == 2; }));
  allow();
  BOOST_TEST(run_until(loop, [&] { return told.recovered == 2; }));
}

BOOST_AUTO_TEST_CASE(a_file_opened_in_the_midst_of_trouble_is_told_of_it) {
  forbid();
  const auto file = open();
  file->add("one");
  BOOST_TEST(has_failed());
  Told other_told;
  const auto other = files->open(path, {}, other_told.events());
  run_for(loop, 50ms);
  BOOST_TEST(other_told.failed.empty());
  other->add("two");
  BOOST_TEST(run_until(loop, [&] { return other_told.failed.size() == 1; }));
  allow();
  BOOST_TEST(run_until(loop, [&] { return told.recovered == 1 && other_told.recovered == 1; }));
  BOOST_TEST(content(path) == "one\ntwo\n");
}

BOOST_AUTO_TEST_CASE(beyond_its_limits_the_oldest_are_kept_and_the_rest_counted) {
  forbid();
  const auto file = open({.lines = 3, .bytes = 1'000});
  for (int i = 0; i < 5; ++i) file->add(std::to_string(i));
  BOOST_TEST(file->waiting() == 3u);
  BOOST_TEST(file->lost() == 2u);
  const auto large = files->open(directory.path() / "large.log", {.lines = 100, .bytes = 10}, {});
  std::filesystem::create_directories(directory.path() / "large.log");
  large->add(std::string(20, 'x'));
  large->add("y");
  BOOST_TEST(large->waiting() == 1u);
  BOOST_TEST(large->lost() == 1u);
  allow();
  BOOST_TEST(written("0\n1\n2\n"));
  BOOST_TEST(run_until(loop, [&] { return file->waiting() == 0; }));
  file->add("5");
  BOOST_TEST(written("0\n1\n2\n5\n"));
  BOOST_TEST(file->lost() == 2u);
}

BOOST_AUTO_TEST_CASE(a_full_disk_tears_no_line_and_loses_none) {
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{100, before.rlim_max};
  const auto file = open();
  ::setrlimit(RLIMIT_FSIZE, &small);
  std::string all;
  for (int i = 0; i < 20; ++i) {
    file->add("this is line " + std::to_string(i));
    all += "this is line " + std::to_string(i) + '\n';
  }
  const bool failed = has_failed();
  run_for(loop, 100ms);
  const std::string full = content(path);
  ::setrlimit(RLIMIT_FSIZE, &before);
  BOOST_TEST(failed);
  BOOST_TEST(told.failed == std::vector<std::string>{"disk full"}, boost::test_tools::per_element());
  BOOST_TEST(full == all.substr(0, full.size()));
  BOOST_TEST((full.size() > 80 && full.back() == '\n'));
  BOOST_TEST(run_until(loop, [&] { return told.recovered == 1; }));
  BOOST_TEST(content(path) == all);
}

BOOST_AUTO_TEST_CASE(a_sync_tells_how_far_the_file_is_on_the_disk) {
  const auto file = open();
  for (std::uint64_t i = 1; i <= 10; ++i) file->add("line", 100 + i);
  BOOST_TEST(run_until(loop, [&] { return !told.synced.empty(); }));
  BOOST_TEST((told.synced.back() == std::pair<std::uint64_t, std::uint64_t>(50, 110)));
  run_for(loop, 100ms);
  BOOST_TEST(told.synced.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_sync_that_fails_is_trouble_until_one_succeeds) {
  disk = Disk::broken;
  const auto file = open();
  file->add("one", 1);
  BOOST_TEST(has_failed());
  file->add("two", 2);
  BOOST_TEST(written("one\ntwo\n"));
  run_for(loop, 50ms);
  BOOST_TEST(told.failed == std::vector<std::string>{"Input/output error"}, boost::test_tools::per_element());
  BOOST_TEST(told.recovered == 0);
  BOOST_TEST(told.synced.empty());
  disk = Disk::good;
  BOOST_TEST(run_until(loop, [&] { return told.recovered == 1; }));
  BOOST_TEST((told.synced.back() == std::pair<std::uint64_t, std::uint64_t>(8, 2)));
}

BOOST_AUTO_TEST_CASE(syncs_come_no_faster_than_their_pace) {
  const auto file = open();
  std::uint64_t mark = 0;
  syncs = 0;
  const auto begin = EventLoop::Clock::now();
  const auto steady = loop.every(1ms, [&] { file->add("line", ++mark); });
  run_until(loop, [&] { return told.synced.size() == 5; });
  BOOST_TEST((EventLoop::Clock::now() - begin >= 5 * pace.sync));
  BOOST_TEST(syncs <= 6);
  for (const auto& [size, last] : told.synced) BOOST_TEST(size == 5 * last);
}

BOOST_AUTO_TEST_CASE(a_file_that_was_rotated_is_begun_anew_without_a_restart) {
  const auto file = open();
  file->add("one");
  BOOST_TEST(written("one\n"));
  run_for(loop, 12ms);
  std::filesystem::rename(path, path.string() + ".1");
  run_for(loop, 12ms);
  file->add("two");
  BOOST_TEST(written("two\n"));
  BOOST_TEST(content(path.string() + ".1") == "one\n");
  std::filesystem::remove_all(path.parent_path());
  run_for(loop, 12ms);
  file->add("three");
  BOOST_TEST(written("three\n"));
  std::filesystem::resize_file(path, 0);
  run_for(loop, 12ms);
  file->add("four");
  BOOST_TEST(written("four\n"));
  BOOST_TEST(run_until(loop, [&] { return !told.synced.empty() && told.synced.back().first == 5; }));
  BOOST_TEST(told.failed.empty());
}

BOOST_AUTO_TEST_CASE(many_files_hold_few_descriptors_and_idle_ones_none) {
  std::vector<std::unique_ptr<AppendFiles::File>> many;
  int most = 0;
  AppendFiles patient(loop, {.sync = 50ms, .idle = 400ms});
  for (int i = 0; i < 300; ++i)
    many.push_back(patient.open(directory.path() / (std::to_string(i) + ".log"), {}, {}));
  for (int round = 0; round < 2; ++round)
    for (const auto& file : many) file->add("hello");
  const auto all_written = [&] {
    most = std::max(most, descriptors_below(directory.path()));
    for (const auto& file : many)
      if (file->waiting() > 0) return false;
    return true;
  };
  BOOST_TEST(run_until(loop, all_written));
  most = std::max(most, descriptors_below(directory.path()));
  BOOST_TEST((most > 0 && most <= 33));  // one more while a closed file is synced
  for (int i = 0; i < 300; ++i)
    BOOST_TEST(content(directory.path() / (std::to_string(i) + ".log")) == "hello\nhello\n");
  BOOST_TEST(run_until(loop, [&] { return descriptors_below(directory.path()) == 0; }));
  many.front()->add("again");
  BOOST_TEST(run_until(loop, [&] { return content(directory.path() / "0.log") == "hello\nhello\nagain\n"; }));
}

BOOST_AUTO_TEST_CASE(the_end_writes_what_waits) {
  const auto file = open();
  std::string all;
  for (int i = 0; i < 5'000; ++i) {
    file->add(std::to_string(i));
    all += std::to_string(i) + '\n';
  }
  files.reset();
  BOOST_TEST(content(path) == all);
  file->add("too late");
  BOOST_TEST(file->lost() == 1u);
  run_for(loop, 20ms);
  BOOST_TEST(content(path) == all);
}

BOOST_AUTO_TEST_CASE(the_end_tries_once_more_and_does_not_wait_for_a_disk_that_cannot) {
  forbid();
  files = std::make_unique<AppendFiles>(loop, AppendFiles::Pace{.retry = 1h, .leave = 1min});
  const auto file = open();
  file->add("one");
  const auto other = files->open(directory.path() / "good.log", {}, {});
  BOOST_TEST(has_failed());
  other->add("two");
  const auto begin = EventLoop::Clock::now();
  files.reset();
  BOOST_TEST((EventLoop::Clock::now() - begin < 20s));
  BOOST_TEST(content(directory.path() / "good.log") == "two\n");
}

BOOST_AUTO_TEST_CASE(a_disk_that_hangs_does_not_hold_up_the_end) {
  pace.leave = 50ms;
  files = std::make_unique<AppendFiles>(loop, pace);
  auto file = open();
  disk = Disk::hangs;
  syncs = 0;
  file->add("one");
  BOOST_TEST(run_until(loop, [&] { return syncs == 1; }));
  file->add("two");
  const auto begin = EventLoop::Clock::now();
  files.reset();
  BOOST_TEST((EventLoop::Clock::now() - begin < 5s));
  BOOST_TEST(content(path) == "one\n");
  file.reset();
  // It goes on by itself, on what it has kept.
  disk = Disk::good;
  BOOST_TEST(written("one\ntwo\n"));
  BOOST_TEST(run_until(loop, [&] { return syncs == 2; }));
}

BOOST_AUTO_TEST_CASE(a_callback_may_destroy_its_file) {
  forbid();
  std::unique_ptr<AppendFiles::File> file;
  int calls = 0;
  std::string kept(100, 'x');
  AppendFiles::Events events;
  events.failed = [&, kept](const std::string&) {
    file.reset();
    calls += kept == std::string(100, 'x') ? 1 : 100;
  };
  file = files->open(path, {}, std::move(events));
  file->add("one");
  BOOST_TEST(run_until(loop, [&] { return calls > 0; }));
  run_for(loop, 50ms);
  BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_written_is_told_at_the_end) {
  forbid();
  auto file = open();
  for (const char* line : {"one", "two", "three"}) file->add(line);
  BOOST_TEST(has_failed());
  file.reset();
  const auto unwritten = files->finish();
  BOOST_TEST(unwritten.lines == 3u);
  BOOST_TEST(unwritten.file == path);
  BOOST_TEST(!unwritten.why.empty());
  BOOST_TEST(files->finish().lines == 0u);
}

BOOST_AUTO_TEST_CASE(what_found_no_room_is_told_at_the_end_too) {
  forbid();
  auto file = open({.lines = 2});
  for (const char* line : {"one", "two", "three"}) file->add(line);
  BOOST_TEST(file->lost() == 1u);
  BOOST_TEST(has_failed());
  BOOST_TEST(files->finish().lines == 3u);
}

BOOST_AUTO_TEST_CASE(a_relative_path_is_no_path) {
  BOOST_CHECK_THROW((void)files->open("logs/bob.log", {}, {}), std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()

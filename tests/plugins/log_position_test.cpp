// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/logger/log_position.h"

#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include "plugins/logger/log_line.h"
#include "support/temporary_directory.h"

using gnatter::Line;
using gnatter::LineKind;
using gnatter::Time;
using logger::read_mark;
using logger::write_mark;
using logger::WrittenBefore;

namespace {

Line said(int second, const std::string& text = "x") {
  return {Time(std::chrono::seconds(1'700'000'000 + second)), LineKind::message, "bob", text};
}

struct Fixture {
  gnatter::testing::TemporaryDirectory directory;
  std::filesystem::path log = directory.path() / "bob.log";

  void add(const std::string& bytes) { std::ofstream(log, std::ios::binary | std::ios::app) << bytes; }
  void add(const Line& line) { add(logger::print(line) + '\n'); }
  /// Lines of these seconds, the mark behind the last of them.
  void marked(int from, int to) {
    for (int i = from; i < to; ++i) add(said(i));
    write_mark(log, std::filesystem::file_size(log), position(to - 1));
  }
  static std::uint64_t position(int second) { return 1'000'000 + static_cast<std::uint64_t>(second); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(log_position, Fixture)

BOOST_AUTO_TEST_CASE(a_mark_comes_back_as_it_was) {
  marked(0, 5);
  const auto mark = read_mark(log);
  BOOST_REQUIRE(mark.has_value());
  BOOST_TEST(mark->offset == std::filesystem::file_size(log));
  BOOST_TEST(mark->position == position(4));
  add(said(5));
  BOOST_TEST(read_mark(log)->position == position(4));
}

BOOST_AUTO_TEST_CASE(the_mark_is_one_hidden_file_of_the_users_alone) {
  const auto before = ::umask(0);
  marked(0, 5);
  marked(5, 9);
  ::umask(before);
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(directory.path())) {
    ++files;
    if (entry.path() == log) continue;
    BOOST_TEST(entry.path().filename() == ".bob.log.position");
    struct stat status {};
    ::stat(entry.path().c_str(), &status);
    BOOST_TEST((status.st_mode & 07777) == 0600u);
  }
  BOOST_TEST(files == 2);
  BOOST_TEST(read_mark(log)->position == position(8));
}

BOOST_AUTO_TEST_CASE(a_mark_of_another_log_is_void) {
  marked(0, 5);
  std::filesystem::resize_file(log, 10);
  BOOST_TEST(!read_mark(log));
  for (int i = 20; i < 40; ++i) add(said(i));
  BOOST_TEST(!read_mark(log));
  std::filesystem::remove(log);
  BOOST_TEST(!read_mark(log));
  write_mark(log, 0, 1);
  BOOST_TEST(!read_mark(log));
}

BOOST_AUTO_TEST_CASE(what_is_no_mark_is_none) {
  add(said(1));
  for (const std::string text : {"", "gnatter-log-position 1\n", "gnatter-log-position 1\n5 x 7\n", "1 2 3\n",
                                 "gnatter-log-position 1\n99999999999999999999999 1 1\n"}) {
    std::ofstream(logger::mark_path(log)) << text;
    BOOST_TEST(!read_mark(log));
  }
}

BOOST_AUTO_TEST_CASE(a_mark_beyond_the_end_of_the_log_is_not_written) {
  marked(0, 5);
  write_mark(log, std::filesystem::file_size(log) + 1, position(7));
  BOOST_TEST(read_mark(log)->position == position(4));
}

BOOST_AUTO_TEST_CASE(a_line_behind_the_mark_that_comes_again_is_not_written_twice) {
  marked(0, 5);
  add(said(5));
  add(said(6));
  WrittenBefore before(log);
  BOOST_TEST(before.take(said(5), position(5)));
  BOOST_TEST(before.take(said(6), position(6)));
  BOOST_TEST(!before.take(said(7), position(7)));
  // Once: the same again is another.
  BOOST_TEST(!before.take(said(5), position(5)));
}

BOOST_AUTO_TEST_CASE(a_line_is_known_by_time_sender_kind_and_text) {
  add(said(5, "hello"));
  WrittenBefore before(log);
  Line other = said(5, "hello");
  other.kind = LineKind::action;
  BOOST_TEST(!before.take(other, position(5)));
  other = said(5, "hello");
  other.sender = "carol";
  BOOST_TEST(!before.take(other, position(5)));
  BOOST_TEST(!before.take(said(6, "hello"), position(5)));
  BOOST_TEST(!before.take(said(5, "hallo"), position(5)));
  BOOST_TEST(before.take(said(5, "hello"), position(5)));
  BOOST_TEST(before.empty());
}

BOOST_AUTO_TEST_CASE(a_line_before_the_mark_that_comes_again_is_not_written_twice_either) {
  marked(0, 5);
  add(said(3));
  WrittenBefore before(log);
  BOOST_TEST(before.take(said(3), position(3)));
  BOOST_TEST(before.take(said(3), position(3)));
  BOOST_TEST(!before.take(said(3), position(3)));
  // The broker sends it again, and the client takes it for a new one.
  BOOST_TEST(before.take(said(4), position(9)));
  BOOST_TEST(!before.take(said(4), position(9)));
}

BOOST_AUTO_TEST_CASE(a_line_that_the_log_does_not_have_is_written_even_if_the_clock_went_back) {
  marked(0, 5);
  WrittenBefore before(log);
  BOOST_TEST(!before.take(said(70), position(1)));
}

BOOST_AUTO_TEST_CASE(without_a_mark_the_last_lines_are_what_is_known) {
  for (int i = 0; i < 600; ++i) add(said(i));
  WrittenBefore before(log);
  BOOST_TEST(before.take(said(599), position(599)));
  BOOST_TEST(before.take(said(100), position(100)));
  BOOST_TEST(!before.take(said(99), position(99)));
  BOOST_TEST(WrittenBefore(directory.path() / "none.log").empty());
}

BOOST_AUTO_TEST_CASE(a_torn_line_is_not_known_and_so_written_again) {
  marked(0, 5);
  const std::string row = logger::print(said(5, "a longer line"));
  add(row.substr(0, row.size() - 4));
  BOOST_TEST(!WrittenBefore(log).take(said(5, "a longer line"), position(5)));
  add("\n");
  BOOST_TEST(!WrittenBefore(log).take(said(5, "a longer line"), position(5)));
}

BOOST_AUTO_TEST_SUITE_END()

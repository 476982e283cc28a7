// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/whole_file.h"

#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

#include "support/temporary_directory.h"

using namespace gnatter;
using base::read_whole_file;
using base::write_whole_file;

namespace {

struct Fixture : testing::TemporaryDirectory {
  const std::filesystem::path file = path() / "file";
  static unsigned mode_of(const std::filesystem::path& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 ? status.st_mode & 07777u : 0;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(whole_file, Fixture)

BOOST_AUTO_TEST_CASE(what_is_written_is_there_for_its_owner_alone) {
  const mode_t before = ::umask(0);
  write_whole_file(file, "one");
  ::umask(0777);
  write_whole_file(file, std::string("two\0three", 9));
  ::umask(before);
  BOOST_TEST(read_whole_file(file, 100).value() == std::string("two\0three", 9));
  BOOST_TEST(mode_of(file) == 0600u);
  BOOST_TEST(!std::filesystem::exists(path() / "file.new"));
}

BOOST_AUTO_TEST_CASE(the_old_one_stays_where_the_new_one_cannot_be) {
  write_whole_file(file, "old");
  std::filesystem::create_directory(path() / "file.new");  // cannot be removed as a file
  BOOST_CHECK_THROW(write_whole_file(file, "new"), std::system_error);
  BOOST_TEST(read_whole_file(file, 100).value() == "old");
  BOOST_CHECK_THROW(write_whole_file("/dev/full/x", "new"), std::system_error);
}

BOOST_AUTO_TEST_CASE(what_a_crash_left_behind_does_not_matter) {
  std::ofstream(path() / "file.new") << "half";
  write_whole_file(file, "whole");
  BOOST_TEST(read_whole_file(file, 100).value() == "whole");
}

BOOST_AUTO_TEST_CASE(a_link_is_replaced_and_not_read) {
  std::ofstream(path() / "other") << "somebody's";
  std::filesystem::create_symlink(path() / "other", file);
  BOOST_CHECK_THROW(read_whole_file(file, 100), std::system_error);
  write_whole_file(file, "mine");
  BOOST_TEST(read_whole_file(path() / "other", 100).value() == "somebody's");
  BOOST_TEST(read_whole_file(file, 100).value() == "mine");
}

BOOST_AUTO_TEST_CASE(what_is_not_there_is_nothing_and_what_is_no_file_an_error) {
  BOOST_TEST(!read_whole_file(file, 100).has_value());
  BOOST_CHECK_THROW(read_whole_file(path(), 100), std::system_error);
  BOOST_REQUIRE(::mkfifo(file.c_str(), 0600) == 0);
  BOOST_CHECK_THROW(read_whole_file(file, 100), std::system_error);
}

BOOST_AUTO_TEST_CASE(a_file_may_be_as_large_as_said_and_no_larger) {
  write_whole_file(file, "12345");
  BOOST_TEST(read_whole_file(file, 5).value() == "12345");
  BOOST_CHECK_THROW(read_whole_file(file, 4), std::system_error);
}

BOOST_AUTO_TEST_SUITE_END()

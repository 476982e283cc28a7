// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/group_files.h"

#include <sys/stat.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "base/paths.h"
#include "support/run_until.h"
#include "support/temporary_directory.h"

using namespace gnatter;
using app::GroupFiles;
using boost::test_tools::per_element;
using Texts = std::vector<std::string>;

namespace {

const std::string alice = "alice@home";

struct Fixture : testing::TemporaryDirectory {
  base::EventLoop loop;
  const std::filesystem::path directory = path() / "groups" / "alice@home", file = directory / "joined";

  std::string content() const {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
  }
  void write(const std::string& text) const {
    base::make_private_directory(directory);
    std::ofstream(file) << text;
  }
  static unsigned mode_of(const std::filesystem::path& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 07777u : 0;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(group_files, Fixture)

BOOST_AUTO_TEST_CASE(nobody_has_joined_anything_at_first) {
  GroupFiles files(loop, path());
  const auto kept = files.read(alice);
  BOOST_TEST(kept.groups.empty());
  BOOST_TEST(kept.complaints.empty());
  BOOST_TEST(!std::filesystem::exists(directory));
}

BOOST_AUTO_TEST_CASE(what_is_joined_is_there_in_its_order_until_it_is_left) {
  GroupFiles files(loop, path());
  for (const char* group : {"ops", "dev", "ops team", "dev", "\xE6\x97\xA5\xE6\x9C\xAC"})
    files.add(alice, group);
  files.add("bob@home", "other");
  files.remove(alice, "ops");
  files.remove(alice, "never");
  BOOST_TEST(files.read(alice).groups == (Texts{"dev", "ops team", "\xE6\x97\xA5\xE6\x9C\xAC"}),
             per_element());
  BOOST_TEST(files.read("bob@home").groups == Texts{"other"}, per_element());
  BOOST_TEST(content() == "dev\nops team\n\xE6\x97\xA5\xE6\x9C\xAC\n");
}

BOOST_AUTO_TEST_CASE(it_is_on_disk_without_an_end) {
  GroupFiles files(loop, path());
  files.add(alice, "dev");
  BOOST_TEST(testing::run_until(loop, [&] { return content() == "dev\n"; }));
}

BOOST_AUTO_TEST_CASE(the_end_waits_for_what_is_not_yet_written) {
  {
    GroupFiles files(loop, path());
    for (int i = 0; i < 100; ++i) files.add(alice, "group" + std::to_string(i));
  }
  GroupFiles files(loop, path());
  BOOST_TEST(files.read(alice).groups.size() == 100u);
}

BOOST_AUTO_TEST_CASE(nobody_else_can_read_it) {
  const mode_t before = ::umask(0);
  {
    GroupFiles files(loop, path());
    files.add(alice, "dev");
  }
  ::umask(before);
  BOOST_TEST(mode_of(file) == 0600u);
  BOOST_TEST(mode_of(directory) == 0700u);
  BOOST_TEST(mode_of(path() / "groups") == 0700u);
}

BOOST_AUTO_TEST_CASE(two_of_one_account_lose_nothing_of_each_other) {
  GroupFiles one(loop, path()), other(loop, path());
  one.add(alice, "gone");
  BOOST_REQUIRE(one.read(alice).groups.size() == 1u);
  for (int i = 0; i < 50; ++i) {
    one.add(alice, "one" + std::to_string(i));
    other.add(alice, "other" + std::to_string(i));
  }
  other.remove(alice, "gone");
  BOOST_TEST(testing::run_until(loop, [&] {
    const std::string text = content();
    return std::count(text.begin(), text.end(), '\n') == 100 && text.find("gone\n") == std::string::npos;
  }));
}

BOOST_AUTO_TEST_CASE(a_line_that_is_no_name_is_passed_over_and_told_once) {
  write("dev\n/etc/passwd\na+b\n\nops\n" + std::string(70, 'x') + "\ndev\nlast");
  GroupFiles files(loop, path());
  const auto kept = files.read(alice);
  BOOST_TEST(kept.groups == (Texts{"dev", "ops", "last"}), per_element());
  BOOST_REQUIRE(kept.complaints.size() == 1u);
  BOOST_TEST(kept.complaints[0] == file.string() +
                                       ", line 2: that is no name of a group. It was passed over; "
                                       "the others are joined.");
  files.add(alice, "new");
  BOOST_TEST(files.read(alice).complaints.empty());
  BOOST_TEST(content() == "dev\nops\nlast\nnew\n");
}

BOOST_AUTO_TEST_CASE(what_is_no_such_file_is_told_and_left_alone) {
  base::make_private_directory(directory);
  std::filesystem::create_directory(file);
  GroupFiles files(loop, path());
  Texts failed;
  const auto listening = files.failed.connect(
      [&](const std::string& account, const std::string& why) { failed.push_back(account + ": " + why); });
  const auto kept = files.read(alice);
  BOOST_REQUIRE(kept.complaints.size() == 1u);
  BOOST_TEST(kept.complaints[0].starts_with("What groups you were in cannot be read: "));
  files.add(alice, "dev");
  BOOST_REQUIRE(testing::run_until(loop, [&] { return !failed.empty(); }));
  BOOST_TEST(failed[0].starts_with("alice@home: What groups you are in is not kept for the next start: "));
  BOOST_TEST(std::filesystem::is_directory(file));
}

BOOST_AUTO_TEST_CASE(a_file_without_end_is_not_read) {
  write(std::string(std::size_t{1} << 20, 'x'));
  GroupFiles files(loop, path());
  BOOST_TEST(files.read(alice).complaints.size() == 1u);
}

BOOST_AUTO_TEST_CASE(ten_thousand_are_kept_and_no_more) {
  std::string many;
  for (int i = 0; i < 10'000; ++i) many += "group" + std::to_string(i) + '\n';
  write(many);
  GroupFiles files(loop, path());
  Texts failed;
  const auto listening =
      files.failed.connect([&](const std::string&, const std::string& why) { failed.push_back(why); });
  BOOST_TEST(files.read(alice).groups.size() == 10'000u);
  files.add(alice, "one more");
  BOOST_REQUIRE(testing::run_until(loop, [&] { return !failed.empty(); }));
  BOOST_TEST(failed[0].find("there are 10000 already") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

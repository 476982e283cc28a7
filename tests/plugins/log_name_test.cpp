// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/logger/log_name.h"

#include <boost/test/unit_test.hpp>
#include <random>
#include <set>
#include <string>

using gnatter::Target;
using logger::path_part;

namespace {

std::string part(const std::string& name) {
  return path_part(std::string_view(name));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(log_name)

BOOST_AUTO_TEST_CASE(names_stay_as_people_write_them) {
  for (const std::string name :
       {"bob", "Bob", "Anna Lena", "日本語", "Zoë", "a.b", "x-y_z", "(bob)", "a:b", "~bob", "b\\c"})
    BOOST_TEST(part(name) == name);
}

BOOST_AUTO_TEST_CASE(what_means_something_to_paths_shells_and_terminals_is_written_out) {
  BOOST_TEST(part(".") == "%2E");
  BOOST_TEST(part("..") == "%2E.");
  BOOST_TEST(part(".hidden") == "%2Ehidden");
  BOOST_TEST(part("../../etc/passwd") == "%2E.%2F..%2Fetc%2Fpasswd");
  BOOST_TEST(part("-rf") == "%2Drf");
  BOOST_TEST(part("50%") == "50%25");
  BOOST_TEST(part("a\nb\x1b[m\x7f") == "a%0Ab%1B[m%7F");
  BOOST_TEST(part("a\u0085") == "a%C2%85");
  BOOST_TEST(part("abc\u202Etxt") == "abc%E2%80%AEtxt");
  BOOST_TEST(part("a\u200Bb") == "a%E2%80%8Bb");
  for (const char* invisible : {"\u034F", "\u115F", "\u17B4", "\u3164", "\uFE0F", "\U000E0100"})
    BOOST_TEST(part("a" + std::string(invisible)).starts_with("a%"));
  BOOST_TEST(part("\xff\xfe") == "%FF%FE");
  BOOST_TEST(part(" a ") == "%20a%20");
  BOOST_TEST(part("") == "%");
  BOOST_TEST(part("trailing.") == "trailing.");
}

BOOST_AUTO_TEST_CASE(a_directory_of_one_name_is_never_the_file_of_another) {
  BOOST_TEST(part("a.log") == "a%2Elog");
  BOOST_TEST(part(".log") == "%2Elog");
  BOOST_TEST(part("a.log.b") == "a.log.b");
}

BOOST_AUTO_TEST_CASE(groups_keep_their_sign_and_no_user_has_it) {
  BOOST_TEST(path_part(Target::group(1, "dev")) == "#dev");
  BOOST_TEST(path_part(Target::user(1, "dev")) == "dev");
  BOOST_TEST(path_part(Target::user(1, "#dev")) == "%23dev");
  BOOST_TEST(path_part(Target::group(1, "..")) == "#%2E.");
}

BOOST_AUTO_TEST_CASE(names_of_64_bytes_stay_whole) {
  std::string cjk;
  for (int i = 0; i < 21; ++i) cjk += "語";
  BOOST_TEST(part(cjk) == cjk);
  BOOST_TEST(part(std::string(64, '/')).size() == 192u);
}

BOOST_AUTO_TEST_CASE(names_that_are_too_long_are_cut_at_a_character_and_stay_different) {
  std::string cjk;
  for (int i = 0; i < 100; ++i) cjk += "語";
  const std::string one = part(cjk), other = part(cjk + "x");
  BOOST_TEST((one.size() <= 200 && other.size() <= 200));
  BOOST_TEST(one != other);
  BOOST_TEST(one.substr(0, one.find('%')) == cjk.substr(0, one.find('%')));
  BOOST_TEST(one.find('%') % 3 == 0u);
  BOOST_TEST(part(std::string(200, 'a')) == std::string(200, 'a'));
  BOOST_TEST(part(std::string(201, 'a')).size() == 200u);
  BOOST_TEST(part(std::string(300, '/')).find("%2%") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(different_names_give_different_files_inside_the_directory) {
  std::mt19937 random(7);
  constexpr std::string_view letters = "./%-#.log25EFa \n\xe8\xaa\x9e\xff";
  std::set<std::string> names, files;
  while (names.size() < 20'000) {
    std::string name;
    for (auto size = random() % 8; size > 0; --size) name += letters[random() % letters.size()];
    if (!names.insert(name).second) continue;
    const std::string file = part(name) + ".log";
    files.insert(file);
    BOOST_REQUIRE((file.size() <= 255 && file.find('/') == std::string::npos && file.front() != '.'));
  }
  BOOST_TEST(files.size() == names.size());
}

BOOST_AUTO_TEST_SUITE_END()

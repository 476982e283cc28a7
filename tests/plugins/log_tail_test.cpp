// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/logger/log_tail.h"

#include <sys/stat.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "plugins/logger/log_line.h"
#include "support/temporary_directory.h"

using gnatter::Line;
using gnatter::LineKind;
using gnatter::Time;
using logger::last_lines;
using logger::RowsBackwards;
using namespace std::chrono_literals;

namespace {

Line said(int second, const std::string& text) {
  return {Time(std::chrono::seconds(1'700'000'000 + second)), LineKind::message, "bob", text};
}
bool any(const Line&) {
  return true;
}

struct Fixture {
  gnatter::testing::TemporaryDirectory directory;
  std::filesystem::path path = directory.path() / "bob.log";

  void add(const std::string& bytes) { std::ofstream(path, std::ios::binary | std::ios::app) << bytes; }
  void add(const Line& line) { add(logger::print(line) + '\n'); }

  std::vector<std::string> rows() {
    std::vector<std::string> out;
    RowsBackwards backwards(path);
    const auto size = std::filesystem::exists(path) ? std::filesystem::file_size(path) : 0;
    std::ifstream file(path, std::ios::binary);
    while (auto row = backwards.next()) {
      // It stands where it says.
      BOOST_REQUIRE(row->at + row->text.size() < size);
      std::string there(row->text.size() + 1, '\0');
      file.seekg(static_cast<std::streamoff>(row->at));
      BOOST_REQUIRE(file.read(there.data(), static_cast<std::streamsize>(there.size())));
      BOOST_REQUIRE(there == row->text + '\n');
      out.push_back(std::move(row->text));
    }
    std::reverse(out.begin(), out.end());
    BOOST_TEST(!backwards.next());
    return out;
  }
  static std::vector<std::string> texts(const std::vector<logger::LoggedLine>& lines) {
    std::vector<std::string> out;
    for (const auto& [at, line] : lines) out.push_back(line.text);
    return out;
  }
};
using Texts = std::vector<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(log_tail, Fixture)

BOOST_AUTO_TEST_CASE(rows_come_from_the_end_to_the_beginning) {
  BOOST_TEST(rows().empty());
  add("");
  BOOST_TEST(rows().empty());
  add("one\n\nthree\n");
  BOOST_TEST(rows() == (Texts{"one", "", "three"}), boost::test_tools::per_element());
  add("torn");
  BOOST_TEST(rows() == (Texts{"one", "", "three"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(rows_are_whole_wherever_the_blocks_end) {
  for (const std::size_t size : {65'534u, 65'535u, 65'536u, 65'537u, 131'072u, 200'000u}) {
    std::filesystem::remove(path);
    add("first\n" + std::string(size, 'x') + "\nlast\n");
    const auto found = rows();
    BOOST_TEST(found.size() == 3u);
    BOOST_TEST((found == Texts{"first", std::string(size, 'x'), "last"}));
  }
  std::filesystem::remove(path);
  Texts many;
  std::string bytes;
  for (int i = 0; i < 20'000; ++i) {
    many.push_back(std::string(static_cast<std::size_t>(i) % 13, 'y') + std::to_string(i));
    bytes += many.back() + '\n';
  }
  add(bytes);
  BOOST_TEST((rows() == many));
}

BOOST_AUTO_TEST_CASE(a_row_without_end_is_passed_over) {
  add("one\n" + std::string((1u << 20) + 100'000, 'x') + "\nthree\n");
  BOOST_TEST(rows() == (Texts{"one", "three"}), boost::test_tools::per_element());
  add(std::string(1u << 20, 'y') + "\n");
  BOOST_TEST(rows().size() == 3u);
}

BOOST_AUTO_TEST_CASE(a_large_file_costs_only_what_is_read_of_it) {
  add("begin\n");
  std::filesystem::resize_file(path, std::uintmax_t{2} << 30);
  add("\nend\n");
  RowsBackwards backwards(path);
  const auto begin = std::chrono::steady_clock::now();
  BOOST_TEST(backwards.next().value().text == "end");
  // Zeros without an end: it gives up, and soon.
  BOOST_TEST(!backwards.next());
  BOOST_TEST((std::chrono::steady_clock::now() - begin < 5s));
}

BOOST_AUTO_TEST_CASE(what_is_no_regular_file_is_not_opened) {
  BOOST_REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  BOOST_TEST(!RowsBackwards(path).next());
}

BOOST_AUTO_TEST_CASE(a_file_that_shrinks_meanwhile_ends_there) {
  std::string bytes;
  for (int i = 0; i < 50'000; ++i) bytes += "row " + std::to_string(i) + '\n';
  add(bytes);
  RowsBackwards backwards(path);
  BOOST_TEST(backwards.next().value().text == "row 49999");
  std::filesystem::resize_file(path, 10);
  int rest = 0;
  while (backwards.next()) ++rest;
  BOOST_TEST((rest > 0 && rest < 20'000));
}

BOOST_AUTO_TEST_CASE(the_last_lines_are_those_that_are_wanted) {
  for (int i = 0; i < 10; ++i) {
    add(said(i, std::to_string(i)));
    add("garbage\n");
    add(Line{Time(1s), LineKind::error, "", "no room"});
  }
  const auto conversation = [](const Line& line) { return line.kind != LineKind::error; };
  const auto lines = last_lines(path, 3, conversation);
  BOOST_TEST(texts(lines) == (Texts{"7", "8", "9"}), boost::test_tools::per_element());
  const auto older = last_lines(path, 3, conversation, lines.front().at);
  BOOST_TEST(texts(older) == (Texts{"4", "5", "6"}), boost::test_tools::per_element());
  BOOST_TEST(texts(last_lines(path, 100, conversation, older.front().at)) == (Texts{"0", "1", "2", "3"}),
             boost::test_tools::per_element());
  BOOST_TEST(last_lines(path, 0, any).empty());
  BOOST_TEST(last_lines(directory.path() / "none.log", 5, any).empty());
  BOOST_TEST(texts(last_lines(path, 1, conversation, std::uint64_t{1} << 40)) == Texts{"9"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_line_is_found_where_it_stands_last) {
  for (const int i : {0, 1, 2, 1, 3}) add(said(i, "x"));
  const auto at = logger::find_line(path, said(1, "x"));
  BOOST_REQUIRE(at.has_value());
  BOOST_TEST(last_lines(path, 9, any, *at).size() == 3u);
  BOOST_TEST(!logger::find_line(path, said(1, "y")));
  BOOST_TEST(!logger::find_line(path, said(9, "x")));
}

BOOST_AUTO_TEST_CASE(what_is_older_ends_before_what_is_not) {
  for (const int i : {1, 2, 9, 3, 8, 9}) add(said(i, "x"));
  const auto before = [&](int second) {
    return last_lines(path, 9, any, logger::end_of_older(path, said(second, "").time)).size();
  };
  BOOST_TEST(before(1) == 0u);
  BOOST_TEST(before(4) == 4u);
  BOOST_TEST(before(9) == 5u);
  BOOST_TEST(before(20) == 6u);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/logger/log_history.h"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "plugins/logger/log_line.h"
#include "plugins/logger/log_place.h"
#include "support/temporary_directory.h"

using gnatter::Line;
using gnatter::LineKind;
using gnatter::Target;
using gnatter::Time;
using Texts = std::vector<std::string>;
using boost::test_tools::per_element;

namespace {

Line said(int number) {
  return {Time(std::chrono::seconds(1'700'000'000 + number)), LineKind::message, "bob",
          std::to_string(number)};
}

struct Fixture {
  gnatter::testing::TemporaryDirectory directory;
  logger::Place place{directory.path(), "home", Target::user(1, "bob"), logger::Layout::one};
  logger::LogHistory history;
  std::vector<Line> waiting;

  void add(const Line& line, const std::string& date = "2026-11-22") {
    const auto path = place.file_on(date);
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary | std::ios::app) << logger::print(line) << '\n';
  }
  Texts before(const std::optional<Line>& line, std::size_t most) {
    Texts texts;
    for (const auto& one : history.before(line, place.files(), waiting, most)) texts.push_back(one.text);
    return texts;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(log_history, Fixture)

BOOST_AUTO_TEST_CASE(without_a_log_there_is_nothing) {
  BOOST_TEST(before({}, 500).empty());
  BOOST_TEST(before(said(5), 500).empty());
}

BOOST_AUTO_TEST_CASE(page_by_page_it_comes_to_the_beginning) {
  for (int i = 0; i < 10; ++i) add(said(i));
  BOOST_TEST(before({}, 4) == (Texts{"6", "7", "8", "9"}), per_element());
  BOOST_TEST(before(said(6), 4) == (Texts{"2", "3", "4", "5"}), per_element());
  BOOST_TEST(before(said(2), 4) == (Texts{"0", "1"}), per_element());
  BOOST_TEST(before(said(0), 4).empty());
  // Another window begins anew.
  BOOST_TEST(before(said(9), 2) == (Texts{"7", "8"}), per_element());
}

BOOST_AUTO_TEST_CASE(what_two_clients_have_written_is_shown_once) {
  for (const int number : {0, 0, 1, 2, 1, 2, 3, 4, 4, 3}) add(said(number));
  waiting = {said(5), said(4)};
  BOOST_TEST(before({}, 500) == (Texts{"0", "1", "2", "3", "4", "5"}), per_element());
  waiting.clear();
  BOOST_TEST(before({}, 4) == (Texts{"3", "4"}), per_element());
  BOOST_TEST(before(said(3), 4) == (Texts{"1", "2"}), per_element());
  BOOST_TEST(before(said(1), 1) == (Texts{"0"}), per_element());
  BOOST_TEST(before(said(0), 1).empty());  // its double
  auto later = said(0);                    // the same words once more
  later.time += std::chrono::milliseconds(1);
  add(later);
  BOOST_TEST(before({}, 500).back() == "0");
}

BOOST_AUTO_TEST_CASE(the_next_page_is_right_though_the_log_was_cut_or_grew) {
  for (int i = 0; i < 10; ++i) add(said(i));
  BOOST_TEST(before({}, 2) == (Texts{"8", "9"}), per_element());
  add(said(10));
  BOOST_TEST(before(said(8), 2) == (Texts{"6", "7"}), per_element());
  std::filesystem::remove(place.file_on(""));
  for (int i = 3; i < 20; ++i) add(said(i));
  BOOST_TEST(before(said(6), 2) == (Texts{"4", "5"}), per_element());
}

BOOST_AUTO_TEST_CASE(a_line_that_came_late_is_found_by_what_it_is_and_not_by_its_time) {
  for (const int i : {1, 2, 9, 3, 4}) add(said(i));
  BOOST_TEST(before(said(9), 5) == (Texts{"1", "2"}), per_element());
  BOOST_TEST(before(said(4), 2) == (Texts{"9", "3"}), per_element());
}

BOOST_AUTO_TEST_CASE(before_a_line_that_is_in_no_log_stands_what_is_older) {
  for (const int i : {1, 2, 5, 6}) add(said(i));
  BOOST_TEST(before(said(4), 5) == (Texts{"1", "2"}), per_element());
  BOOST_TEST(before(said(9), 2) == (Texts{"5", "6"}), per_element());
  BOOST_TEST(before(said(1), 5).empty());
}

BOOST_AUTO_TEST_CASE(lines_that_wait_to_be_written_are_part_of_it) {
  for (int i = 0; i < 4; ++i) add(said(i));
  waiting = {said(4), said(5), said(6)};
  BOOST_TEST(before({}, 5) == (Texts{"2", "3", "4", "5", "6"}), per_element());
  BOOST_TEST(before({}, 2) == (Texts{"5", "6"}), per_element());
  BOOST_TEST(before(said(6), 4) == (Texts{"2", "3", "4", "5"}), per_element());
  BOOST_TEST(before(said(2), 4) == (Texts{"0", "1"}), per_element());
  // Written in this moment.
  add(said(4));
  add(said(5));
  BOOST_TEST(before({}, 9) == (Texts{"0", "1", "2", "3", "4", "5", "6"}), per_element());
  BOOST_TEST(before(said(4), 9) == (Texts{"0", "1", "2", "3"}), per_element());
}

BOOST_AUTO_TEST_CASE(what_is_no_conversation_does_not_count) {
  for (int i = 0; i < 4; ++i) {
    add(said(i));
    add({said(i).time, LineKind::info, "", "a sentence"});
    waiting.push_back({said(9).time, LineKind::info, "", "a sentence"});
  }
  BOOST_TEST(before({}, 3) == (Texts{"1", "2", "3"}), per_element());
}

BOOST_AUTO_TEST_CASE(what_was_not_sent_is_followed_by_that) {
  add(said(0));
  add({said(1).time, LineKind::error, "", "not sent"});
  BOOST_TEST(before({}, 3) == (Texts{"0", "not sent"}), per_element());
}

BOOST_AUTO_TEST_CASE(it_goes_on_in_the_file_of_the_day_before) {
  place.layout = logger::Layout::daily;
  for (int i = 0; i < 3; ++i) add(said(i), "2026-11-20");
  for (int i = 3; i < 5; ++i) add(said(i), "2026-11-21");
  for (int i = 5; i < 7; ++i) add(said(i), "2026-11-22");
  std::ofstream(place.file_on("notes")) << "mine\n";
  BOOST_TEST(before({}, 5) == (Texts{"2", "3", "4", "5", "6"}), per_element());
  BOOST_TEST(before(said(2), 5) == (Texts{"0", "1"}), per_element());
  BOOST_TEST(before(said(5), 2) == (Texts{"3", "4"}), per_element());
}

BOOST_AUTO_TEST_CASE(layouts_have_their_paths) {
  using logger::Layout;
  const auto path = [&](Layout layout) {
    place.layout = layout;
    return place.file_on("2026-11-22").lexically_relative(directory.path()).string();
  };
  BOOST_TEST(path(Layout::one) == "home/bob.log");
  BOOST_TEST(path(Layout::daily) == "home/bob/2026-11-22.log");
  BOOST_TEST(path(Layout::monthly) == "home/bob/2026-11.log");
  place.network = "../x";
  place.target = Target::group(1, "..");
  BOOST_TEST(path(Layout::one) == "%2E.%2Fx/#%2E..log");
  for (const auto name : logger::layout_names) BOOST_TEST(logger::layout_of(name).has_value());
  BOOST_TEST(!logger::layout_of("/etc/passwd"));
}

BOOST_AUTO_TEST_SUITE_END()

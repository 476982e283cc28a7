// SPDX-License-Identifier: GPL-3.0-or-later
#include "headless/line_reader.h"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "support/pipe.h"
#include "support/run_until.h"
#include "support/temporary_directory.h"

using namespace gnatter;
using namespace gnatter::testing;
using boost::test_tools::per_element;
using headless::LineReader;

namespace {

using Texts = std::vector<std::string>;

struct Fixture {
  base::EventLoop loop;
  Pipe pipe{Pipe::Ours::writer};
  Texts lines;
  int too_long = 0, ends = 0;
  std::function<void(const std::string&)> on_line = [](const std::string&) {};
  std::optional<LineReader> reader;

  LineReader::Handlers handlers() {
    return {[this](std::string_view line) {
              lines.emplace_back(line);
              on_line(lines.back());
            },
            [this] { ++too_long; }, [this] { ++ends; }};
  }
  Fixture() { reader.emplace(loop, pipe.reader.get(), handlers()); }
  void settle() { run_for(loop, std::chrono::milliseconds(20)); }
  void write(std::string_view text) {
    while (!text.empty()) {
      text.remove_prefix(pipe.write(text));
      if (!text.empty()) settle();
    }
    settle();
  }
};

constexpr std::size_t limit = std::size_t{1} << 20;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(line_reader, Fixture)

BOOST_AUTO_TEST_CASE(nothing_is_read_before_it_is_let_go) {
  write("one\n");
  BOOST_TEST(lines.empty());
  reader->pause(false);
  BOOST_TEST(lines.empty());  // not from inside the call
  settle();
  BOOST_TEST(lines == Texts{"one"}, per_element());
}

BOOST_AUTO_TEST_CASE(lines_are_put_together_from_whatever_pieces_they_come_in) {
  reader->pause(false);
  write("one\ntw");
  write("o\n\nthr");
  write("ee");
  BOOST_TEST(lines == (Texts{"one", "two", ""}), per_element());
  write("\n");
  BOOST_TEST(lines.back() == "three");
  BOOST_TEST(ends == 0);
}

BOOST_AUTO_TEST_CASE(a_last_line_needs_no_newline) {
  reader->pause(false);
  write("one\ntwo");
  pipe.writer.reset();
  settle();
  BOOST_TEST(lines == (Texts{"one", "two"}), per_element());
  BOOST_TEST(ends == 1);
}

BOOST_AUTO_TEST_CASE(an_ended_input_ends_once_and_adds_no_empty_line) {
  reader->pause(false);
  write("one\n");
  pipe.writer.reset();
  settle();
  reader->pause(true);
  reader->pause(false);
  settle();
  BOOST_TEST(lines == Texts{"one"}, per_element());
  BOOST_TEST(ends == 1);
}

BOOST_AUTO_TEST_CASE(bytes_stay_as_they_are) {
  reader->pause(false);
  write(std::string_view("\xFF\r \0x\n", 6));
  BOOST_TEST(lines == Texts{std::string("\xFF\r \0x", 5)}, per_element());
}

BOOST_AUTO_TEST_CASE(a_pause_inside_a_line_keeps_the_next_ones_waiting) {
  on_line = [&](const std::string& line) {
    if (line == "two") reader->pause(true);
  };
  reader->pause(false);
  write("one\ntwo\nthree\nfo");
  BOOST_TEST(lines == (Texts{"one", "two"}), per_element());
  write("ur\n");
  pipe.writer.reset();
  settle();
  BOOST_TEST(lines.size() == 2u);
  BOOST_TEST(ends == 0);
  reader->pause(false);
  settle();
  BOOST_TEST(lines == (Texts{"one", "two", "three", "four"}), per_element());
  BOOST_TEST(ends == 1);
}

BOOST_AUTO_TEST_CASE(a_pause_that_ends_inside_the_same_line_changes_nothing) {
  on_line = [&](const std::string&) { reader->pause(true), reader->pause(false); };
  reader->pause(false);
  write("one\ntwo\n");
  write("three\n");
  pipe.writer.reset();
  settle();
  BOOST_TEST(lines == (Texts{"one", "two", "three"}), per_element());
  BOOST_TEST(ends == 1);
}

BOOST_AUTO_TEST_CASE(while_paused_the_writer_is_held_back) {
  reader->pause(false);
  settle();
  reader->pause(true);
  std::size_t taken = 0;
  const std::string chunk(4096, 'x');
  for (int i = 0; i < 1000; ++i) {
    taken += pipe.write(chunk);
    if (i % 100 == 0) settle();
  }
  BOOST_TEST(taken <= 64u * 1024);
}

BOOST_AUTO_TEST_CASE(after_a_stop_nothing_more_is_told) {
  on_line = [&](const std::string&) { reader->stop(); };
  reader->pause(false);
  write("one\ntwo\n");
  pipe.writer.reset();
  settle();
  reader->pause(false);
  settle();
  BOOST_TEST(lines == Texts{"one"}, per_element());
  BOOST_TEST(ends == 0);
}

BOOST_AUTO_TEST_CASE(a_line_may_have_one_mebibyte) {
  reader->pause(false);
  write(std::string(limit, 'x') + "\nnext\n");
  BOOST_REQUIRE(lines.size() == 2u);
  BOOST_TEST(lines[0].size() == limit);
  BOOST_TEST(lines[1] == "next");
  BOOST_TEST(too_long == 0);
}

BOOST_AUTO_TEST_CASE(a_longer_line_is_told_once_and_skipped_to_its_end) {
  reader->pause(false);
  write(std::string(limit + 1, 'x') + "\nnext\n");
  write(std::string(3 * limit + 5, 'y') + "\nlast\n");
  BOOST_TEST(too_long == 2);
  BOOST_TEST(lines == (Texts{"next", "last"}), per_element());
}

BOOST_AUTO_TEST_CASE(a_line_that_is_too_long_may_be_the_last) {
  reader->pause(false);
  write(std::string(2 * limit, 'x'));
  pipe.writer.reset();
  settle();
  BOOST_TEST(too_long == 1);
  BOOST_TEST(lines.empty());
  BOOST_TEST(ends == 1);
}

BOOST_AUTO_TEST_CASE(a_file_is_read_as_a_pipe_is) {
  const TemporaryDirectory directory;
  std::ofstream(directory.path() / "input") << "one\ntwo";
  const base::FileDescriptor file(::open((directory.path() / "input").c_str(), O_RDONLY | O_CLOEXEC));
  LineReader of_file(loop, file.get(), handlers());
  of_file.pause(false);
  settle();
  BOOST_TEST(lines == (Texts{"one", "two"}), per_element());
  BOOST_TEST(ends == 1);
}

BOOST_AUTO_TEST_CASE(many_lines_in_one_piece_come_all) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += std::to_string(i) + '\n';
  reader->pause(false);
  write(text);
  BOOST_REQUIRE(lines.size() == 20'000u);
  BOOST_TEST(lines[19'999] == "19999");
}

BOOST_AUTO_TEST_SUITE_END()

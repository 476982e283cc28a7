// SPDX-License-Identifier: GPL-3.0-or-later
#include "headless/output.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/pipe.h"
#include "support/run_until.h"

using namespace gnatter;
using namespace gnatter::testing;
using boost::test_tools::per_element;

namespace {

struct Fixture {
  base::EventLoop loop;
  Pipe pipe{Pipe::Ours::reader};
  headless::Output output{loop, pipe.writer.get()};
  std::vector<bool> congestion;
  int broke = 0, finished = 0;
  Subscription congested = output.congestion.connect([this](bool now) { congestion.push_back(now); });
  Subscription broken = output.broke.connect([this] { ++broke; });

  void settle() { run_for(loop, std::chrono::milliseconds(20)); }
  void finish() {
    output.finish([this] { ++finished; });
  }
  /// Everything, read slowly.
  std::string drain(std::size_t size) {
    std::string all;
    for (int i = 0; i < 5000 && all.size() < size; ++i) {
      all += pipe.read(32 * 1024);
      run_for(loop, std::chrono::milliseconds(1));
    }
    return all;
  }
};

std::string numbered(std::size_t bytes) {
  std::string text;
  for (int i = 0; text.size() < bytes; ++i) text += std::to_string(i) + '\n';
  return text;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(output, Fixture)

BOOST_AUTO_TEST_CASE(what_is_written_comes_out) {
  output.write("one\n");
  output.write("two\n");
  BOOST_TEST(pipe.read() == "");  // never from inside the call
  settle();
  BOOST_TEST(pipe.read() == "one\ntwo\n");
}

BOOST_AUTO_TEST_CASE(a_reader_that_does_not_read_stops_nobody_and_loses_nothing) {
  const std::string text = numbered(700'000);
  output.write(text);
  settle();  // returns although the pipe, which blocks, has long been full
  BOOST_TEST(!output.congested());
  BOOST_TEST((drain(text.size()) == text));
  BOOST_TEST(congestion.empty());
}

BOOST_AUTO_TEST_CASE(congestion_begins_above_a_mebibyte_and_ends_at_a_quarter) {
  std::string text;
  const std::string piece = numbered(100'000);
  while (!output.congested() && text.size() < 3u << 20) {
    output.write(piece);
    text += piece;
    run_for(loop, std::chrono::milliseconds(1));
  }
  BOOST_TEST(text.size() > 1u << 20);
  BOOST_TEST(text.size() < (1u << 20) + 300'000);
  BOOST_TEST(congestion == std::vector<bool>{true}, per_element());
  std::string got = drain(text.size() - 600'000);
  BOOST_TEST(output.congested());
  got += drain(text.size() - got.size());
  BOOST_TEST(!output.congested());
  BOOST_TEST(congestion == (std::vector<bool>{true, false}), per_element());
  BOOST_TEST((got == text));
}

BOOST_AUTO_TEST_CASE(finish_waits_for_the_last_byte) {
  const std::string text = numbered(300'000);
  output.write(text);
  finish();
  settle();
  BOOST_TEST(finished == 0);
  const std::string got = drain(text.size());
  settle();
  BOOST_TEST((got == text));
  BOOST_TEST(finished == 1);
}

BOOST_AUTO_TEST_CASE(with_nothing_to_write_it_is_finished) {
  finish();
  BOOST_TEST(finished == 1);
}

BOOST_AUTO_TEST_CASE(a_reader_that_goes_is_told_once_and_nothing_is_kept) {
  output.write(numbered(2u << 20));
  settle();
  BOOST_TEST(output.congested());
  finish();
  pipe.reader.reset();
  settle();
  BOOST_TEST(output.broken());
  BOOST_TEST(broke == 1);
  BOOST_TEST(finished == 1);
  BOOST_TEST(!output.congested());
  output.write("more");
  settle();
  BOOST_TEST(broke == 1);
  finish();
  BOOST_TEST(finished == 2);
}

BOOST_AUTO_TEST_CASE(a_reader_that_was_never_there_is_told_at_the_first_write) {
  pipe.reader.reset();
  settle();
  BOOST_TEST(broke == 0);
  output.write("one\n");
  settle();
  BOOST_TEST(broke == 1);
}

BOOST_AUTO_TEST_CASE(lines_written_while_it_drains_stay_in_order) {
  const std::string first = numbered(200'000), second = "and the rest\n";
  output.write(first);
  std::string got = drain(100'000);
  output.write(second);
  got += drain(first.size() + second.size() - got.size());
  BOOST_TEST((got == first + second));
}

BOOST_AUTO_TEST_SUITE_END()

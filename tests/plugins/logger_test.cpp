// SPDX-License-Identifier: GPL-3.0-or-later
// The logger as the host loads it, on a line that the test plays.
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "support/environment.h"
#include "support/plugin_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using Texts = std::vector<std::string>;
using boost::test_tools::per_element;

namespace {

struct Home {
  TemporaryDirectory home;
  Variable state{"XDG_STATE_HOME", home.path().string()};
  std::filesystem::path logs = home.path() / "gnatter" / "logs";
};

struct LoggerFixture : Home, PluginFixture {
  LoggerFixture() {
    plugins.load("logger");
    connect();
  }
  std::filesystem::path log(const std::string& name) { return logs / network.name() / (name + ".log"); }
  /// Sender and text of each row.
  static Texts rows(const std::filesystem::path& path) {
    Texts out;
    std::ifstream file(path);
    for (std::string row; std::getline(file, row);) out.push_back(row.substr(row.find('\t') + 1));
    return out;
  }
  bool logged(const std::filesystem::path& path, const Texts& wanted) {
    return run_until(loop, [&] { return rows(path) == wanted; });
  }
  void say(const std::string& sender, const std::string& text) {
    receive("/chat/user/alice/message/" + sender, text);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(logger, LoggerFixture)

BOOST_AUTO_TEST_CASE(what_is_said_is_logged_and_no_sentence_of_the_client) {
  say("bob", "hello");
  type("/query bob");
  type("and back");
  BOOST_TEST(logged(log("bob"), {"bob\thello", "alice\tand back"}));
}

BOOST_AUTO_TEST_CASE(settings_decide_from_the_next_line_on) {
  say("bob", "one");
  type("/set logger.buffers !bob");
  say("bob", "two");
  type("/set logger.buffers *");
  say("bob", "three");
  BOOST_TEST(logged(log("bob"), {"bob\tone", "bob\tthree"}));
  BOOST_TEST(refusal("/set logger.layout weekly").find("It is one of NETWORK/BUFFER.log, ") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(trouble_is_told_once_for_all_logs_and_so_is_its_end) {
  for (const char* name : {"bob", "carol", "dan"}) std::filesystem::create_directories(log(name));
  for (const char* name : {"bob", "carol", "dan"}) say(name, "hello");
  const auto item = [&](std::string_view text) {
    for (const auto& [id, one] : client.status_items.all())
      if (one.text == text) return true;
    return false;
  };
  BOOST_TEST(
      run_until(loop, [&] { return told("cannot be written: a directory stands in its place") == 1; }));
  run_for(loop, std::chrono::milliseconds(50));
  BOOST_TEST(told("cannot be written") == 1u);
  BOOST_TEST(item("not logging: a directory stands in its place"));
  for (const char* name : {"bob", "carol"}) std::filesystem::remove(log(name));
  BOOST_TEST(logged(log("bob"), {"bob\thello"}));
  BOOST_TEST(told("logs again") == 0u);
  std::filesystem::remove(log("dan"));
  BOOST_TEST(
      run_until(loop, [&] { return told("logger: logs again, everything that waited is written.") == 1; }));
  BOOST_TEST(!item("not logging: a directory stands in its place"));
  BOOST_TEST(rows(log("dan")) == Texts{"dan\thello"}, per_element());
}

BOOST_AUTO_TEST_CASE(what_waited_is_written_after_the_unload) {
  std::filesystem::create_directories(log("bob"));
  say("bob", "hello");
  BOOST_TEST(run_until(loop, [&] { return told("cannot be written") == 1; }));
  BOOST_TEST(unload("logger"));
  std::filesystem::remove(log("bob"));
  BOOST_TEST(logged(log("bob"), {"bob\thello"}));
  say("bob", "unheard");
  plugins.load("logger");
  say("bob", "heard");
  BOOST_TEST(logged(log("bob"), {"bob\thello", "bob\theard"}));
}

BOOST_AUTO_TEST_CASE(an_old_log_of_the_last_layout_stays_while_its_lines_wait) {
  std::filesystem::create_directories(log("bob"));
  say("bob", "one");
  BOOST_TEST(run_until(loop, [&] { return told("cannot be written") == 1; }));
  type("/set logger.layout NETWORK/BUFFER/YYYY-MM.log");
  say("bob", "two");
  std::filesystem::path monthly;
  BOOST_TEST(run_until(loop, [&] {
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(logs / network.name() / "bob", none))
      monthly = entry.path();
    return rows(monthly) == Texts{"bob\ttwo"};
  }));
  std::filesystem::remove(log("bob"));
  BOOST_TEST(logged(log("bob"), {"bob\tone"}));
  BOOST_TEST(run_until(loop, [&] { return told("logs again, everything that waited is written.") == 1; }));
}

BOOST_AUTO_TEST_CASE(a_search_needs_something_to_search) {
  BOOST_TEST(refusal("/lastlog hello") == "Nobody speaks here. /lastlog -all hello searches all logs.");
  BOOST_TEST(refusal("/lastlog -all hello") == "There are no logs yet.");
  BOOST_TEST(refusal("/lastlog -stop") == "No search is running.");
}

BOOST_AUTO_TEST_CASE(a_search_shows_its_rows_in_a_window_of_their_own) {
  say("bob", "a needle");
  say("bob", "hay");
  say("carol", "the Needle");
  BOOST_TEST(logged(log("carol"), {"carol\tthe Needle"}));
  BOOST_TEST(logged(log("bob"), {"bob\ta needle", "bob\thay"}));
  type("/lastlog -all needle");
  const chat::Buffer& window = *client.buffers.current();
  BOOST_TEST(window.name() == "lastlog");
  BOOST_TEST(run_until(loop, [&] { return count(&window, "2 lines in 2 logs.") == 1; }));
  BOOST_TEST(count(&window, "a needle") == 1u);
  BOOST_TEST(count(&window, "hay") == 0u);
  type("/lastlog -all -word needles");
  BOOST_TEST(run_until(loop, [&] { return count(&window, "Nothing found.") == 1; }));
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
// Windows, settings, files and programs as plugins have them.
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <string>

#include "support/plugin_fixture.h"

using namespace gnatter;
using namespace gnatter::testing;
using boost::test_tools::per_element;
using namespace std::chrono_literals;

namespace {

using Texts = std::vector<std::string>;

struct Fixture : PluginFixture {
  Fixture() {
    ::setenv("XDG_DATA_HOME", directory.path().c_str(), 1);
    plugins.load("talker");
    connect();
  }
  ~Fixture() { ::unsetenv("XDG_DATA_HOME"); }
  bool comes(std::string_view words, std::size_t times = 1) {
    return run_until(
        loop, [&] { return told(words) == times; }, 5s);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(host_services, Fixture)

BOOST_AUTO_TEST_CASE(a_command_knows_where_it_was_typed) {
  type("/talker where");
  BOOST_TEST(told("info: nobody") == 1u);
  client.buffers.show(client.buffers.open(network, chat::BufferKind::group, "dev"));
  type("/talker where");
  BOOST_TEST(lines(group("dev")) == Texts{"info: #dev"}, per_element());
}

BOOST_AUTO_TEST_CASE(a_window_of_its_own_is_shown_written_and_closed) {
  type("/talker open results\x1b");
  chat::Buffer* const own = window(chat::BufferKind::plugin, "results\u241B");
  BOOST_REQUIRE(own);
  BOOST_TEST(client.buffers.current() == own);
  type("/talker print found\x07");
  BOOST_TEST(lines(own) == Texts{"grep: found\u2407"}, per_element());
  client.buffers.close(*own);
  BOOST_TEST(told("talker: closed") == 1u);
  type("/talker print nobody sees it");
}

BOOST_AUTO_TEST_CASE(it_writes_into_no_other_window) {
  client.buffers.show(client.buffers.open(network, chat::BufferKind::group, "dev"));
  type("/talker print-here forged");
  BOOST_TEST(lines(group("dev")).empty());
}

BOOST_AUTO_TEST_CASE(lines_from_before_come_made_safe) {
  type("/talker history \x1b[2Jold");
  chat::Buffer& dev = client.buffers.open(network, chat::BufferKind::group, "dev");
  BOOST_TEST(client.backlog.load(network, dev, 2));
  const std::string line = "bob: \u241B[2Jold #dev 2";
  BOOST_TEST(lines(&dev) == (Texts{line, line}), per_element());  // not the three that it gave
  BOOST_TEST(client.backlog.load(network, dev, 3));
  BOOST_TEST(lines(&dev).front() == "bob: \u241B[2Jold #dev 3 before \u241B[2Jold #dev 2");
}

BOOST_AUTO_TEST_CASE(the_terminal_is_rung_where_there_is_one) {
  type("/talker ring");
  type("/talker terminal 9;hello");
  BOOST_TEST(told("no terminal") == 2u);
  int rung = 0;
  std::string commanded;
  client.attention.ring = [&] { ++rung; };
  client.attention.command_terminal = [&](std::string_view body) { commanded = body; };
  type("/talker ring");
  type("/talker terminal 9;hello");
  BOOST_TEST(rung == 1);
  BOOST_TEST(commanded == "9;hello");
}

BOOST_AUTO_TEST_CASE(a_window_is_in_view_when_somebody_can_see_it) {
  type("/talker hear live");
  const auto say = [&] { receive("/chat/user/alice/message/bob", "hello"); };
  say();
  client.attention.window = direct("bob");
  client.attention.newest = true;
  say();
  BOOST_TEST(told(" seen") == 0u);  // nobody knows whether the terminal has the focus
  client.attention.focused = true;
  say();
  BOOST_TEST(told(" seen") == 1u);
}

BOOST_AUTO_TEST_CASE(an_item_stands_in_the_status_line_until_the_unload) {
  type("/talker item not\nlogging");
  BOOST_REQUIRE(client.status_items.all().size() == 1u);
  BOOST_TEST(client.status_items.all().begin()->second.text == "not logging");
  BOOST_REQUIRE(unload("talker"));
  BOOST_TEST(client.status_items.all().empty());
}

BOOST_AUTO_TEST_CASE(a_setting_has_the_plugins_name_before_it) {
  client.settings.give("talker.word", std::string("given"), "gnatter.toml:3");
  type("/talker setting word");
  type("/talker get");
  BOOST_TEST(told("info: given") == 1u);
  client.settings.set("talker.word", "other");
  BOOST_TEST(told("talker: changed to other") == 1u);
  BOOST_CHECK_EXCEPTION(client.settings.set("talker.word", "bad"), base::UserError, [](const auto& error) {
    return std::string(error.what()).find("good would be right.") != std::string::npos;
  });
  type("/talker setting Bad.Name");
  type("/talker get");
  BOOST_TEST(told("info: none") == 1u);
}

BOOST_AUTO_TEST_CASE(lines_are_appended_to_a_private_file) {
  const auto file = directory.path() / "gnatter" / "talker" / "file";
  type("/talker append one");
  type("/talker append two");
  BOOST_REQUIRE(comes("talker: synced 8 7"));
  BOOST_TEST(bytes_of(file) == "one\ntwo\n");
  struct stat status {};
  BOOST_REQUIRE(::stat(file.c_str(), &status) == 0);
  BOOST_TEST((status.st_mode & 0777) == 0600u);
}

BOOST_AUTO_TEST_CASE(what_waits_is_written_after_the_unload) {
  type("/talker append one");
  BOOST_REQUIRE(unload("talker"));
  const auto file = directory.path() / "gnatter" / "talker" / "file";
  BOOST_TEST(run_until(
      loop, [&] { return bytes_of(file) == "one\n"; }, 5s));
}

BOOST_AUTO_TEST_CASE(a_program_is_told_line_by_line_and_to_its_end) {
  type("/talker child cat; echo $GNATTER_WORD; echo trouble >&2; exit 3");
  BOOST_REQUIRE(comes("talker: end 0 3 trouble"));
  BOOST_TEST(told("talker: line input") == 1u);
  BOOST_TEST(told("talker: line word") == 1u);
}

BOOST_AUTO_TEST_CASE(a_program_goes_with_its_subscription_and_with_the_plugin) {
  type("/talker child echo $$; exec sleep 1000");
  BOOST_REQUIRE(comes("talker: line "));
  type("/talker end-child");
  run_for(loop, 100ms);
  BOOST_TEST(told("talker: end") == 0u);
  type("/talker child exec sleep 1000");
  BOOST_REQUIRE(unload("talker"));
}

BOOST_AUTO_TEST_CASE(small_services) {
  type("/talker urls see https://a.example, and http://b.example/x.");
  BOOST_TEST(told("info: https://a.example") == 1u);
  BOOST_TEST(told("info: http://b.example/x") == 1u);
  type("/talker tsv x");
  BOOST_TEST(told("a\\tb") == 1u);
  BOOST_TEST(told("c\\\\d\\n") == 1u);
  type("/talker time");
  BOOST_TEST(told("1970-01-01T") + told("1969-12-31T") == 1u);
  type("/talker random");
  BOOST_TEST(told("info: 00") == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/buffer_list.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/chat_fixture.h"

using namespace gnatter;
using namespace gnatter::chat;
using gnatter::testing::ChatFixture;

namespace {

struct Fixture : ChatFixture {
  /// "* #dev bob": a network's own window is a star.
  std::string order() {
    std::string out;
    for (const auto& entry : client.buffers.entries())
      out += (out.empty() ? "" : " ") +
             (entry.buffer->kind() == BufferKind::network ? "*" : entry.buffer->shown_name());
    return out;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(buffer_list, Fixture)

BOOST_AUTO_TEST_CASE(a_window_is_opened_once) {
  std::vector<std::string> opened;
  const auto listening =
      client.buffers.opened.connect([&](Network&, Buffer& buffer) { opened.push_back(buffer.shown_name()); });
  Buffer& dev = client.buffers.open(network, BufferKind::group, "dev");
  BOOST_TEST(&client.buffers.open(network, BufferKind::group, "dev") == &dev);
  BOOST_TEST(&client.buffers.open(network, BufferKind::direct, "dev") != &dev);
  BOOST_TEST(opened == (std::vector<std::string>{"#dev", "dev"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(names_are_told_apart_by_their_bytes) {
  Buffer& dev = client.buffers.open(network, BufferKind::group, "dev");
  BOOST_TEST(&client.buffers.open(network, BufferKind::group, "Dev") != &dev);
  BOOST_TEST(client.buffers.find(network, BufferKind::group, "DEV") == nullptr);
}

BOOST_AUTO_TEST_CASE(windows_of_two_networks_are_two_windows) {
  Network& work = client.add_network();
  Buffer& here = client.buffers.open(network, BufferKind::group, "dev");
  Buffer& there = client.buffers.open(work, BufferKind::group, "dev");
  BOOST_TEST(&here != &there);
  BOOST_TEST(client.buffers.find(work, BufferKind::group, "dev") == &there);
  BOOST_TEST(&client.network_of(there) == &work);
}

BOOST_AUTO_TEST_CASE(opening_a_window_does_not_take_the_focus) {
  Buffer* before = client.buffers.current();
  BOOST_REQUIRE(before != nullptr);
  Buffer& dev = client.buffers.open(network, BufferKind::group, "dev");
  BOOST_TEST(client.buffers.current() == before);
  client.buffers.show(dev);
  BOOST_TEST(client.buffers.current() == &dev);
}

BOOST_AUTO_TEST_CASE(closing_a_network_takes_its_windows_and_moves_the_focus) {
  Network& work = client.add_network();
  client.buffers.show(client.buffers.open(work, BufferKind::group, "dev"));
  client.buffers.close_all(work);
  BOOST_TEST(client.buffers.find(work, BufferKind::group, "dev") == nullptr);
  BOOST_TEST(client.buffers.current() == &network.window());
  BOOST_TEST(client.buffers.current_network() == &network);
}

BOOST_AUTO_TEST_CASE(a_networks_windows_stand_together_after_its_own) {
  Network& work = client.add_network();
  client.buffers.open(network, BufferKind::group, "dev");
  client.buffers.open(work, BufferKind::group, "release");
  client.buffers.open(network, BufferKind::direct, "bob");
  BOOST_TEST(order() == "* #dev bob * #release");
  BOOST_TEST(client.buffers.at(3)->name() == "bob");
  BOOST_TEST(client.buffers.number_of(*client.buffers.at(5)) == 5u);
  BOOST_TEST(client.buffers.at(0) == nullptr);
  BOOST_TEST(client.buffers.at(6) == nullptr);
}

BOOST_AUTO_TEST_CASE(another_current_window_is_told_once) {
  Buffer& dev = client.buffers.open(network, BufferKind::group, "dev");
  std::vector<std::string> told;
  const auto listening =
      client.buffers.shown.connect([&](Buffer& buffer) { told.push_back(buffer.shown_name()); });
  client.buffers.show(dev);
  client.buffers.show(dev);
  client.buffers.show(network.window());
  BOOST_TEST(told == (std::vector<std::string>{"#dev", ""}), boost::test_tools::per_element());
  BOOST_TEST(client.buffers.previous() == &dev);
}

BOOST_AUTO_TEST_CASE(after_a_closed_window_the_one_shown_before_is_current) {
  Buffer& dev = client.buffers.open(network, BufferKind::group, "dev");
  Buffer& ops = client.buffers.open(network, BufferKind::group, "ops");
  Buffer& bob = client.buffers.open(network, BufferKind::direct, "bob");
  for (Buffer* buffer : {&bob, &dev, &ops}) client.buffers.show(*buffer);
  std::vector<std::string> told;
  const auto closing =
      client.buffers.closing.connect([&](Buffer& buffer) { told.push_back("closing " + buffer.name()); });
  const auto shown =
      client.buffers.shown.connect([&](Buffer& buffer) { told.push_back("shown " + buffer.name()); });
  client.buffers.close(dev);  // in the history, not in view
  BOOST_TEST(client.buffers.current() == &ops);
  BOOST_TEST(client.buffers.previous() == &bob);
  client.buffers.close(ops);
  BOOST_TEST(client.buffers.current() == &bob);
  client.buffers.close(bob);
  BOOST_TEST(client.buffers.current() == &network.window());
  BOOST_TEST(client.buffers.previous() == nullptr);
  BOOST_TEST(
      told == (std::vector<std::string>{"closing dev", "closing ops", "shown bob", "closing bob", "shown "}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_last_window_and_a_networks_own_stay) {
  BOOST_CHECK_THROW(client.buffers.close(network.window()), base::UserError);
  client.buffers.open(network, BufferKind::group, "dev");
  BOOST_CHECK_THROW(client.buffers.close(network.window()), base::UserError);
  BOOST_TEST(order() == "* #dev");
}

BOOST_AUTO_TEST_CASE(a_window_moves_among_those_of_its_network) {
  Network& work = client.add_network();
  Buffer& dev = client.buffers.open(network, BufferKind::group, "dev");
  client.buffers.open(network, BufferKind::group, "ops");
  Buffer& bob = client.buffers.open(network, BufferKind::direct, "bob");
  client.buffers.open(work, BufferKind::group, "x");
  client.buffers.move(bob, 2);
  BOOST_TEST(order() == "* bob #dev #ops * #x");
  client.buffers.move(bob, 1);
  BOOST_TEST(order() == "* bob #dev #ops * #x");
  client.buffers.move(dev, 99);
  BOOST_TEST(order() == "* bob #ops #dev * #x");
  client.buffers.move(work.window(), 1);
  BOOST_TEST(order() == "* #x * bob #ops #dev");
  client.buffers.move(work.window(), 2);  // not into the middle of the other one
  BOOST_TEST(order() == "* bob #ops #dev * #x");
}

BOOST_AUTO_TEST_CASE(what_plugins_write_stands_behind_the_conversations_of_its_network) {
  Network& work = client.add_network();
  Buffer& search = client.buffers.open(network, BufferKind::plugin, "search");
  client.buffers.open(network, BufferKind::group, "dev");
  client.buffers.open(work, BufferKind::direct, "bob");
  BOOST_TEST(order() == "* #dev search * bob");
  BOOST_TEST(&client.buffers.open(network, BufferKind::plugin, "search") == &search);
  BOOST_TEST(&client.buffers.open(work, BufferKind::plugin, "search") != &search);
  BOOST_TEST(order() == "* #dev search * bob search");
  client.buffers.close(search);
  BOOST_TEST(order() == "* #dev * bob search");
}

BOOST_AUTO_TEST_CASE(a_plugin_may_call_its_window_whatever_it_likes) {
  Buffer& search = client.buffers.open(network, BufferKind::plugin, "found: \x1b[2J\n#dev");
  BOOST_TEST(search.name() == "found: ␛[2J #dev");
  BOOST_TEST(&client.buffers.open(network, BufferKind::plugin, "found: \x1b[2J\n#dev") == &search);
  BOOST_TEST(client.buffers.find(network, BufferKind::plugin, search.name()) == &search);
}

BOOST_AUTO_TEST_SUITE_END()

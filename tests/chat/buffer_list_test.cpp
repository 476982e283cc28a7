// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/buffer_list.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/chat_fixture.h"

using namespace gnatter;
using namespace gnatter::chat;
using gnatter::testing::ChatFixture;

BOOST_FIXTURE_TEST_SUITE(buffer_list, ChatFixture)

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

BOOST_AUTO_TEST_SUITE_END()

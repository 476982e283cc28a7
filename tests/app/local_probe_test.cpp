// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local_probe.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <thread>

#include "app/local_directory.h"
#include "app/local_mosquitto.h"
#include "support/tcp.h"

using namespace gnatter;
using namespace gnatter::testing;
using app::LocalAnswer;
using namespace std::string_literals;

namespace {

/// What the probe makes of a server that answers its CONNECT with `bytes` and closes.
LocalAnswer answer_to(std::string_view bytes) {
  const auto listener = listen_on();
  std::thread server([&] {
    const base::FileDescriptor line(::accept(listener.get(), nullptr, nullptr));
    receive(line.get(), 14);
    send_all(line.get(), bytes);
    ::shutdown(line.get(), SHUT_WR);
    receive(line.get(), 100);
  });
  const LocalAnswer answer = app::try_local_login(port_of(listener), "alice", "x");
  server.join();
  return answer;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(local_probe)

BOOST_AUTO_TEST_CASE(the_packet_is_a_connect_of_mqtt_3_1_1) {
  BOOST_TEST(app::local_connect_packet("bob", "pw") == "\x10\x15\0\4MQTT\4\xC2\0\x0A\0\0\0\3bob\0\2pw"s);
}

BOOST_AUTO_TEST_CASE(a_long_packet_has_its_length_in_two_bytes) {
  const std::string packet = app::local_connect_packet(std::string(200, 'u'), "pw");
  BOOST_TEST(packet.substr(0, 3) == "\x10\xDA\x01"s);
  BOOST_TEST(packet.size() == 3u + 0xDA);
}

BOOST_AUTO_TEST_CASE(the_answer_says_whether_the_broker_knows_the_password) {
  BOOST_TEST((answer_to("\x20\2\0\0"s) == LocalAnswer::accepted));
  BOOST_TEST((answer_to("\x20\2\0\5"s) == LocalAnswer::refused));
  BOOST_TEST((answer_to("HTTP"s) == LocalAnswer::none));
  BOOST_TEST((answer_to("\x20"s) == LocalAnswer::none));
  BOOST_TEST((answer_to("") == LocalAnswer::none));
  BOOST_TEST((app::try_local_login(free_port(), "alice", "x") == LocalAnswer::none));
}

BOOST_AUTO_TEST_CASE(a_port_is_taken_again_when_it_can_be) {
  const auto listener = listen_on();
  const std::uint16_t taken = port_of(listener), free = free_port();
  BOOST_TEST(app::usable_local_port(free) == free);
  const std::uint16_t other = app::usable_local_port(taken);
  BOOST_TEST(other != 0u);
  BOOST_TEST(other != taken);
  BOOST_TEST(app::local_port_answers(taken));
  BOOST_TEST(!app::local_port_answers(other));
}

BOOST_AUTO_TEST_CASE(the_configuration_admits_nobody_unknown_and_listens_on_loopback_alone) {
  const std::string text = app::local_configuration(41883, "alice");
  BOOST_TEST(text.find("\nallow_anonymous false\n") != std::string::npos);
  BOOST_TEST(text.find("\nlistener 41883 127.0.0.1\n") != std::string::npos);
  BOOST_TEST(text.find("\nuser alice\n") != std::string::npos);
  const std::string files = std::string("\npassword_file ") + app::local_files::users + "\nacl_file " +
                            app::local_files::acl + "\n";
  BOOST_TEST(text.find(files) != std::string::npos);
  BOOST_TEST(app::local_configuration(41883, "").find("user ") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

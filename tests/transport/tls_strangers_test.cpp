// SPDX-License-Identifier: GPL-3.0-or-later
// Ports that do not speak TLS, or not to the end.
#include <signal.h>

#include <boost/test/unit_test.hpp>

#include "support/cut_line.h"
#include "support/fake_broker.h"
#include "support/mosquitto.h"
#include "support/tls_fixture.h"

using namespace gnatter;
using namespace gnatter::transport;
using namespace std::chrono_literals;
using testing::CutLine;
using testing::FakeBroker;
using testing::Mosquitto;
using testing::TlsServer;

namespace {

struct Fixture : testing::TlsFixture {
  Handshake soon(std::uint16_t port) const { return shake(port, "localhost", plan(), 300ms); }
  static bool answers(std::uint16_t port) {
    const auto socket = testing::connect_to(port);
    ::fcntl(socket.get(), F_SETFL, O_NONBLOCK);
    return answers_in_tls(socket.get(), "localhost", 300ms);
  }
};

/// Says `bytes` at once, and then waits for the client to go.
FakeBroker::Serve saying(std::string bytes) {
  return [bytes](FakeBroker::Peer& peer) {
    peer.send(bytes);
    peer.stay_silent();
  };
}

/// Says `bytes` over and over, each 10 ms after the one before.
FakeBroker::Serve dripping(std::string bytes) {
  return [bytes](FakeBroker::Peer& peer) {
    for (std::size_t i = 0; i < 100; ++i) {
      peer.send(bytes.substr(std::min(i, bytes.size() - 1), 1));
      std::this_thread::sleep_for(10ms);
    }
  };
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(tls_strangers, Fixture)

BOOST_AUTO_TEST_CASE(a_plain_mosquitto_closes_the_connection) {
  Mosquitto broker;
  broker.start();
  const Handshake found = shake(broker.port(), "localhost");
  BOOST_TEST(told(found) == "no_tls");
  BOOST_TEST(found.failure->detail == "it closes the connection");
  BOOST_TEST(!found.failure->tls.has_value());
  BOOST_TEST(found.state.chain.empty());
  BOOST_TEST(!answers(broker.port()));
}

BOOST_AUTO_TEST_CASE(a_port_that_closes_at_once_is_no_tls) {
  const FakeBroker server([](FakeBroker::Peer&) {});
  for (int i = 0; i < 20; ++i) {
    const Handshake found = shake(server.port(), "localhost");
    BOOST_TEST(told(found) == "no_tls");
    BOOST_TEST(found.failure->detail == "it closes the connection");
  }
}

BOOST_AUTO_TEST_CASE(a_socket_that_takes_nothing_more_raises_no_signal) {
  const auto before = ::signal(SIGPIPE, SIG_DFL);
  const auto listener = testing::listen_on();
  const auto socket = testing::connect_to(testing::port_of(listener));
  ::shutdown(socket.get(), SHUT_RDWR);
  const Handshake found = shake_hands(socket.get(), "localhost", plan(), 10s);
  BOOST_TEST(told(found) == "no_tls");
  ::signal(SIGPIPE, before);
}

BOOST_AUTO_TEST_CASE(other_words_are_no_tls) {
  for (const std::string words : {"SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n", "\x20\x02",
                                  "\x16\x03\x01\xff\xff", "\x17\x03\x03", "\n"}) {
    const FakeBroker server(saying(words));
    const Handshake found = soon(server.port());
    BOOST_TEST(told(found) == "no_tls");
    BOOST_TEST(found.failure->detail == "it answers otherwise");
    BOOST_TEST(!answers(server.port()));
  }
}

BOOST_AUTO_TEST_CASE(silence_is_no_tls) {
  const FakeBroker server(saying(""));
  const auto before = std::chrono::steady_clock::now();
  const Handshake found = soon(server.port());
  BOOST_TEST(told(found) == "no_tls");
  BOOST_TEST(found.failure->detail == "it stays silent");
  const auto took = std::chrono::steady_clock::now() - before;
  BOOST_TEST((took >= 300ms && took < 5s));
  BOOST_TEST(!answers(server.port()));
}

BOOST_AUTO_TEST_CASE(one_byte_at_a_time_does_not_hold_us) {
  const std::string header = "\x16\x03\x03\x40";
  for (const std::string& bytes : {header, std::string("SSH-2.0-")}) {
    const FakeBroker server(dripping(bytes));
    const auto before = std::chrono::steady_clock::now();
    const Handshake found = soon(server.port());
    BOOST_TEST(told(found) == (bytes == header ? "other" : "no_tls"));
    BOOST_TEST((std::chrono::steady_clock::now() - before < 5s));
  }
}

BOOST_AUTO_TEST_CASE(an_answer_that_breaks_off_is_told_as_such) {
  const TlsServer server(certificates, "broker");
  const CutLine line(server.port(), CutLine::Where::within_first_answer);
  const Handshake found = shake(line.port(), "localhost");
  BOOST_TEST(told(found) == "other");
  BOOST_TEST(found.failure->detail == "it closes the connection in the middle of the TLS handshake");
}

BOOST_AUTO_TEST_CASE(records_of_rubbish_are_an_error_in_words) {
  const FakeBroker server(saying("\x16\x03\x03" + std::string("\0\x10", 2) + std::string(16, 'x')));
  const Handshake found = soon(server.port());
  BOOST_TEST(told(found) == "other");
  BOOST_TEST(!found.failure->detail.empty());
}

BOOST_AUTO_TEST_CASE(alerts_of_a_server_that_wants_nobody_are_told) {
  const FakeBroker version(saying(std::string("\x15\x03\x01\0\x02\x02\x46", 7)));
  BOOST_TEST(told(soon(version.port())) == "no_common_tls");
  const FakeBroker name(saying(std::string("\x15\x03\x01\0\x02\x02\x70", 7)));
  const Handshake found = soon(name.port());
  BOOST_TEST(told(found) == "other");
  BOOST_TEST(found.failure->detail == "it ends the TLS handshake: unrecognized name");
  BOOST_TEST(answers(name.port()));
}

BOOST_AUTO_TEST_CASE(an_orderly_end_is_a_close_and_no_alert) {
  const FakeBroker server(saying(std::string("\x15\x03\x03\0\x02\x01\0", 7)));
  const Handshake found = soon(server.port());
  BOOST_TEST(told(found) == "other");
  BOOST_TEST(found.failure->detail == "it closes the connection in the middle of the TLS handshake");
}

BOOST_AUTO_TEST_CASE(a_server_of_tls_answers_in_tls_whoever_it_is) {
  const TlsServer server(certificates, "broker");
  BOOST_TEST(answers(server.port()));
  const TlsServer old(certificates, "broker", {"-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0"});
  BOOST_TEST(answers(old.port()));
}

BOOST_AUTO_TEST_SUITE_END()
